import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloseCode, MAX_FRAME } from '@concord/sync/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import type { RelayConfig } from './config.ts';
import { Connection } from './connection.ts';
import type { LogStore } from './log-store.ts';
import { Metrics } from './metrics.ts';
import { originAllowed } from './origin.ts';
import { Rooms } from './rooms.ts';
import { WsSocket } from './socket.ts';
import { staticFiles } from './static.ts';

/** Milliseconds that a client has to say HELLO. */
const HELLO_WITHIN = 10_000;
/** A line that answers no ping for this long, in milliseconds, is dead. */
const PING_EVERY = 30_000;
/** How long clients have to take their goodbye when the relay stops, in milliseconds. */
const GOODBYE = 1_000;

export interface RelayHooks {
  /** Answers what is neither `/ws`, `/metrics` nor `/healthz`, instead of the built apps. */
  readonly serve?: (req: IncomingMessage, res: ServerResponse) => void;
}

export interface RunningRelay {
  readonly port: number;
  /** `http://host:port` */
  readonly url: string;
  readonly server: Server;
  /** Stops accepting, writes everything to disk, then ends all connections. */
  close(): Promise<void>;
}

/** Listens with the given log. Rejects with the system's error if the port cannot be had. */
export async function listen(
  config: RelayConfig,
  log: LogStore,
  hooks: RelayHooks = {},
): Promise<RunningRelay> {
  const metrics = new Metrics();
  const rooms = new Rooms(log, metrics);
  const files = staticFiles(config.appsDir);
  const serve = hooks.serve ?? ((req, res) => void files(req, res).catch(() => res.destroy()));
  const server = createServer((req, res) => {
    if (req.url === '/metrics') {
      answer(res, 200, metrics.text());
      return;
    }
    if (req.url === '/healthz') {
      return metrics.healthy ? answer(res, 200, 'ok\n') : answer(res, 503, 'the log cannot be written\n');
    }
    serve(req, res);
  });

  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false });
  metrics.gauge('concord_connections', () => sockets.clients.size);
  server.on('upgrade', (req, stream, head) => {
    // Node takes its own listener away here: without one, a client that resets the line would end the process.
    stream.on('error', () => metrics.count('concord_line_errors_total'));
    if (req.url !== '/ws') {
      // Hot reload may listen on the same server.
      if (server.listenerCount('upgrade') === 1) stream.destroy();
    } else if (originAllowed(req.headers.origin, req.headers.host, config)) {
      sockets.handleUpgrade(req, stream, head, (ws) => attend(ws, rooms, metrics));
    } else {
      metrics.count('concord_origin_refused_total');
      // Closed from this side too: a client that never does would keep the relay from stopping.
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n', () => stream.destroy());
    }
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    port,
    url: `http://${host}:${port}`,
    server,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      // The clients first: what they sent until now is accepted, and what they hear is after the disk has it.
      await rooms.flush();
      for (const ws of sockets.clients) ws.close(CloseCode.restart, 'the relay restarts');
      const slow = setTimeout(() => {
        for (const ws of sockets.clients) ws.terminate();
        server.closeAllConnections();
      }, GOODBYE);
      server.closeIdleConnections();
      await closed;
      clearTimeout(slow);
      await rooms.flush();
      await log.close();
    },
  };
}

/** Ties a WebSocket to its connection, and sees to it that silent ones end. */
function attend(ws: WebSocket, rooms: Rooms, metrics: Metrics): void {
  const connection = new Connection(new WsSocket(ws), rooms, metrics);
  let alive = true;
  const greeting = setTimeout(() => {
    if (!connection.greeted) connection.close(CloseCode.helloExpected, 'no HELLO came');
  }, HELLO_WITHIN);
  const pings = setInterval(() => {
    if (!alive) {
      ws.terminate();
      return;
    }
    alive = false;
    ws.ping();
  }, PING_EVERY);
  ws.on('pong', () => {
    alive = true;
  });
  ws.on('message', (data: Buffer, isBinary) => {
    alive = true;
    if (isBinary) connection.receive(data);
    else connection.close(CloseCode.malformed, 'frames are binary');
  });
  // The library closes the line by itself after a protocol error.
  ws.on('error', () => metrics.count('concord_line_errors_total'));
  ws.on('close', () => {
    clearTimeout(greeting);
    clearInterval(pings);
    connection.ended();
  });
}

function answer(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, {
    'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
    'Cache-Control': 'no-store',
  });
  res.end(text);
}
