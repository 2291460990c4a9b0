import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isThisMachine } from './addresses.ts';
import type { RelayConfig } from './config.ts';
import { respond } from './http.ts';
import type { Metrics } from './metrics.ts';
import type { Rooms } from './rooms.ts';

export interface StatusPorts {
  readonly config: RelayConfig;
  readonly metrics: Metrics;
  readonly rooms: Rooms;
  readonly isDraining: () => boolean;
}

/**
 * `/healthz`: 503 when only a restart, or a person, can help: the log takes nothing. `/readyz`: 503 when others should get
 * the new connections: also while stopping. `/metrics` for this machine, and for who has the token. True if it was one of these.
 */
export function status({ config, metrics, rooms, isDraining }: StatusPorts) {
  return (req: IncomingMessage, res: ServerResponse): boolean => {
    const failing = rooms.retryAfter > 0 || !metrics.healthy;
    switch (req.url) {
      case '/healthz':
        if (failing) respond(res, 503, 'the log cannot be written\n');
        else respond(res, 200, 'ok\n');
        return true;
      case '/readyz':
        if (isDraining()) respond(res, 503, 'stopping\n');
        else if (failing) respond(res, 503, 'the log cannot be written\n');
        else respond(res, 200, 'ready\n');
        return true;
      case '/metrics':
        if (!mayRead(req, config)) respond(res, 403, 'Metrics are for this machine, or for METRICS_TOKEN.\n');
        else
          respond(res, 200, metrics.text(), { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' });
        return true;
      default:
        return false;
    }
  };
}

function mayRead(req: IncomingMessage, { metricsToken, trustProxy }: RelayConfig): boolean {
  if (metricsToken === null) return !trustProxy && isThisMachine(req.socket.remoteAddress ?? '');
  const given = req.headers.authorization ?? '';
  return timingSafeEqual(digest(given), digest(`Bearer ${metricsToken}`));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
