import {
  DecodeError,
  type Json,
  jsonEqual,
  type Reader,
  readJson,
  type Writer,
  writeJson,
} from '../bytes/index.ts';
import type { CrdtType } from '../core/crdt-type.ts';
import { compareText, plain, toSortedRecord } from './plain.ts';
import { type Register, wins, writeStamp } from './register.ts';

/*
 * A map of last-writer-wins registers, one per key. A delete is a write of nothing, so the greatest of the sets and
 * deletes of a key in ≺ holds. Null is not a value: setting it deletes.
 */

export type MapOp =
  | { readonly type: 'set'; readonly key: string; readonly value: Json }
  | { readonly type: 'delete'; readonly key: string };

/** The value that `key` now has; null if it is gone. */
export interface MapPatch {
  readonly key: string;
  readonly value: Json;
}

export interface MapMut<T extends Json> {
  get(key: string): T | undefined;
  /** Nothing is written if the key has that value. Null deletes. Throws TypeError on what is not plain data. */
  set(key: string, value: T): void;
  delete(key: string): void;
}

export interface MapState<T extends Json> {
  /** null: deleted. */
  readonly registers: Map<string, Register<T | null>>;
  view: Readonly<Record<string, T>> | null;
}

export function mapType<T extends Json>(): CrdtType<
  MapState<T>,
  MapOp,
  Readonly<Record<string, T>>,
  MapMut<T>,
  MapPatch
> {
  const held = (state: MapState<T>, key: string): T | null => state.registers.get(key)?.value ?? null;
  const written = (op: MapOp): T | null => (op.type === 'set' ? (op.value as T) : null);
  const write = (key: string, value: T | null): MapOp =>
    value === null ? { type: 'delete', key } : { type: 'set', key, value };
  return {
    kind: 'map@1',
    create: () => ({ registers: new Map(), view: null }),
    width: () => 1,
    apply(state, op, stamp) {
      if (!wins(state.registers.get(op.key), stamp)) return [];
      const before = held(state, op.key);
      const same = jsonEqual(before, written(op));
      state.registers.set(op.key, { value: same ? before : written(op), stamp });
      if (same) return [];
      state.view = null;
      return [{ key: op.key, value: written(op) }];
    },
    invert(state, op, stamp) {
      const before = held(state, op.key);
      const changes = wins(state.registers.get(op.key), stamp) && !jsonEqual(before, written(op));
      return changes ? [write(op.key, before)] : [];
    },
    view(state) {
      state.view ??= toSortedRecord(present(state));
      return state.view;
    },
    mutate: ({ state, emit }) => {
      const set = (key: string, value: T | null): void => {
        const next = plain(value);
        if (!jsonEqual(held(state, key), next)) emit(write(key, next));
      };
      return {
        get: (key) => held(state, key) ?? undefined,
        set,
        delete: (key) => set(key, null),
      };
    },
    encode,
    decode,
    canonical(state, w) {
      const sorted = [...state.registers].sort(([a], [b]) => compareText(a, b));
      w.varint(sorted.length);
      for (const [key, register] of sorted) {
        w.string(key);
        writeStamp(w, register.stamp);
        writeJson(w, register.value);
      }
    },
  };
}

function* present<T extends Json>(state: MapState<T>): Generator<readonly [string, T]> {
  for (const [key, { value }] of state.registers) if (value !== null) yield [key, value];
}

function encode(op: MapOp, w: Writer): void {
  w.u8(op.type === 'set' ? 0 : 1);
  w.string(op.key);
  if (op.type === 'set') writeJson(w, op.value);
}

function decode(r: Reader): MapOp {
  const tag = r.u8();
  if (tag > 1) throw new DecodeError(`unknown map op ${tag}`);
  const key = r.string();
  if (tag === 1) return { type: 'delete', key };
  const value = readJson(r);
  if (value === null) throw new DecodeError('a map holds no null');
  return { type: 'set', key, value };
}
