import { BatchesRefused, type LogStore, type RoomBatch } from './log-store.ts';

/** How long nothing is tried after a failed write, at first and at most, in milliseconds. It doubles in between. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;

/** Under load a commit begins at least so many milliseconds after the one before: fewer and larger writes. */
const APART = 8;

export interface CommitOptions {
  readonly observe?: (seconds: number, failed: boolean) => void;
  /** Milliseconds. Without a clock there are no pauses after failures. */
  readonly now?: () => number;
  /** Resolves after so many milliseconds. Without it, commits follow each other at once. */
  readonly wait?: (ms: number) => Promise<void>;
}

interface Waiting {
  readonly batch: RoomBatch;
  readonly done: PromiseWithResolvers<void>;
}

/**
 * One disk write for all that came while the disk was busy. A lone change goes at once; under load the batches grow,
 * so the wait stays that of one or two writes. A log that fails is left alone for a while, longer each time.
 */
export class GroupCommit {
  readonly #log: LogStore;
  readonly #options: CommitOptions;
  #queue: Waiting[] = [];
  #running: Promise<void> | null = null;
  #began = 0;
  #pause = 0;
  #closedUntil = 0;

  constructor(log: LogStore, options: CommitOptions = {}) {
    this.#log = log;
    this.#options = options;
  }

  /** Whole milliseconds until the log is tried again after failures; 0 if it may be used. */
  get retryAfter(): number {
    const { now } = this.#options;
    return now ? Math.max(0, Math.ceil(this.#closedUntil - now())) : 0;
  }

  /** Batches that are not known to be on disk. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Resolves once the batch is durable; rejects if it may be lost. */
  add(batch: RoomBatch): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.#queue.push({ batch, done });
    this.#running ??= this.#run();
    return done.promise;
  }

  /** Resolves when nothing waits to be written. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // What arrives in the same turn of the event loop shares the write.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const { wait } = this.#options;
      const early = APART - (performance.now() - this.#began);
      if (wait && early > 0.5) await wait(early);
      const waiting = this.#queue;
      this.#queue = [];
      await this.#write(waiting);
    }
    this.#running = null;
  }

  async #write(waiting: readonly Waiting[]): Promise<void> {
    const began = performance.now();
    this.#began = began;
    const observe = (failed: boolean): void =>
      this.#options.observe?.((performance.now() - began) / 1000, failed);
    try {
      await this.#log.append(waiting.map(({ batch }) => batch));
    } catch (error) {
      // Refused batches concern their own rooms. The log itself is well.
      const refused = error instanceof BatchesRefused ? error.reasons : null;
      if (!refused) this.#close();
      observe(!refused);
      waiting.forEach(({ done }, i) => {
        if (!refused || refused.has(i)) done.reject(error);
        else done.resolve();
      });
      return;
    }
    this.#pause = 0;
    observe(false);
    for (const { done } of waiting) done.resolve();
  }

  #close(): void {
    this.#pause = Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, 2 * this.#pause));
    this.#closedUntil = (this.#options.now?.() ?? 0) + this.#pause;
  }
}
