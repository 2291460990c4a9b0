import type { Role } from '@concord/sync/protocol';
import {
  createRemoteJWKSet,
  errors,
  importSPKI,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import type { AuthConfig } from './config.ts';
import { isRole } from './roles.ts';

/** Who is on the other end of a connection. */
export interface Identity {
  /** Null: nobody in particular. */
  readonly user: string | null;
  /** When the token ends, in milliseconds since 1970. */
  readonly expires: number | null;
  /** Roles that the token itself grants, by room name or by `kind/*`. */
  readonly rooms: Readonly<Record<string, Role>>;
}

export const NOBODY: Identity = { user: null, expires: null, rooms: {} };

/** A token that is not good here. The message says why, and nothing of the token. */
export class AuthError extends Error {
  override name = 'AuthError';
}

/** Tells whose a token is. Rejects with AuthError. */
export type Authenticate = (token: string) => Promise<Identity>;

/** Without configuration, tokens mean nothing and everybody is nobody in particular. */
export const askNobody: Authenticate = async () => NOBODY;

/**
 * Checks tokens: HS256 by the secret, EdDSA by the public key, and EdDSA, ES256 or RS256 by the key set. Each key is tried
 * with its own algorithms only, so that nobody signs with a public key as if it were a secret. Audience and expiry
 * are required.
 */
export async function authenticator(config: AuthConfig): Promise<Authenticate> {
  const common: JWTVerifyOptions = {
    audience: config.audience,
    ...(config.issuer && { issuer: config.issuer }),
    requiredClaims: ['sub', 'exp'],
    clockTolerance: 5,
  };
  const checks: ((token: string) => Promise<JWTPayload>)[] = [];
  const { secret, publicKey, jwks } = config;
  if (secret) {
    const key = new TextEncoder().encode(secret);
    checks.push(async (t) => (await jwtVerify(t, key, { ...common, algorithms: ['HS256'] })).payload);
  }
  if (publicKey) {
    const key = await importSPKI(publicKey, 'EdDSA');
    checks.push(async (t) => (await jwtVerify(t, key, { ...common, algorithms: ['EdDSA'] })).payload);
  }
  if (jwks) {
    const keys = createRemoteJWKSet(jwks);
    const algorithms = ['EdDSA', 'ES256', 'RS256'];
    checks.push(async (t) => (await jwtVerify(t, keys, { ...common, algorithms })).payload);
  }
  return async (token) => {
    let why: unknown = new AuthError("the token's algorithm is not allowed");
    for (const check of checks) {
      try {
        return identity(await check(token));
      } catch (error) {
        if (error instanceof AuthError) throw error;
        // What a key of the token's own algorithm says is more telling than that another one does not fit.
        if (error instanceof errors.JOSEAlgNotAllowed) continue;
        why = isTransient(error) ? error : new AuthError(describe(error));
      }
    }
    throw why;
  };
}

/** A key set that cannot be fetched says nothing about the token. */
function isTransient(error: unknown): boolean {
  return error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError);
}

function identity({ sub, exp, rooms }: JWTPayload): Identity {
  if (!sub || sub.length > 128) throw new AuthError('the token names nobody');
  return { user: sub, expires: (exp ?? 0) * 1_000, rooms: readRooms(rooms) };
}

function readRooms(claim: unknown): Readonly<Record<string, Role>> {
  if (claim === undefined) return {};
  if (typeof claim !== 'object' || claim === null) throw new AuthError('the claim "rooms" is not an object');
  const rooms = Object.entries(claim);
  for (const [, role] of rooms) if (!isRole(role)) throw new AuthError('the claim "rooms" names no role');
  return Object.fromEntries(rooms);
}

function describe(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'the token is past its time';
  if (error instanceof errors.JWTClaimValidationFailed) return `the token's ${error.claim} is wrong`;
  return 'the token is not genuine';
}
