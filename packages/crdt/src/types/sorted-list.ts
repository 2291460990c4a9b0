/**
 * Items in order, sorted only when somebody looks: adding costs nothing but a push, and a look costs one merge of what
 * came since the last.
 */
export class SortedList<T> {
  readonly #compare: (a: T, b: T) => number;
  #sorted: T[] = [];
  #fresh: T[] = [];

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  /** `item` must be new. */
  add(item: T): void {
    this.#fresh.push(item);
  }

  /** To be called when the order of items that are here has changed. */
  resort(): void {
    this.#fresh = this.#sorted.concat(this.#fresh);
    this.#sorted = [];
  }

  /** All items, until the next change of the list. */
  items(): readonly T[] {
    if (this.#fresh.length > 0) {
      this.#fresh.sort(this.#compare);
      this.#sorted = merge(this.#sorted, this.#fresh, this.#compare);
      this.#fresh = [];
    }
    return this.#sorted;
  }
}

function merge<T>(a: T[], b: T[], compare: (a: T, b: T) => number): T[] {
  const last = a.at(-1);
  if (last === undefined) return b;
  if (compare(last, b[0] as T) < 0) {
    for (const item of b) a.push(item);
    return a;
  }
  const merged: T[] = [];
  let i = 0;
  for (const item of b) {
    while (i < a.length && compare(a[i] as T, item) < 0) merged.push(a[i++] as T);
    merged.push(item);
  }
  while (i < a.length) merged.push(a[i++] as T);
  return merged;
}
