/** How much may come: `perSecond` in the long run, `burst` at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Counts what comes against a rate. Time is given from outside. */
export class TokenBucket {
  readonly #rate: Rate;
  #level: number;
  #at: number;

  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#level = rate.burst;
    this.#at = now;
  }

  /** Takes `amount` and answers 0; or takes nothing and answers after how many milliseconds to try again. */
  take(amount: number, now: number): number {
    const { perSecond, burst } = this.#rate;
    this.#level = Math.min(burst, this.#level + (Math.max(0, now - this.#at) * perSecond) / 1_000);
    this.#at = now;
    // What exceeds the burst by itself passes when the bucket is full: it would never otherwise.
    if (this.#level >= Math.min(amount, burst)) {
      this.#level -= amount;
      return 0;
    }
    return Math.ceil(((Math.min(amount, burst) - this.#level) / perSecond) * 1_000);
  }
}
