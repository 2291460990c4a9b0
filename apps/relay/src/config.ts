import { fileURLToPath } from 'node:url';

/** What a relay can be told. The README's table has the environment's names. */
export interface RelayConfig {
  /** The interface to listen on. Anything but loopback needs `auth` or `open`. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where the log is kept; made if missing. */
  readonly dataDir: string;
  /** Origins, besides the relay's own, whose pages may connect: `https://example.org`. */
  readonly allowedOrigins: readonly string[];
  /** Whether anyone who can reach this relay may do anything, told in so many words. */
  readonly open: boolean;
  /** How tokens are checked. Null: nobody is asked who they are. */
  readonly auth: AuthConfig | null;
  /** Whether someone signed in may begin a room, as its owner. Otherwise only a token's `rooms` or a list lets in. */
  readonly newRooms: boolean;
  /** Behind a proxy that sets X-Forwarded-For. */
  readonly trustProxy: boolean;
  /** Connections at once from one address. Loopback without a proxy is not limited. */
  readonly perAddress: number;
  /** How long what a snapshot covers is still kept, in milliseconds: how far back a restore can go. */
  readonly retention: number;
  /** Who may read `/metrics` from elsewhere: `Authorization: Bearer …`. Null: only this machine. */
  readonly metricsToken: string | null;
  readonly logLevel: LogLevel;
  /** The folder with the built apps: `<appsDir>/<app>/dist`. */
  readonly appsDir: string;
}

export interface AuthConfig {
  /** At least one of the three. */
  readonly secret: string | null;
  readonly publicKey: string | null;
  readonly jwks: URL | null;
  readonly audience: string;
  readonly issuer: string | null;
}

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A setting that cannot be used. The message names its key. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** The words that open a relay to everybody. Long enough that nobody says them by accident. */
export const OPEN_WORDS = 'yes-anyone-may-read-and-write';

/** Every name that `readConfig` looks at. */
export const KEYS = [
  'PORT',
  'HOST',
  'DATA_DIR',
  'ALLOWED_ORIGINS',
  'CONCORD_OPEN',
  'JWT_SECRET',
  'JWT_PUBLIC_KEY',
  'JWT_JWKS_URL',
  'JWT_AUDIENCE',
  'JWT_ISSUER',
  'NEW_ROOMS',
  'TRUST_PROXY',
  'MAX_CONNECTIONS_PER_ADDRESS',
  'RETENTION',
  'METRICS_TOKEN',
  'LOG_LEVEL',
] as const;
type Key = (typeof KEYS)[number];
type Env = Readonly<Record<string, string | undefined>>;

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host);
}

/** The configuration that an environment asks for. Throws ConfigError naming the bad key. */
export function readConfig(env: Env): RelayConfig {
  const host = env.HOST || '127.0.0.1';
  const open = readWords(env, 'CONCORD_OPEN', { [OPEN_WORDS]: true }, false);
  const auth = readAuth(env);
  if (auth && open) throw new ConfigError('CONCORD_OPEN lets everybody in, JWT_… does not: choose one.');
  if (!isLoopback(host) && !auth && !open) {
    throw new ConfigError(
      `HOST=${host} is reachable from outside, and this relay asks nobody who they are. Set JWT_SECRET, JWT_PUBLIC_KEY ` +
        `or JWT_JWKS_URL; or, if that is what you want, say CONCORD_OPEN=${OPEN_WORDS}.`,
    );
  }
  return {
    host,
    port: readNumber(env, 'PORT', 4400, 65_535),
    dataDir: env.DATA_DIR || './.data',
    allowedOrigins: (env.ALLOWED_ORIGINS ?? '').split(',').filter(Boolean).map(readOrigin),
    open,
    auth,
    newRooms: readWords(env, 'NEW_ROOMS', { 'signed-in': true, nobody: false }, true),
    trustProxy: readWords(env, 'TRUST_PROXY', { yes: true, no: false }, false),
    perAddress: readNumber(env, 'MAX_CONNECTIONS_PER_ADDRESS', 500, 1_000_000),
    retention: readDuration(env, 'RETENTION', '24h'),
    metricsToken: readSecret(env, 'METRICS_TOKEN', 16),
    logLevel: readWords(env, 'LOG_LEVEL', Object.fromEntries(LOG_LEVELS.map((l) => [l, l])), 'info'),
    appsDir: fileURLToPath(new URL('../../', import.meta.url)),
  };
}

function readAuth(env: Env): AuthConfig | null {
  const secret = readSecret(env, 'JWT_SECRET', 32);
  const publicKey = env.JWT_PUBLIC_KEY?.replaceAll('\\n', '\n') || null;
  if (publicKey && !publicKey.includes('-----BEGIN PUBLIC KEY-----'))
    throw new ConfigError('JWT_PUBLIC_KEY is not an Ed25519 key in PEM (-----BEGIN PUBLIC KEY-----).');
  const url = env.JWT_JWKS_URL || null;
  const jwks = url !== null && URL.canParse(url) ? new URL(url) : null;
  if (url !== null && !(jwks?.protocol === 'https:' || (jwks && isLoopback(jwks.hostname))))
    throw new ConfigError(`JWT_JWKS_URL=${url} is not an https address.`);
  const audience = env.JWT_AUDIENCE || null;
  const issuer = env.JWT_ISSUER || null;
  if (!secret && !publicKey && !jwks) {
    if (audience || issuer)
      throw new ConfigError(
        'JWT_AUDIENCE or JWT_ISSUER is set, but no JWT_SECRET, JWT_PUBLIC_KEY or JWT_JWKS_URL.',
      );
    return null;
  }
  if (!audience) throw new ConfigError('JWT_AUDIENCE is missing: tokens made for others would be good here.');
  return { secret, publicKey, jwks, audience, issuer };
}

function readNumber(env: Env, key: Key, usual: number, most: number): number {
  const text = env[key] || String(usual);
  if (!/^\d{1,9}$/.test(text) || Number(text) > most)
    throw new ConfigError(`${key}=${text} is not a number from 0 to ${most}.`);
  return Number(text);
}

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function readDuration(env: Env, key: Key, usual: string): number {
  const text = env[key] || usual;
  const [, digits, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (!digits) throw new ConfigError(`${key}=${text} is not a time such as 30s, 15m, 24h or 7d.`);
  return Number(digits) * UNITS[unit as keyof typeof UNITS];
}

function readWords<T>(env: Env, key: Key, words: Readonly<Record<string, T>>, usual: T): T {
  const text = env[key] || null;
  if (text === null) return usual;
  if (Object.hasOwn(words, text)) return words[text] as T;
  throw new ConfigError(`${key}=${text} is not one of: ${Object.keys(words).join(', ')}.`);
}

/** Never repeated in a message: messages are logged. */
function readSecret(env: Env, key: Key, least: number): string | null {
  const text = env[key] || null;
  if (text !== null && text.length < least)
    throw new ConfigError(`${key} has ${text.length} characters; it needs at least ${least}.`);
  return text;
}

function readOrigin(text: string): string {
  const origin = text.trim();
  if (URL.canParse(origin) && new URL(origin).origin === origin) return origin;
  throw new ConfigError(`ALLOWED_ORIGINS: ${origin} is not an origin such as https://example.org.`);
}
