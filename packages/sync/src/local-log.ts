import type { Change } from './protocol/index.ts';
import type { RoomStore } from './store.ts';

/** Writes changes to the store as they come, all that waits in one go, and knows what is not yet there. */
export class LocalLog {
  readonly #store: RoomStore;
  readonly #changed: () => void;
  #queue: Change[] = [];
  #running: Promise<void> | null = null;
  #error: string | null = null;
  #written = 0;

  /** `changed` is called whenever `state` may be another. */
  constructor(store: RoomStore, changed: () => void) {
    this.#store = store;
    this.#changed = changed;
  }

  get state(): 'saving' | 'saved' | 'unavailable' {
    if (this.#error !== null) return 'unavailable';
    return this.#running === null ? 'saved' : 'saving';
  }

  /** Why the store takes nothing, in the browser's words. */
  get error(): string | null {
    return this.#error;
  }

  /** Changes written so far. */
  get written(): number {
    return this.#written;
  }

  add(changes: readonly Change[]): void {
    for (const change of changes) this.#queue.push(change);
    this.retry();
  }

  /** Tries again what failed. */
  retry(): void {
    if (this.#queue.length === 0) return;
    this.#running ??= this.#run();
  }

  /** Resolves when all is written, or cannot be. */
  async flushed(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #run(): Promise<void> {
    let failed = false;
    while (this.#queue.length > 0 && !failed) {
      const batch = this.#queue;
      this.#queue = [];
      try {
        await this.#store.append(batch);
        this.#written += batch.length;
        this.#error = null;
      } catch (error) {
        // Nothing is dropped: it goes first when the store takes something again.
        this.#queue = [...batch, ...this.#queue];
        this.#error = error instanceof Error ? error.message : String(error);
        failed = true;
      }
    }
    this.#running = null;
    this.#changed();
  }
}
