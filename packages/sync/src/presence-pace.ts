import { PRESENCE_INTERVAL } from './protocol/index.ts';

/** What this client shows of itself, no more often than allowed; the newest wins. */
export class PresencePace {
  #state: Uint8Array | null = null;
  #sentAt = 0;
  #isDue = false;
  #every = PRESENCE_INTERVAL;

  /** `perSecond` as the relay told it; 0 if it did not. */
  limit(perSecond: number): void {
    this.#every = Math.max(PRESENCE_INTERVAL, perSecond === 0 ? 0 : 1_000 / perSecond);
  }

  show(state: Uint8Array): void {
    this.#state = state;
    this.#isDue = true;
  }

  /** A relay that knows nothing of it is told again. */
  again(): void {
    this.#isDue = this.#state !== null;
  }

  get dueAt(): number {
    return this.#isDue ? this.#sentAt + this.#every : Number.POSITIVE_INFINITY;
  }

  /** What to send now, or null. */
  take(now: number): Uint8Array | null {
    if (now < this.dueAt) return null;
    this.#isDue = false;
    this.#sentAt = now;
    return this.#state;
  }
}
