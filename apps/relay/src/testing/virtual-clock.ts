import type { Clock } from '@concord/sync';

interface Task {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** Time that passes only when told to. Tasks due at one moment run in the order in which they were set. */
export class VirtualClock implements Clock {
  #now = 1_700_000_000_000;
  #order = 0;
  #tasks: Task[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const task = { at: this.#now + Math.max(0, ms), order: this.#order++, run };
    this.#push(task);
    return () => {
      this.#tasks = this.#tasks.filter((other) => other !== task);
    };
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Runs tasks one by one until `ms` have passed; after each, all promises settle and `check` is called. */
  async run(ms: number, check: () => void): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (let task = this.#tasks[0]; task && task.at <= end; task = this.#tasks[0]) {
      this.#tasks.shift();
      this.#now = task.at;
      task.run();
      await settled();
      check();
    }
    this.#now = end;
  }

  #push(task: Task): void {
    let at = this.#tasks.length;
    for (let last = this.#tasks[at - 1]; last && last.at > task.at; last = this.#tasks[at - 1]) at--;
    this.#tasks.splice(at, 0, task);
  }
}

/** Every promise that can resolve without time passing has. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
