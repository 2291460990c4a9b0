import type { IncomingMessage } from 'node:http';
import { type Rate, TokenBucket } from './token-bucket.ts';

/** New connections and requests from one address. */
const OPENINGS: Rate = { perSecond: 20, burst: 200 };
/** Addresses whose past is remembered. */
const REMEMBERED = 50_000;

/** Where a request comes from. Without a proxy in between, null for this machine, which is not limited. */
export function addressOf(req: IncomingMessage, trustProxy: boolean): string | null {
  const forwarded = trustProxy
    ? String(req.headers['x-forwarded-for'] ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : '';
  const address = forwarded || req.socket.remoteAddress || '';
  if (!forwarded && isThisMachine(address)) return null;
  // One subscriber has a whole /64 of IPv6.
  return address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address;
}

/** Whether an address is of this machine itself. */
export function isThisMachine(address: string): boolean {
  return address === '::1' || address.replace('::ffff:', '').startsWith('127.');
}

/** How many connections each address has, and how fast it opens them. */
export class Addresses {
  readonly #most: number;
  readonly #open = new Map<string, number>();
  readonly #openings = new Map<string, TokenBucket>();

  /** `most`: connections at once from one address. */
  constructor(most: number) {
    this.#most = most;
  }

  /** False if this address has opened too many connections, or too fast. */
  admit(address: string | null, now: number): boolean {
    if (address === null) return true;
    if (!this.mayOpen(address, now)) return false;
    const open = this.#open.get(address) ?? 0;
    if (open >= this.#most) return false;
    this.#open.set(address, open + 1);
    return true;
  }

  /** False if this address asks too often. */
  mayOpen(address: string | null, now: number): boolean {
    if (address === null) return true;
    let bucket = this.#openings.get(address);
    if (!bucket) {
      if (this.#openings.size >= REMEMBERED) this.#openings.clear();
      bucket = new TokenBucket(OPENINGS, now);
      this.#openings.set(address, bucket);
    }
    return bucket.take(1, now) === 0;
  }

  left(address: string | null): void {
    if (address === null) return;
    const open = (this.#open.get(address) ?? 1) - 1;
    if (open > 0) this.#open.set(address, open);
    else this.#open.delete(address);
  }
}
