import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { CloseCode, MAX_FRAME, retryReason } from '@concord/sync/protocol';
import { WebSocketServer } from 'ws';
import { Access, type AccessStore } from './access.ts';
import { accessApi } from './access-api.ts';
import { Addresses, addressOf } from './addresses.ts';
import { USUAL_LIMITS } from './allowance.ts';
import { askNobody, authenticator } from './auth.ts';
import type { RelayConfig } from './config.ts';
import { Connection, type Rules, type Socket } from './connection.ts';
import { respond } from './http.ts';
import type { Journal } from './journal.ts';
import { Lines } from './lines.ts';
import type { LogStore, SnapshotStore } from './log-store.ts';
import { Metrics } from './metrics.ts';
import { originAllowed } from './origin.ts';
import { Replicas } from './replicas.ts';
import { Rooms } from './rooms.ts';
import { SseLines } from './sse.ts';
import { staticFiles } from './static.ts';
import { status } from './status.ts';

/** How long a request may take, and its head; looked at often enough that nobody holds a line open for nothing. */
const TIMEOUTS = { requestTimeout: 30_000, headersTimeout: 10_000, connectionsCheckingInterval: 1_000 };
/** How long clients have to take their goodbye when the relay stops, in milliseconds. */
const GOODBYE = 1_000;
/** How long stopping may take at all. What is not on disk by then was not acknowledged. */
const DRAIN_WITHIN = 25_000;
/** When the clients of a relay that restarts come back: spread, so that they do not all come at once. */
const BACK_WITHIN = 5_000;

export interface RelayHooks {
  /** Answers what is not the relay's own, instead of the built apps. */
  readonly serve?: (req: IncomingMessage, res: ServerResponse) => void;
}

export interface RunningRelay {
  readonly port: number;
  /** `http://host:port` */
  readonly url: string;
  readonly server: Server;
  readonly rooms: Rooms;
  readonly metrics: Metrics;
  /** Stops accepting, writes everything to disk, then ends all connections. Rejects if the disk does not take it in time. */
  close(): Promise<void>;
}

export type RelayLog = LogStore & SnapshotStore & AccessStore;

/** Listens with the given log. Rejects with the system's error if the port cannot be had. */
export async function listen(
  config: RelayConfig,
  log: RelayLog,
  journal: Journal,
  hooks: RelayHooks = {},
): Promise<RunningRelay> {
  const metrics = new Metrics();
  const now = Date.now;
  const rooms = new Rooms(log, metrics, {
    snapshots: log,
    retention: config.retention,
    // A clock that is set back must not make pauses longer.
    now: () => performance.now(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  const open = config.auth === null;
  const access = new Access(log, { open, newRooms: config.newRooms, now });
  const authenticate = config.auth ? await authenticator(config.auth) : askNobody;
  const rules: Rules = {
    access,
    authenticate,
    asks: !open,
    replicas: new Replicas(),
    limits: USUAL_LIMITS,
    now,
    report: (error) => journal.error({ err: error }, 'a frame went wrong'),
  };
  const addresses = new Addresses(config.perAddress);
  const lines = new Lines((socket: Socket) => new Connection(socket, rooms, metrics, rules), metrics);
  const sse = new SseLines(lines);
  const api = accessApi(access, authenticate);
  const files = staticFiles(config.appsDir);
  const serve = hooks.serve ?? ((req, res) => void files(req, res).catch(() => res.destroy()));
  let draining = false;
  const tell = status({ config, metrics, rooms, isDraining: () => draining });

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = req.url ?? '/';
    if (tell(req, res)) return;
    const isOurs = url === '/sse' || url.startsWith('/sse/') || url.startsWith('/rooms/');
    if (!isOurs) return serve(req, res);
    const address = addressOf(req, config.trustProxy);
    const { origin, host } = req.headers;
    if (!originAllowed(origin, host, config)) return refuse(res, 403, 'origin');
    if (draining) return refuse(res, 503, 'draining');
    if (url === '/sse' && req.method === 'GET') {
      if (!addresses.admit(address, now())) return refuse(res, 429, 'address');
      res.on('close', () => addresses.left(address));
      return sse.open(res);
    }
    if (url.startsWith('/sse/') && req.method === 'POST') return sse.receive(url.slice(5), req, res);
    if (!addresses.mayOpen(address, now())) return refuse(res, 429, 'address');
    if (!(await api(req, res))) respond(res, 404, 'There is nothing here.\n');
  }

  function refuse(res: ServerResponse, code: number, why: string): void {
    metrics.count(`concord_refused_total{reason="${why}"}`);
    respond(res, code, `Refused: ${why}.\n`);
  }

  const server = createServer(TIMEOUTS, (req, res) => {
    handle(req, res).catch((error: unknown) => {
      journal.error({ err: error }, 'a request failed');
      respond(res, 500, 'This went wrong.\n');
    });
  });

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME,
    perMessageDeflate: false,
    clientTracking: false,
  });
  metrics.gauge('concord_connections{transport="websocket"}', () => lines.size - sse.size);
  metrics.gauge('concord_connections{transport="sse"}', () => sse.size);
  server.on('upgrade', (req, stream, head) => {
    // Node takes its own listener away here: without one, a client that resets the line would end the process.
    stream.on('error', () => metrics.count('concord_line_errors_total'));
    const address = addressOf(req, config.trustProxy);
    const { origin, host } = req.headers;
    if (req.url !== '/ws') {
      // Hot reload may listen on the same server.
      if (server.listenerCount('upgrade') === 1) stream.destroy();
    } else if (!originAllowed(origin, host, config)) turnAway('origin', '403 Forbidden');
    else if (draining) turnAway('draining', '503 Service Unavailable');
    else if (!addresses.admit(address, now())) turnAway('address', '429 Too Many Requests');
    else {
      stream.once('close', () => addresses.left(address));
      sockets.handleUpgrade(req, stream, head, (ws) => lines.attendWebSocket(ws, stream));
    }

    function turnAway(why: string, line: string): void {
      metrics.count(`concord_refused_total{reason="${why}"}`);
      // Closed from this side too: a client that never does would keep the relay from stopping.
      stream.end(`HTTP/1.1 ${line}\r\nConnection: close\r\n\r\n`, () => stream.destroy());
    }
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: config.port, host: config.host, backlog: 4096 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const late = monitorEventLoopDelay({ resolution: 10 });
  late.enable();
  metrics.gauge('concord_event_loop_seconds', () => Math.max(0, late.percentile(99) / 1e9 - 0.01));
  let ticks = 0;
  const ticking = setInterval(() => {
    ticks++;
    lines.tick();
    access.sweep();
    if (ticks % 10 === 0) {
      late.reset();
      sse.comment();
    }
    rooms.sweep().catch((error: unknown) => journal.error({ err: error }, 'trimming failed'));
  }, 1_000);

  const { port } = server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  async function drain(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    // The clients first: what they sent until now is accepted, and what they hear is after the disk has it.
    await rooms.flush();
    for (const line of lines.all())
      line.close(CloseCode.restart, retryReason(Math.random() * BACK_WITHIN, 'the relay restarts'));
    const slow = setTimeout(() => {
      lines.terminate();
      server.closeAllConnections();
    }, GOODBYE);
    server.closeIdleConnections();
    await closed;
    clearTimeout(slow);
    await rooms.flush();
    await log.close();
  }
  return {
    port,
    url: `http://${host}:${port}`,
    server,
    rooms,
    metrics,
    close: async () => {
      draining = true;
      clearInterval(ticking);
      late.disable();
      await within(DRAIN_WITHIN, drain(), 'the log did not take everything in time');
    },
  };
}

/** Rejects if the promise does not end in time. */
async function within<T>(ms: number, promise: Promise<T>, why: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(why)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
