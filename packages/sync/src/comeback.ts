import type { Problem } from './problem.ts';
import { CloseCode, isPermanent, retryAfter } from './protocol/index.ts';

/** Full-jitter backoff, in milliseconds. */
const BACKOFF = { base: 250, cap: 15_000 };
/** Clients that were told when to come back spread over so many milliseconds after it. */
const SPREAD = 1_000;

/** When to come back after a line was lost, and what a person should know of why it was. */
export class Comeback {
  readonly #random: () => number;
  readonly #canRefresh: boolean;
  #failures = 0;
  #tokenRefused = false;
  #problem: Problem | null = null;

  constructor(random: () => number, canRefresh: boolean) {
    this.#random = random;
    this.#canRefresh = canRefresh;
  }

  /** True since an attempt failed, until `steady`. */
  get hasFailed(): boolean {
    return this.#failures > 0;
  }

  /** The last token was refused: a fresh one is wanted. */
  get tokenRefused(): boolean {
    return this.#tokenRefused;
  }

  /** Why the relay refuses, as long as that is the last that was heard of it. */
  get problem(): Problem | null {
    return this.#problem;
  }

  /** The room was entered. */
  entered(): void {
    this.#problem = null;
    this.#tokenRefused = false;
  }

  /** The line held for a while, or the user begins anew. */
  steady(): void {
    this.#failures = 0;
    this.#problem = null;
  }

  /** A line was lost. Returns the milliseconds until the next attempt. */
  lost(
    code: number,
    reason: string,
    why: Problem = { kind: 'connection-refused', code, detail: reason },
  ): number {
    const backoff = this.#random() * Math.min(BACKOFF.cap, BACKOFF.base * 2 ** this.#failures);
    this.#failures++;
    this.#problem = null;
    if (!isPermanent(code)) {
      const asked = retryAfter(reason);
      return asked === null ? backoff : asked + this.#random() * SPREAD;
    }
    if (code === CloseCode.unauthorized && this.#canRefresh && !this.#tokenRefused) {
      this.#tokenRefused = true;
      return backoff;
    }
    // The relay will say no again: there is no hurry, and a person should know why.
    this.#problem = why;
    return BACKOFF.cap;
  }
}
