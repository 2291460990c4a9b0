/** So many changes in a row may share one look at the clock. */
const SHARED = 32;

/**
 * When changes are made. What happens in one turn of the event loop happens at one time: the system's clock, which
 * costs more than a keystroke does, is read once for up to 32 changes of a turn. A clock of the caller's is always read.
 */
export class Clock {
  /** Milliseconds since 1970, as of the last `read`. */
  now = 0;
  /** The same in whole seconds. */
  seconds = 0;
  readonly #source: () => number;
  readonly #isShared: boolean;
  #left = 0;
  #isArmed = false;

  constructor(source: (() => number) | undefined) {
    this.#source = source ?? Date.now;
    this.#isShared = source === undefined;
  }

  /** Sets `now` and `seconds`. */
  read(): void {
    if (this.#left > 0) this.#left--;
    else this.#look();
  }

  #look(): void {
    this.now = this.#source();
    this.seconds = Math.max(0, Math.floor(this.now / 1000));
    if (!this.#isShared) return;
    this.#left = SHARED - 1;
    if (this.#isArmed) return;
    this.#isArmed = true;
    queueMicrotask(this.#turn);
  }

  readonly #turn = (): void => {
    this.#left = 0;
    this.#isArmed = false;
  };
}
