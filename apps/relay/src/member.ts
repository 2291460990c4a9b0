import type { Frame, Handle, ReplicaId } from '@concord/sync/protocol';

/** One connection's seat in one room. */
export interface Member {
  readonly handle: Handle;
  /** The version of the protocol that it speaks. */
  readonly protocol: number;
  readonly replica: ReplicaId;
  /** Null: nobody in particular. */
  readonly user: string | null;
  /** Whether it may change the room, as of now. */
  readonly mayWrite: boolean;
  /** Bits of the protocol's `Capability`. */
  readonly capabilities: number;
  /** Sends packets; `shed` ones may be dropped when the line is slow. Never throws. */
  send(packets: readonly Uint8Array[], shed?: 'shed'): void;
  /** Sends one frame, encoded for this member alone. */
  tell(frame: Frame): void;
  /** Ends the connection: come back later. */
  evict(reason: string): void;
}

/** One frame for many members: encoded once for all who share a handle and a version, and most do. */
export class Encoded {
  readonly #encode: (handle: Handle, protocol: number) => readonly Uint8Array[];
  /** What was encoded first. Most rooms need nothing else. */
  #handle: Handle = 0;
  #protocol = 0;
  #first: readonly Uint8Array[] | null = null;
  #others: Map<number, readonly Uint8Array[]> | null = null;

  constructor(encode: (handle: Handle, protocol: number) => readonly Uint8Array[]) {
    this.#encode = encode;
  }

  for({ handle, protocol }: Member): readonly Uint8Array[] {
    if (this.#first === null) {
      this.#handle = handle;
      this.#protocol = protocol;
      this.#first = this.#encode(handle, protocol);
    }
    if (handle === this.#handle && protocol === this.#protocol) return this.#first;
    const key = handle * 256 + protocol;
    this.#others ??= new Map();
    let ready = this.#others.get(key);
    if (!ready) {
      ready = this.#encode(handle, protocol);
      this.#others.set(key, ready);
    }
    return ready;
  }
}
