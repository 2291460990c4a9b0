import { type Json, Writer, writeJson } from '../bytes/index.ts';
import { compareText } from './plain.ts';
import { SortedList } from './sorted-list.ts';

/** A value of a set with the key that equal values share. */
export interface Keyed<T extends Json> {
  readonly key: string;
  readonly value: T;
}

/** Every value that was ever in a set, sorted when somebody looks: numbers by size, strings after them by code units. */
export class Values<T extends Json> {
  readonly #byKey = new Map<string, T>();
  readonly #sorted = new SortedList<Keyed<T>>(compareKeyed);

  note(key: string, value: T): void {
    if (this.#byKey.has(key)) return;
    this.#byKey.set(key, value);
    this.#sorted.add({ key, value });
  }

  /** The value that was noted under `key`. */
  at(key: string): T {
    return this.#byKey.get(key) as T;
  }

  entries(accepts: (key: string) => boolean): readonly Keyed<T>[] {
    return this.#sorted.items().filter(({ key }) => accepts(key));
  }

  sorted(accepts: (key: string) => boolean): readonly T[] {
    return this.entries(accepts).map(({ value }) => value);
  }
}

function compareKeyed(a: Keyed<Json>, b: Keyed<Json>): number {
  if (typeof a.value === 'number' && typeof b.value === 'number') return a.value - b.value;
  return compareText(a.key, b.key);
}

/** Equal for values whose canonical bytes are equal. Throws TypeError on what is not plain data. */
export function keyOf(value: Json): string {
  if (typeof value === 'string') return `s${value}`;
  // Sorts where the bytes of a number would: after null and booleans, before lists.
  if (Number.isFinite(value)) return `3,${value}`;
  const w = new Writer();
  writeJson(w, value);
  return w.finish().join();
}
