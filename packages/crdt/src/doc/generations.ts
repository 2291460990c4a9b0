import { readSections } from './sections.ts';

/** A snapshot as a store has it: the greater the number, the newer. */
export interface Generation {
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** What to read, and what is no longer needed. */
export interface Generations {
  /** The newest undamaged one; null if there is none. */
  readonly best: Generation | null;
  /** Damaged, the newest first: to be kept for as long as `best` is older than they are. */
  readonly damaged: readonly Generation[];
  /** Numbers of those that may be deleted: two undamaged ones stay. */
  readonly spare: readonly number[];
}

const KEPT = 2;

/**
 * Sorts out the snapshots of a store that writes a new one before it deletes an old one: opens with the newest whose
 * checksums are right, and falls back to the one before it otherwise. What the changes since then say comes from the
 * log or from others, by version vector.
 */
export function sortGenerations(all: readonly Generation[]): Generations {
  const newestFirst = all.toSorted((a, b) => b.number - a.number);
  const whole = newestFirst.filter(({ bytes }) => isWhole(bytes));
  const best = whole[0] ?? null;
  const damaged = newestFirst.filter((each) => !whole.includes(each));
  const spare = [
    ...whole.slice(KEPT),
    ...(best === null ? [] : damaged.filter(({ number }) => number < best.number)),
  ];
  return { best, damaged, spare: spare.map(({ number }) => number) };
}

/** Are all checksums of a saved document right? */
export function isWhole(bytes: Uint8Array): boolean {
  return readSections(bytes, Number.POSITIVE_INFINITY).damage.length === 0;
}
