import { type Json, Reader, readJson, Writer, writeJson } from '../bytes/index.ts';

/**
 * The value exactly as a peer will read it: copied, keys in canonical order, −0 as 0. So what the author holds and
 * what the others decode is the same, and a later change to the caller's object changes nothing here.
 * Throws TypeError on what is not plain data.
 */
export function plain<T extends Json>(value: T): T {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return (Object.is(value, -0) ? 0 : value) as T;
  const w = new Writer();
  writeJson(w, value);
  return readJson(new Reader(w.finish())) as T;
}

/** The order of code units, the same everywhere (unlike localeCompare). */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A record without a prototype, so that keys such as `constructor` are absent unless they are there. */
export function toRecord<T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  const record: Record<string, T> = Object.create(null);
  for (const [key, value] of entries) record[key] = value;
  return record;
}

/** The same with the keys in order, where readers walk over them. */
export function toSortedRecord<T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  return toRecord([...entries].sort(([a], [b]) => compareText(a, b)));
}
