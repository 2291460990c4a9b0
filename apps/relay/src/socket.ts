import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Socket } from './outgoing.ts';

/** A line counts as drained below this many bytes. */
const DRAINED = 256 * 1024;
/** Frames of fewer bytes than this in all are copied into one piece: cheaper than to write several. */
const TOGETHER = 16 * 1024;
/** How long the other end has to answer, in milliseconds, when someone else claims its replica. */
const PROBED_WITHIN = 1_000;

/** The packet that was framed last, and its frame: what goes to a whole room is framed once. */
let framed: { readonly packet: Uint8Array; readonly bytes: Buffer } | null = null;

/**
 * A packet as one binary WebSocket message, head and all (RFC 6455, 5.2). What a server sends is not masked, so all clients
 * get the same bytes.
 */
function frame(packet: Uint8Array): Buffer {
  if (framed?.packet === packet) return framed.bytes;
  const { length } = packet;
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(head + length);
  bytes[0] = 0x82;
  bytes[1] = head === 2 ? length : head === 4 ? 126 : 127;
  if (head === 4) bytes.writeUInt16BE(length, 2);
  if (head === 10) bytes.writeBigUInt64BE(BigInt(length), 2);
  bytes.set(packet, head);
  framed = { packet, bytes };
  return bytes;
}

/** Sockets with frames that go out at the end of this turn of the event loop. */
let unsent: WsSocket[] = [];

/** Writes what all sockets were given in this turn. */
function flushAll(): void {
  const sockets = unsent;
  unsent = [];
  for (const socket of sockets) socket.flush();
}

/**
 * A WebSocket as the connection sees it. Data goes straight to its stream, the rest by way of the library. What is sent in
 * one turn of the event loop is one write: the more there is to do, the fewer calls of the system it takes.
 */
export class WsSocket implements Socket {
  readonly #ws: WebSocket;
  readonly #stream: Duplex;
  #waiting: (() => void)[] = [];
  #first: Buffer | null = null;
  #more: Buffer[] | null = null;
  #size = 0;

  constructor(ws: WebSocket, stream: Duplex) {
    this.#ws = ws;
    this.#stream = stream;
  }

  get buffered(): number {
    return this.#stream.writableLength + this.#size;
  }

  send(packet: Uint8Array): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    const bytes = frame(packet);
    this.#size += bytes.length;
    if (this.#first) {
      this.#more ??= [this.#first];
      this.#more.push(bytes);
    } else {
      this.#first = bytes;
      if (unsent.push(this) === 1) setImmediate(flushAll);
    }
    // Much does not wait: it would count as what the client has not taken.
    if (this.#size >= TOGETHER) this.flush();
  }

  /** Writes what was sent in this turn. */
  flush(): void {
    const [first, more] = [this.#first, this.#more];
    this.#first = this.#more = null;
    const size = this.#size;
    this.#size = 0;
    if (!first || this.#ws.readyState !== this.#ws.OPEN) return;
    if (!more) this.#stream.write(first);
    else if (size < TOGETHER) this.#stream.write(Buffer.concat(more, size));
    else {
      this.#stream.cork();
      for (const bytes of more) this.#stream.write(bytes);
      this.#stream.uncork();
    }
  }

  drained(): Promise<void> {
    this.flush();
    if (this.#isDrained) return Promise.resolve();
    return new Promise((resolve) => {
      if (this.#waiting.length === 0) {
        this.#stream.once('drain', this.#wake);
        this.#stream.once('close', this.#wake);
      }
      this.#waiting.push(resolve);
    });
  }

  probe(): Promise<boolean> {
    return new Promise((resolve) => {
      const answered = (): void => {
        clearTimeout(late);
        resolve(true);
      };
      const late = setTimeout(() => {
        this.#ws.off('pong', answered);
        resolve(false);
      }, PROBED_WITHIN);
      this.#ws.once('pong', answered);
      this.flush();
      this.#ws.ping();
    });
  }

  close(code: number, reason: string): void {
    this.flush();
    // A close frame holds at most 123 bytes of reason.
    this.#ws.close(code, reason.slice(0, 80));
  }

  get #isDrained(): boolean {
    return this.#ws.readyState !== this.#ws.OPEN || this.#stream.writableLength < DRAINED;
  }

  readonly #wake = (): void => {
    this.#stream.off('drain', this.#wake);
    this.#stream.off('close', this.#wake);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  };
}
