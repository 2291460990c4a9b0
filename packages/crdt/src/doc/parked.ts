import type { ChangeHeader } from '../core/change-header.ts';
import type { ReplicaId } from '../core/ids.ts';

/** A change that came before what it builds on: its bytes, unread. */
interface Parked {
  readonly key: string;
  readonly bytes: Uint8Array;
  /** The id of the other replica that it waits for. */
  readonly seq: number;
}

/** More than this, or than this many bytes, are dropped: they come again with the next catch-up. */
const LIMIT = 20_000;
const BYTES_LIMIT = 64 << 20;

/** Causal buffering: changes wait for the id that they lack, and are touched again only when it is there. */
export class ParkedChanges {
  /** By the replica whose id they lack, the greatest id first. */
  readonly #waiting = new Map<ReplicaId, Parked[]>();
  readonly #known = new Set<string>();
  #bytes = 0;

  get count(): number {
    return this.#known.size;
  }

  /** Keeps a copy of `bytes`. False if there is no room. */
  park(replica: ReplicaId, seq: number, header: ChangeHeader, bytes: Uint8Array): boolean {
    const key = `${header.from}-${header.to}@${header.replica}`;
    if (this.#known.has(key)) return true;
    if (this.#known.size >= LIMIT || this.#bytes + bytes.length > BYTES_LIMIT) return false;
    this.#known.add(key);
    this.#bytes += bytes.length;
    const list = this.#waiting.get(replica) ?? [];
    list.splice(placeOf(list, seq), 0, { key, bytes: bytes.slice(), seq });
    this.#waiting.set(replica, list);
    return true;
  }

  /** Takes out what waited for an id of `replica` below `next`, in the order of those ids. */
  release(replica: ReplicaId, next: number): Uint8Array[] {
    const list = this.#waiting.get(replica);
    if (list === undefined) return [];
    const released = list.splice(placeOf(list, next));
    if (list.length === 0) this.#waiting.delete(replica);
    for (const { key, bytes } of released) {
      this.#known.delete(key);
      this.#bytes -= bytes.length;
    }
    return released.reverse().map(({ bytes }) => bytes);
  }
}

/** Where those begin that wait for an id below `seq`. */
function placeOf(list: readonly Parked[], seq: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as Parked).seq >= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
