import type { Clock } from './clock.ts';

/** The timers of a session: one for the client's deadline, and one for each chore that waits for its time. */
export class Timers<Chore extends string> {
  readonly #clock: Clock;
  readonly #elapsed: () => number;
  readonly #chores = new Map<Chore, () => void>();
  #wake: { readonly at: number; readonly cancel: () => void } | null = null;

  /** `elapsed`: what deadlines are told in. */
  constructor(clock: Clock, elapsed: () => number) {
    this.#clock = clock;
    this.#elapsed = elapsed;
  }

  /** Once after `ms`, however often it is asked for until then. */
  once(what: Chore, ms: number, run: () => void): void {
    if (this.#chores.has(what)) return;
    const cancel = this.#clock.after(ms, () => {
      this.#chores.delete(what);
      run();
    });
    this.#chores.set(what, cancel);
  }

  /** At `deadline`, if there is one. A timer that is due earlier stays: who is woken then only looks at the clock. */
  wakeAt(deadline: number | null, run: () => void): void {
    if (deadline === null || (this.#wake && this.#wake.at <= deadline)) return;
    this.#wake?.cancel();
    const cancel = this.#clock.after(Math.max(0, deadline - this.#elapsed()), () => {
      this.#wake = null;
      run();
    });
    this.#wake = { at: deadline, cancel };
  }

  /** Nothing runs any more. */
  stop(): void {
    this.#wake?.cancel();
    for (const cancel of this.#chores.values()) cancel();
  }
}
