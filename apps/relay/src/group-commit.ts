import type { LogStore, RoomBatch } from './log-store.ts';

/**
 * One disk write for all that came while the disk was busy. A lone change goes at once; under load the batches grow,
 * so the wait stays that of one or two writes.
 */
export class GroupCommit {
  readonly #log: LogStore;
  readonly #observe: (seconds: number, failed: boolean) => void;
  #queue: RoomBatch[] = [];
  #next = Promise.withResolvers<void>();
  #running: Promise<void> | null = null;

  constructor(log: LogStore, observe: (seconds: number, failed: boolean) => void = () => {}) {
    this.#log = log;
    this.#observe = observe;
  }

  /** Resolves once the batch is durable; rejects if it may be lost. */
  add(batch: RoomBatch): Promise<void> {
    this.#queue.push(batch);
    const { promise } = this.#next;
    this.#running ??= this.#run();
    return promise;
  }

  /** Resolves when nothing waits to be written. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // What arrives in the same turn of the event loop shares the write.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const batches = this.#queue;
      const waiting = this.#next;
      this.#queue = [];
      this.#next = Promise.withResolvers();
      const began = performance.now();
      try {
        await this.#log.append(batches);
        this.#observe((performance.now() - began) / 1000, false);
        waiting.resolve();
      } catch (error) {
        this.#observe((performance.now() - began) / 1000, true);
        waiting.reject(error);
      }
    }
    this.#running = null;
  }
}
