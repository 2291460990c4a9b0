import { fileURLToPath } from 'node:url';

/** All that a relay can be told. See the README for the environment's names. */
export interface RelayConfig {
  /** The interface to listen on. Anything but loopback needs `publicly`. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where the log is kept; made if missing. */
  readonly dataDir: string;
  /** Origins, besides the relay's own, whose pages may connect: `https://example.org`. */
  readonly allowedOrigins: readonly string[];
  /** Whether to listen where others than this machine can reach: anyone who can is then an editor. */
  readonly publicly: boolean;
  /** The folder with the built apps: `<appsDir>/<app>/dist`. */
  readonly appsDir: string;
}

/** A setting that cannot be used. The message names its key. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host);
}

/** The configuration that an environment asks for. Throws ConfigError naming the bad key. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): RelayConfig {
  const host = env.HOST || '127.0.0.1';
  const publicly = readSwitch(env, 'LISTEN_PUBLICLY');
  if (!isLoopback(host) && !publicly) {
    throw new ConfigError(
      `HOST=${host} is reachable from outside, and this relay asks nobody who they are. ` +
        'If that is what you want, say LISTEN_PUBLICLY=yes.',
    );
  }
  return {
    host,
    port: readPort(env.PORT || '4400'),
    dataDir: env.DATA_DIR || './.data',
    allowedOrigins: (env.ALLOWED_ORIGINS ?? '').split(',').filter(Boolean).map(readOrigin),
    publicly,
    appsDir: fileURLToPath(new URL('../../', import.meta.url)),
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65535)
    throw new ConfigError(`PORT=${text} is not a port: 0 to 65535.`);
  return port;
}

function readSwitch(env: Readonly<Record<string, string | undefined>>, key: string): boolean {
  const value = env[key] ?? '';
  if (value === '' || value === 'no') return false;
  if (value === 'yes') return true;
  throw new ConfigError(`${key}=${value} is neither yes nor no.`);
}

function readOrigin(text: string): string {
  const origin = text.trim();
  if (URL.canParse(origin) && new URL(origin).origin === origin) return origin;
  throw new ConfigError(`ALLOWED_ORIGINS: ${origin} is not an origin such as https://example.org.`);
}
