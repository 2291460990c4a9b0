import { BatchesRefused, type LogStore, type RoomBatch } from './log-store.ts';

/** How long nothing is tried after a failed write, at first and at most, in milliseconds. It doubles in between. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;

/** Under load a commit begins at least so many milliseconds after the one before: fewer and larger writes. */
const APART = 10;

export interface CommitOptions {
  readonly observe?: (seconds: number, failed: boolean) => void;
  /** Milliseconds. Without a clock there are no pauses after failures. */
  readonly now?: () => number;
  /** Resolves after so many milliseconds. Without it, commits follow each other at once. */
  readonly wait?: (ms: number) => Promise<void>;
}

/** Is told once that a batch is durable, or why it may be lost. Must not throw. */
export type Written = (error: unknown) => void;

/**
 * One disk write for all that came while the disk was busy. A lone change goes at once; under load the batches grow,
 * so the wait stays that of one or two writes. A log that fails is left alone for a while, longer each time.
 */
export class GroupCommit {
  readonly #log: LogStore;
  readonly #options: CommitOptions;
  /** What waits to be written, and who waits for each of it: two lists, for a load is thousands of both a second. */
  #queue: RoomBatch[] = [];
  #told: Written[] = [];
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

  /** Writes the batch, and calls `written` with null once it is durable, with the error if it may be lost. */
  add(batch: RoomBatch, written: Written): void {
    this.#queue.push(batch);
    this.#told.push(written);
    this.#running ??= this.#run();
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
      const [batches, told] = [this.#queue, this.#told];
      this.#queue = [];
      this.#told = [];
      await this.#write(batches, told);
    }
    this.#running = null;
  }

  async #write(batches: readonly RoomBatch[], told: readonly Written[]): Promise<void> {
    const began = performance.now();
    this.#began = began;
    const observe = (failed: boolean): void =>
      this.#options.observe?.((performance.now() - began) / 1000, failed);
    try {
      await this.#log.append(batches);
    } catch (error) {
      // Refused batches concern their own rooms. The log itself is well.
      const refused = error instanceof BatchesRefused ? error.reasons : null;
      if (!refused) this.#close();
      observe(!refused);
      for (const [i, written] of told.entries()) written(!refused || refused.has(i) ? error : null);
      return;
    }
    this.#pause = 0;
    observe(false);
    for (const written of told) written(null);
  }

  #close(): void {
    this.#pause = Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, 2 * this.#pause));
    this.#closedUntil = (this.#options.now?.() ?? 0) + this.#pause;
  }
}
