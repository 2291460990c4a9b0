import { DecodeError, type Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** Plain data. Numbers are finite; object keys are kept in the order of their code units. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const MAX_DEPTH = 64;

/** Writes plain data canonically: equal values give equal bytes. Throws TypeError on what JSON cannot hold. */
export function writeJson(w: Writer, value: Json, depth = 0): void {
  if (depth > MAX_DEPTH) throw new TypeError('value nested too deeply');
  if (value === null) w.u8(0);
  else if (value === false) w.u8(1);
  else if (value === true) w.u8(2);
  else if (typeof value === 'number') writeNumber(w, value);
  else if (typeof value === 'string') {
    w.u8(5);
    w.string(value);
  } else if (Array.isArray(value)) {
    w.u8(6);
    w.varint(value.length);
    for (const item of value as readonly Json[]) writeJson(w, item, depth + 1);
  } else if (typeof value === 'object') {
    const entries = Object.entries(value as Record<string, Json>).filter(([, v]) => v !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    w.u8(7);
    w.varint(entries.length);
    for (const [key, item] of entries) {
      w.string(key);
      writeJson(w, item, depth + 1);
    }
  } else throw new TypeError(`not plain data: ${typeof value}`);
}

function writeNumber(w: Writer, value: number): void {
  if (!Number.isFinite(value)) throw new TypeError(`not a finite number: ${value}`);
  if (Number.isSafeInteger(value) && Math.abs(value) < 2 ** 51) {
    w.u8(3);
    w.zigzag(Object.is(value, -0) ? 0 : value);
  } else {
    w.u8(4);
    w.f64(value);
  }
}

/** Reads plain data; throws DecodeError on anything else. */
export function readJson(r: Reader, depth = 0): Json {
  if (depth > MAX_DEPTH) throw new DecodeError('value nested too deeply');
  const tag = r.u8();
  switch (tag) {
    case 0:
      return null;
    case 1:
      return false;
    case 2:
      return true;
    case 3:
      return r.zigzag();
    case 4: {
      const value = r.f64();
      if (!Number.isFinite(value)) throw new DecodeError('not a finite number');
      return value;
    }
    case 5:
      return r.string();
    case 6: {
      const items: Json[] = [];
      for (let n = r.count(); n > 0; n--) items.push(readJson(r, depth + 1));
      return items;
    }
    case 7: {
      const entries: [string, Json][] = [];
      for (let n = r.count(2); n > 0; n--) entries.push([r.string(), readJson(r, depth + 1)]);
      return Object.fromEntries(entries);
    }
    default:
      throw new DecodeError(`unknown value tag ${tag}`);
  }
}

/** Structural equality of plain data. */
export function jsonEqual(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  return (
    left.length === Object.keys(b).length &&
    left.every(([k, v]) => jsonEqual(v, (b as Record<string, Json>)[k]))
  );
}
