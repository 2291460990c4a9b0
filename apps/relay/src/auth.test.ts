import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuthError, type Authenticate, authenticator } from './auth.ts';
import { readConfig } from './config.ts';

const SECRET = 'a secret of at least thirty-two characters';
const hmac = new TextEncoder().encode(SECRET);
const AUDIENCE = 'concord';

let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let other: Awaited<ReturnType<typeof generateKeyPair>>;
let pem: string;
let server: Server;
let jwks: string;
beforeAll(async () => {
  keys = await generateKeyPair('EdDSA', { extractable: true });
  other = await generateKeyPair('EdDSA', { extractable: true });
  pem = await exportSPKI(keys.publicKey);
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'EdDSA' };
  server = createServer((_req, res) => res.end(JSON.stringify({ keys: [jwk] })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  jwks = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => void server.close());

type Algorithm = 'HS256' | 'EdDSA';
interface Making {
  readonly alg?: Algorithm;
  readonly key?: Parameters<SignJWT['sign']>[0];
  readonly audience?: string;
  readonly issuer?: string;
  readonly expires?: string | null;
  readonly sub?: string | null;
  readonly claims?: Record<string, unknown>;
}

function make({
  alg = 'HS256',
  key,
  audience = AUDIENCE,
  issuer,
  expires = '1h',
  sub = 'ana',
  claims = {},
}: Making = {}) {
  const jwt = new SignJWT(claims).setProtectedHeader({ alg, ...(alg === 'EdDSA' && { kid: 'k1' }) });
  jwt.setAudience(audience);
  if (issuer) jwt.setIssuer(issuer);
  if (expires !== null) jwt.setExpirationTime(expires);
  if (sub !== null) jwt.setSubject(sub);
  return jwt.sign(key ?? (alg === 'HS256' ? hmac : keys.privateKey));
}

function check(env: Record<string, string>): Promise<Authenticate> {
  const { auth } = readConfig({ JWT_AUDIENCE: AUDIENCE, ...env });
  if (!auth) throw new Error('nobody is asked');
  return authenticator(auth);
}

describe('tokens', () => {
  it('[T1] HS256, EdDSA and a key set: each is good under its own key', async () => {
    const rooms = { 'docs/a': 'viewer' };
    const bySecret = await check({ JWT_SECRET: SECRET });
    const { user, expires, rooms: granted } = await bySecret(await make({ claims: { rooms } }));
    expect([user, granted]).toEqual(['ana', rooms]);
    expect(expires).toBeGreaterThan(Date.now() + 3_500_000);
    const token = await make({ alg: 'EdDSA' });
    expect((await (await check({ JWT_PUBLIC_KEY: pem }))(token)).user).toBe('ana');
    expect((await (await check({ JWT_JWKS_URL: jwks }))(token)).user).toBe('ana');
    const byAny = await check({
      JWT_SECRET: SECRET,
      JWT_PUBLIC_KEY: pem.replaceAll('\n', '\\n'),
      JWT_JWKS_URL: jwks,
    });
    for (const alg of ['HS256', 'EdDSA'] as const)
      expect((await byAny(await make({ alg }))).user).toBe('ana');
  });

  it.each([
    [
      'another secret',
      () => make({ key: new TextEncoder().encode('another secret, also of thirty-two') }),
      /genuine/,
    ],
    ['another key', () => make({ alg: 'EdDSA', key: other.privateKey }), /genuine/],
    ['another audience', () => make({ audience: 'elsewhere' }), /aud/],
    ['another issuer', () => make({ issuer: 'https://evil.example' }), /iss/],
    ['one past its time', () => make({ expires: '-1m' }), /past its time/],
    ['one for ever', () => make({ expires: null }), /exp/],
    ['one of nobody', () => make({ sub: null }), /sub/],
    ['a role that does not exist', () => make({ claims: { rooms: { 'docs/a': 'god' } } }), /names no role/],
    ['rooms that are no object', () => make({ claims: { rooms: 'all' } }), /not an object/],
    ['rubbish', async () => 'rubbish', /genuine/],
    ['two parts', async () => (await make()).split('.').slice(0, 2).join('.'), /genuine/],
    [
      'alg=none',
      async () =>
        new UnsecuredJWT({}).setSubject('ana').setAudience(AUDIENCE).setExpirationTime('1h').encode(),
      /genuine|algorithm/,
    ],
    // The classic: the public key, which everybody has, used as the secret of HS256.
    ['HS256 by the public key', () => make({ key: new TextEncoder().encode(pem) }), /genuine|algorithm/],
  ] as [string, () => Promise<string>, RegExp][])('[T2] refused: %s', async (_what, token, why) => {
    const env = { JWT_SECRET: SECRET, JWT_PUBLIC_KEY: pem };
    const verify = await check(
      _what === 'another issuer' ? { ...env, JWT_ISSUER: 'https://ours.example' } : env,
    );
    const error = await verify(await token()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AuthError);
    expect((error as AuthError).message).toMatch(why);
    expect((error as AuthError).message).not.toContain(await token());
  });

  it('[T2] refused: a signature or a payload with one changed character, all of them', async () => {
    const verify = await check({ JWT_SECRET: SECRET });
    const token = await make();
    const start = token.indexOf('.') + 1;
    for (let i = start; i < token.length - 1; i += 7) {
      const changed = `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`;
      if (changed !== token) await expect(verify(changed)).rejects.toThrow(AuthError);
    }
  });

  it('[T3] a key set that cannot be fetched says nothing about the token', async () => {
    const verify = await check({ JWT_JWKS_URL: 'http://127.0.0.1:1/' });
    const error = await verify(await make({ alg: 'EdDSA' })).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(AuthError);
  });
});
