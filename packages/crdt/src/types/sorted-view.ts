/** Up to this many changes since the last look are put in one by one. */
const FEW = 16;

/**
 * The values of the items that are there, in order, as immutable arrays. Nothing is sorted or copied until somebody
 * looks; then a few changes cost one copy of the array, and many cost one merge. What came and went between two looks
 * leaves the view as it was, the same object.
 */
export class SortedView<Item, Value> {
  readonly #compare: (a: Item, b: Item) => number;
  readonly #show: (item: Item) => Value;
  #items: Item[] = [];
  #values: readonly Value[] = [];
  #changes = new Map<Item, boolean>();

  /** `compare` is 0 for an item and itself alone. */
  constructor(compare: (a: Item, b: Item) => number, show: (item: Item) => Value) {
    this.#compare = compare;
    this.#show = show;
  }

  /** Says whether `item`, always the same object, is there now. */
  set(item: Item, isThere: boolean): void {
    this.#changes.set(item, isThere);
  }

  /** To be called when the order of items has changed. */
  resort(): void {
    const there = new Set(this.#items);
    for (const [item, isThere] of this.#changes) isThere ? there.add(item) : there.delete(item);
    this.#changes.clear();
    this.#items = [...there].sort(this.#compare);
    this.#values = this.#items.map(this.#show);
  }

  get values(): readonly Value[] {
    this.#settle();
    return this.#values;
  }

  #settle(): void {
    const changes = [...this.#changes].filter(([item, isThere]) => isThere !== this.#has(item));
    if (this.#changes.size > 0) this.#changes = new Map();
    if (changes.length === 0) return;
    if (changes.length > FEW) this.#merge(new Map(changes));
    else {
      const values = this.#values.slice();
      for (const [item, isThere] of changes) {
        const place = this.#placeOf(item);
        if (isThere) {
          this.#items.splice(place, 0, item);
          values.splice(place, 0, this.#show(item));
        } else {
          this.#items.splice(place, 1);
          values.splice(place, 1);
        }
      }
      this.#values = values;
    }
  }

  #merge(changes: ReadonlyMap<Item, boolean>): void {
    const come = [...changes.keys()].filter((item) => changes.get(item)).sort(this.#compare);
    const merged: Item[] = [];
    let next = 0;
    for (const item of this.#items) {
      if (changes.has(item)) continue;
      for (; next < come.length && this.#compare(come[next] as Item, item) < 0; next++)
        merged.push(come[next] as Item);
      merged.push(item);
    }
    for (; next < come.length; next++) merged.push(come[next] as Item);
    this.#items = merged;
    this.#values = merged.map(this.#show);
  }

  #has(item: Item): boolean {
    return this.#items[this.#placeOf(item)] === item;
  }

  /** How many items come before it. */
  #placeOf(item: Item): number {
    const last = this.#items.at(-1);
    if (last === undefined || this.#compare(last, item) < 0) return this.#items.length;
    let low = 0;
    for (let high = this.#items.length - 1; low < high; ) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.#items[middle] as Item, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
