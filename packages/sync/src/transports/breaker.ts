/** So many failures in a row open the circuit. */
const TRIES = 3;
/** For how long, in milliseconds: doubling with each further failure. */
const REST = { first: 30_000, most: 600_000 };

/** Whether a way to the relay is worth trying. Failures in a row open the circuit for a while; then it is tried once. */
export class Breaker {
  readonly #now: () => number;
  #failures = 0;
  #restsUntil = Number.NEGATIVE_INFINITY;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Not to be tried for now. */
  get isOpen(): boolean {
    return this.#now() < this.#restsUntil;
  }

  /** The last line failed: the next may fail, too. */
  get isSuspect(): boolean {
    return this.#failures > 0;
  }

  failed(): void {
    this.#failures++;
    if (this.#failures < TRIES) return;
    this.#restsUntil = this.#now() + Math.min(REST.most, REST.first * 2 ** (this.#failures - TRIES));
  }

  worked(): void {
    this.#failures = 0;
    this.#restsUntil = Number.NEGATIVE_INFINITY;
  }
}
