import type { Duplex } from 'node:stream';
import { CloseCode } from '@concord/sync/protocol';
import type { WebSocket } from 'ws';
import type { Connection, Socket } from './connection.ts';
import type { Metrics } from './metrics.ts';
import { WsSocket } from './socket.ts';

/** A line on which nothing came for this long, in milliseconds, is asked; after twice that it is dead. */
const PING_AFTER = 30_000;

interface WebSocketLine {
  readonly ws: WebSocket;
  heard: number;
  asked: boolean;
}

/** All open lines of this process, whatever carries them. One timer sees to all of them. */
export class Lines {
  readonly #connect: (socket: Socket) => Connection;
  readonly #metrics: Metrics;
  readonly #connections = new Map<Connection, Socket>();
  readonly #webSockets = new Set<WebSocketLine>();

  constructor(connect: (socket: Socket) => Connection, metrics: Metrics) {
    this.#connect = connect;
    this.#metrics = metrics;
    const buffered = (): number[] => [...this.#connections.values()].map((socket) => socket.buffered);
    metrics.gauge('concord_buffered_bytes{of="all"}', () => buffered().reduce((sum, n) => sum + n, 0));
    metrics.gauge('concord_buffered_bytes{of="slowest"}', () =>
      buffered().reduce((most, n) => Math.max(most, n), 0),
    );
  }

  get size(): number {
    return this.#connections.size;
  }

  all(): readonly Connection[] {
    return [...this.#connections.keys()];
  }

  attend(socket: Socket): Connection {
    const connection = this.#connect(socket);
    this.#connections.set(connection, socket);
    return connection;
  }

  /** To be called when a line is gone. */
  ended(connection: Connection): void {
    this.#connections.delete(connection);
    connection.ended();
  }

  attendWebSocket(ws: WebSocket, stream: Duplex): void {
    const connection = this.attend(new WsSocket(ws, stream));
    const line: WebSocketLine = { ws, heard: Date.now(), asked: false };
    this.#webSockets.add(line);
    const hear = (): void => {
      line.heard = Date.now();
      line.asked = false;
    };
    ws.on('pong', hear);
    ws.on('message', (data: Buffer, isBinary) => {
      hear();
      if (isBinary) connection.receive(data);
      else connection.malformed('frames are binary');
    });
    // The library closes the line by itself after a protocol error.
    ws.on('error', () => this.#metrics.count('concord_line_errors_total'));
    ws.on('close', () => {
      this.#webSockets.delete(line);
      this.ended(connection);
    });
  }

  /** To be called about once a second. */
  tick(): void {
    for (const connection of this.#connections.keys()) connection.tick();
    const now = Date.now();
    for (const line of this.#webSockets) {
      if (now - line.heard > 2 * PING_AFTER) line.ws.terminate();
      else if (now - line.heard > PING_AFTER && !line.asked) {
        line.asked = true;
        line.ws.ping();
      }
    }
  }

  /** Ends what does not end by itself. */
  terminate(): void {
    for (const connection of this.#connections.keys()) connection.close(CloseCode.restart, '');
    for (const { ws } of this.#webSockets) ws.terminate();
  }
}
