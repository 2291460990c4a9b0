import { type Json, Writer, writeJson } from '../bytes/index.ts';
import { compareText } from './plain.ts';
import { SortedView } from './sorted-view.ts';

/** A value of a set with the key that equal values share. */
export interface Keyed<T extends Json> {
  readonly key: string;
  readonly value: T;
}

/** The values that were ever named in a set, and those that are in it, sorted: numbers by size, then strings by code units. */
export class Values<T extends Json> {
  readonly #byKey = new Map<string, Keyed<T>>();
  readonly #members = new SortedView<Keyed<T>, T>(compareKeyed, ({ value }) => value);

  note(key: string, value: T): void {
    if (!this.#byKey.has(key)) this.#byKey.set(key, { key, value });
  }

  /** The value that was noted under `key`. */
  at(key: string): T {
    return (this.#byKey.get(key) as Keyed<T>).value;
  }

  /** Says that the value under `key` is in the set now, or that it is not. */
  set(key: string, isMember: boolean): void {
    this.#members.set(this.#byKey.get(key) as Keyed<T>, isMember);
  }

  get members(): readonly T[] {
    return this.#members.values;
  }

  /** Members or not, sorted at each call. */
  named(accepts: (key: string) => boolean): readonly Keyed<T>[] {
    return [...this.#byKey.values()].filter(({ key }) => accepts(key)).sort(compareKeyed);
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
