/** The line to one client. */
export interface Socket {
  send(packet: Uint8Array): void;
  /** Bytes that the client has not taken yet. */
  readonly buffered: number;
  /** Resolves when most of what was sent is taken, or the line is closed. */
  drained(): Promise<void>;
  close(code: number, reason: string): void;
  /** Whether somebody answers at the other end. Absent: nobody can tell. */
  probe?(): Promise<boolean>;
}

/** A client further behind than this, in bytes, is cut off; it comes back and catches up. */
const TOO_SLOW = 1024 * 1024;
/** Presence is dropped for a client further behind than this. */
const SHED = 64 * 1024;
/** A message of more packets than this goes no faster than the client takes it. */
const AT_ONCE = 4;
/** Packets of such messages that may wait for one client. They are shared with the others who get them. */
const MOST_WAITING = 2048;

/**
 * What goes to one client: small messages at once, large ones packet by packet as the client takes them. The pieces of two
 * messages never mix.
 */
export class Outgoing {
  readonly #socket: Socket;
  readonly #tooSlow: () => void;
  #streaming: Promise<void> | null = null;
  #waiting = 0;
  #closed = false;

  constructor(socket: Socket, tooSlow: () => void) {
    this.#socket = socket;
    this.#tooSlow = tooSlow;
  }

  /** Sends a message. False if it was shed. */
  send(ready: readonly Uint8Array[], shed?: 'shed'): boolean {
    if (this.#closed) return true;
    const { buffered } = this.#socket;
    if (shed && buffered > SHED) return false;
    if (buffered > TOO_SLOW || this.#waiting > MOST_WAITING) {
      this.#tooSlow();
      return true;
    }
    const [only] = ready;
    if (ready.length === 1 && only) this.#socket.send(only);
    else if (ready.length <= AT_ONCE && !this.#streaming)
      for (const packet of ready) this.#socket.send(packet);
    else void this.stream(ready);
    return true;
  }

  /** Sends a message no faster than it is taken. Resolves when the last packet is on its way. */
  stream(ready: readonly Uint8Array[]): Promise<void> {
    this.#waiting += ready.length;
    const before = this.#streaming;
    const running = this.#run(before, ready).finally(() => {
      if (this.#streaming === running) this.#streaming = null;
    });
    this.#streaming = running;
    return running;
  }

  close(): void {
    this.#closed = true;
  }

  async #run(before: Promise<void> | null, ready: readonly Uint8Array[]): Promise<void> {
    if (before) await before;
    for (const [i, packet] of ready.entries()) {
      if (i > 0) await this.#socket.drained();
      this.#waiting--;
      if (!this.#closed) this.#socket.send(packet);
    }
  }
}
