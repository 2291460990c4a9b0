import type { DocEvent } from './events.ts';

/** Who wants to know. Listeners may change the document; the events still reach everyone in order. */
export class Listeners {
  readonly #all = new Set<(event: DocEvent) => void>();
  readonly #events: DocEvent[] = [];
  #isDispatching = false;

  get any(): boolean {
    return this.#all.size > 0;
  }

  /** Returns the way to stop. */
  add(listener: (event: DocEvent) => void): () => void {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }

  dispatch(event: DocEvent): void {
    this.#events.push(event);
    if (this.#isDispatching) return;
    this.#isDispatching = true;
    try {
      for (let next = this.#events.shift(); next; next = this.#events.shift()) {
        for (const listener of [...this.#all]) notify(listener, next);
      }
    } finally {
      this.#isDispatching = false;
    }
  }
}

/** A listener that throws is its own problem: the document and the other listeners go on. */
function notify(listener: (event: DocEvent) => void, event: DocEvent): void {
  try {
    listener(event);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
