import { type Problem, storeProblem } from './problem.ts';
import type { Change, VersionVector } from './protocol/index.ts';
import type { RoomStore } from './store.ts';

/** What the document gives the log to put in place of a long history. */
export interface LocalSnapshot {
  readonly bytes: Uint8Array;
  readonly version: VersionVector;
}

export interface LocalLogOptions {
  readonly store: RoomStore;
  /** How many changes the store holds already. */
  readonly stored: number;
  /** All that the document knows, as a file. */
  snapshot(): LocalSnapshot;
  /** Called whenever `state` may be another. */
  changed(): void;
}

/** After so many changes in the store, a snapshot takes their place. */
const COMPACT_AFTER = 1_000;

/** Writes changes to the store as they come, all that waits in one go, and knows what is not yet there. */
export class LocalLog {
  readonly #options: LocalLogOptions;
  #queue: Change[] = [];
  #running: Promise<void> | null = null;
  #problem: Problem | null = null;
  /** Changes in the store that no snapshot covers. */
  #since: number;
  #isStopped = false;

  constructor(options: LocalLogOptions) {
    this.#options = options;
    this.#since = options.stored;
  }

  get state(): 'saving' | 'saved' | 'unavailable' {
    if (this.#problem !== null) return 'unavailable';
    return this.#running === null ? 'saved' : 'saving';
  }

  /** Why the store takes nothing. */
  get problem(): Problem | null {
    return this.#problem;
  }

  add(changes: readonly Change[]): void {
    for (const change of changes) this.#queue.push(change);
    this.retry();
  }

  /** Tries again what failed. */
  retry(): void {
    if (this.#queue.length === 0 || this.#isStopped) return;
    this.#running ??= this.#run();
  }

  /** Resolves when all is written, or cannot be. */
  async flushed(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  /** Nothing is written from here on. Resolves when what is being written is. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#queue = [];
    await this.flushed();
  }

  /** A snapshot of everything takes the place of a long history. What cannot be kept now is kept the next time. */
  compactIfLong(): void {
    if (this.#since < COMPACT_AFTER || this.#isStopped) return;
    this.#since = 0;
    try {
      const { bytes, version } = this.#options.snapshot();
      this.#options.store.compact(bytes, version).catch(() => {});
    } catch {
      // The changes are there: without a snapshot they only take longer to read.
    }
  }

  async #run(): Promise<void> {
    let failed = false;
    while (this.#queue.length > 0 && !failed) {
      const batch = this.#queue;
      this.#queue = [];
      try {
        await this.#options.store.append(batch);
        this.#since += batch.length;
        this.#problem = null;
      } catch (error) {
        // Nothing is dropped: it goes first when the store takes something again.
        this.#queue = [...batch, ...this.#queue];
        this.#problem = storeProblem(error);
        failed = true;
      }
    }
    this.#running = null;
    this.compactIfLong();
    this.#options.changed();
  }
}
