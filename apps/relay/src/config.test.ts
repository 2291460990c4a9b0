import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, KEYS, OPEN_WORDS, readConfig } from './config.ts';

const SECRET = 'a secret of at least thirty-two characters';

describe('configuration', () => {
  it.each([
    [{ PORT: 'many' }, 'PORT'],
    [{ PORT: '65536' }, 'PORT'],
    [{ PORT: '-1' }, 'PORT'],
    [{ HOST: '0.0.0.0' }, 'HOST'],
    [{ HOST: '::' }, 'HOST'],
    [{ HOST: '0.0.0.0', CONCORD_OPEN: 'yes' }, 'CONCORD_OPEN'],
    [{ CONCORD_OPEN: OPEN_WORDS, JWT_SECRET: SECRET, JWT_AUDIENCE: 'a' }, 'CONCORD_OPEN'],
    [{ ALLOWED_ORIGINS: 'example.org' }, 'ALLOWED_ORIGINS'],
    [{ ALLOWED_ORIGINS: 'https://example.org/path' }, 'ALLOWED_ORIGINS'],
    [{ JWT_SECRET: 'short', JWT_AUDIENCE: 'a' }, 'JWT_SECRET'],
    [{ JWT_SECRET: SECRET }, 'JWT_AUDIENCE'],
    [{ JWT_AUDIENCE: 'a' }, 'JWT_AUDIENCE'],
    [{ JWT_PUBLIC_KEY: 'a key', JWT_AUDIENCE: 'a' }, 'JWT_PUBLIC_KEY'],
    [{ JWT_JWKS_URL: 'http://example.org/keys', JWT_AUDIENCE: 'a' }, 'JWT_JWKS_URL'],
    [{ NEW_ROOMS: 'everybody' }, 'NEW_ROOMS'],
    [{ TRUST_PROXY: '1' }, 'TRUST_PROXY'],
    [{ MAX_CONNECTIONS_PER_ADDRESS: 'ten' }, 'MAX_CONNECTIONS_PER_ADDRESS'],
    [{ RETENTION: '24' }, 'RETENTION'],
    [{ METRICS_TOKEN: 'abc' }, 'METRICS_TOKEN'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  ])('[G1] %o is refused, and %s named', (env, key) => {
    expect(() => readConfig(env)).toThrow(ConfigError);
    expect(() => readConfig(env)).toThrow(key);
  });

  it('[G1] a secret is never repeated', () => {
    expect(() => readConfig({ JWT_SECRET: 'hunter2', JWT_AUDIENCE: 'a' })).toThrow(/^(?!.*hunter2)/);
  });

  it('[G2] reachable from outside only with tokens, or when told in so many words', () => {
    expect(readConfig({})).toMatchObject({ host: '127.0.0.1', auth: null, open: false });
    expect(readConfig({ HOST: '0.0.0.0', CONCORD_OPEN: OPEN_WORDS })).toMatchObject({ open: true });
    const auth = { JWT_SECRET: SECRET, JWT_AUDIENCE: 'a' };
    expect(readConfig({ HOST: '0.0.0.0', ...auth })).toMatchObject({ open: false, auth: { audience: 'a' } });
  });

  it('[G3] the README has a row for every key, and for no other', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const rows = [...readme.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, key]) => key);
    expect(rows.sort()).toEqual([...KEYS].sort());
  });
});
