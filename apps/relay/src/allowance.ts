import type { Limits } from '@concord/sync/protocol';
import { MAX_FRAME, MAX_MESSAGE } from '@concord/sync/protocol';
import { type Rate, TokenBucket } from './token-bucket.ts';

/** What one connection may send. */
export interface ConnectionLimits {
  readonly packets: Rate;
  readonly bytes: Rate;
  readonly changes: Rate;
  readonly presence: Rate;
  readonly joins: Rate;
}

/** Far above what people do, and what a client does that brings a long time offline; far below what hurts others. */
export const USUAL_LIMITS: ConnectionLimits = {
  packets: { perSecond: 10_000, burst: 40_000 },
  bytes: { perSecond: 8 * 1024 * 1024, burst: 32 * 1024 * 1024 },
  changes: { perSecond: 10_000, burst: 100_000 },
  presence: { perSecond: 30, burst: 60 },
  joins: { perSecond: 20, burst: 200 },
};

/** The limits as WELCOME tells them. */
export function toldLimits(limits: ConnectionLimits | null): Limits {
  if (!limits) return { frame: 0, message: 0, changes: 0, bytes: 0, presence: 0 };
  const { changes, bytes, presence } = limits;
  return {
    frame: MAX_FRAME,
    message: MAX_MESSAGE,
    changes: changes.perSecond,
    bytes: bytes.perSecond,
    presence: presence.perSecond,
  };
}

/** What is left of a connection's limits. Buckets are made when first needed: most connections are idle. */
export class Allowance {
  readonly #limits: ConnectionLimits | null;
  readonly #buckets: Partial<Record<keyof ConnectionLimits, TokenBucket>> = {};

  constructor(limits: ConnectionLimits | null) {
    this.#limits = limits;
  }

  /** Takes `amount` and answers 0, or takes nothing and answers after how many milliseconds to try again. */
  take(what: keyof ConnectionLimits, amount: number, now: number): number {
    if (!this.#limits) return 0;
    this.#buckets[what] ??= new TokenBucket(this.#limits[what], now);
    return this.#buckets[what].take(amount, now);
  }
}
