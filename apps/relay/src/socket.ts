import type { WebSocket } from 'ws';
import type { Socket } from './connection.ts';

/** A line counts as drained below this many bytes. */
const DRAINED = 256 * 1024;

/** A WebSocket as the connection sees it. */
export class WsSocket implements Socket {
  readonly #ws: WebSocket;
  #waiting: (() => void)[] = [];

  constructor(ws: WebSocket) {
    this.#ws = ws;
    ws.on('close', this.#wake);
  }

  get buffered(): number {
    return this.#ws.bufferedAmount;
  }

  send(packet: Uint8Array): void {
    this.#ws.send(packet, this.#sent);
  }

  drained(): Promise<void> {
    if (this.#isDrained) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  close(code: number, reason: string): void {
    // A close frame holds at most 123 bytes of reason.
    this.#ws.close(code, reason.slice(0, 80));
  }

  get #isDrained(): boolean {
    return this.#ws.readyState !== this.#ws.OPEN || this.#ws.bufferedAmount < DRAINED;
  }

  readonly #sent = (): void => {
    if (this.#waiting.length > 0 && this.#isDrained) this.#wake();
  };

  readonly #wake = (): void => {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  };
}
