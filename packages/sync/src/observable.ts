/** A value that tells when it becomes another. */
export class Observable<T> {
  readonly #same: (a: T, b: T) => boolean;
  readonly #listeners = new Set<() => void>();
  #value: T;

  constructor(value: T, same: (a: T, b: T) => boolean) {
    this.#value = value;
    this.#same = same;
  }

  // Bound, so that they can be handed around.
  readonly get = (): T => this.#value;

  /** Returns the way to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(value: T): void {
    if (this.#same(this.#value, value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  }
}
