import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DecodeError, MAX_FRAME, unpackBody } from '@concord/sync/protocol';
import type { Connection, Socket } from './connection.ts';
import { respond, SECURITY } from './http.ts';
import type { Lines } from './lines.ts';

/** The largest body of one POST, in bytes: a few packets. */
const MAX_BODY = 4 * MAX_FRAME;
/** A line counts as drained below this many bytes. */
const DRAINED = 256 * 1024;
/** How long a body may take to arrive, in milliseconds. */
const BODY_WITHIN = 10_000;

/** A stream of server-sent events as the connection sees it. */
class SseSocket implements Socket {
  readonly #res: ServerResponse;

  constructor(res: ServerResponse) {
    this.#res = res;
  }

  get buffered(): number {
    return this.#res.writableLength;
  }

  send(packet: Uint8Array): void {
    const { buffer, byteOffset, byteLength } = packet;
    this.#res.write(`data: ${Buffer.from(buffer, byteOffset, byteLength).toString('base64')}\n\n`);
  }

  async drained(): Promise<void> {
    while (!this.#res.destroyed && this.#res.writableLength > DRAINED) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          this.#res.off('drain', done);
          this.#res.off('close', done);
          resolve();
        };
        this.#res.once('drain', done);
        this.#res.once('close', done);
      });
    }
  }

  close(code: number, reason: string): void {
    this.#res.end(`event: close\ndata: ${code} ${reason.replaceAll(/[\r\n]/g, ' ').slice(0, 80)}\n\n`);
  }

  /** Keeps proxies from ending the stream. */
  comment(): void {
    if (this.#res.writableLength === 0) this.#res.write(':\n\n');
  }
}

/** The same frames where WebSockets are blocked: down as server-sent events, up as bodies of POSTs. */
export class SseLines {
  readonly #all: Lines;
  readonly #lines = new Map<string, { readonly connection: Connection; readonly socket: SseSocket }>();

  constructor(all: Lines) {
    this.#all = all;
  }

  get size(): number {
    return this.#lines.size;
  }

  /** `GET /sse`. The id of the session is the right to send on it, so nobody can guess it. */
  open(res: ServerResponse): void {
    res.writeHead(200, {
      ...SECURITY,
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    const session = randomBytes(18).toString('base64url');
    res.write(`event: session\ndata: ${session}\n\n`);
    const socket = new SseSocket(res);
    const connection = this.#all.attend(socket);
    this.#lines.set(session, { connection, socket });
    res.on('error', () => {});
    res.on('close', () => {
      this.#lines.delete(session);
      this.#all.ended(connection);
    });
  }

  /** `POST /sse/SESSION`. Answers when the packets have been taken. */
  async receive(session: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
    const line = this.#lines.get(session);
    if (!line) return respond(res, 404, 'There is no such session.\n');
    const body = await readBody(req, MAX_BODY);
    if (!body) return respond(res, 413, 'Too much at once.\n');
    try {
      for (const packet of unpackBody(body)) line.connection.receive(packet);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      line.connection.malformed(error.message);
      return respond(res, 400, 'Not packets.\n');
    }
    res.writeHead(204).end();
  }

  comment(): void {
    for (const { socket } of this.#lines.values()) socket.comment();
  }
}

/** The body of a request, or null if it is larger than `most` bytes or takes too long. */
export async function readBody(req: IncomingMessage, most: number): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  const late = setTimeout(() => req.destroy(), BODY_WITHIN);
  try {
    for await (const chunk of req as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) return null;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch {
    return null;
  } finally {
    clearTimeout(late);
  }
}
