import type { Clock } from '@concord/sync';

interface Task {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  isOff: boolean;
}

/** Time that passes only when told to. Tasks due at one moment run in the order in which they were set. */
export class VirtualClock implements Clock {
  #now = 1_700_000_000_000;
  #order = 0;
  /** The next one last. */
  #tasks: Task[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const task = { at: this.#now + Math.max(0, Math.ceil(ms)), order: this.#order++, run, isOff: false };
    this.#push(task);
    return () => {
      task.isOff = true;
    };
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Runs tasks one by one until `ms` have passed; after each, all promises settle and `check` is called. */
  async run(ms: number, check: () => void): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (let task = this.#tasks.at(-1); task && task.at <= end; task = this.#tasks.at(-1)) {
      this.#tasks.pop();
      if (task.isOff) continue;
      this.#now = task.at;
      task.run();
      await settled();
      check();
    }
    this.#now = end;
  }

  /** Binary search: among equals, the newest is run last. */
  #push(task: Task): void {
    let low = 0;
    let high = this.#tasks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#tasks[middle] as Task).at > task.at) low = middle + 1;
      else high = middle;
    }
    this.#tasks.splice(low, 0, task);
  }
}

/** Every promise that can resolve without time passing has. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
