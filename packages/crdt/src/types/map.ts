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
import { IdMap } from './id-map.ts';
import { compareText, plain, toRecord } from './plain.ts';
import { type Register, wins, writeStamp } from './register.ts';
import { SortedView } from './sorted-view.ts';

/*
 * A map of last-writer-wins registers (Shapiro et al. 2011, specification 8), one per key. A delete is a write of
 * nothing, so the greatest of the sets and deletes of a key in ≺ holds. Null is not a value: setting it deletes.
 *
 * State: the winning write of each key. Cost: constant per op; a look after a change copies the map, in sorted order
 * without sorting it again. Left out: forgetting deletes, because an older set may still arrive.
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
  /** The keys that have a value. */
  readonly keys: SortedView<string, string>;
  view: Readonly<Record<string, T>> | null;
  /** The winning writes, while somebody asks for them. */
  winners: IdMap<true> | null;
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
    create: () => ({
      registers: new Map(),
      keys: new SortedView(compareText, (key) => key),
      view: null,
      winners: null,
    }),
    width: () => 1,
    apply(state, op, stamp) {
      const register = state.registers.get(op.key);
      if (!wins(register, stamp)) return [];
      const before = register?.value ?? null;
      const value = written(op);
      const same = jsonEqual(before, value);
      state.registers.set(op.key, { value: same ? before : value, stamp });
      state.winners = null;
      if (same) return [];
      if (before === null || value === null) state.keys.set(op.key, value !== null);
      state.view = null;
      return [{ key: op.key, value }];
    },
    invert(state, op, stamp) {
      const register = state.registers.get(op.key);
      const before = register?.value ?? null;
      return wins(register, stamp) && !jsonEqual(before, written(op)) ? [write(op.key, before)] : [];
    },
    register: ({ key }) => key,
    view(state) {
      state.view ??= toRecord(present(state));
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
    compact(state, id) {
      if (state.winners === null) {
        state.winners = new IdMap();
        for (const { stamp } of state.registers.values()) state.winners.set(stamp.id, true);
      }
      return state.winners.has(id);
    },
    canonical({ registers }, w) {
      w.varint(registers.size);
      const sorted = [...registers].sort(([a], [b]) => compareText(a, b));
      for (const [key, { stamp, value }] of sorted) {
        w.string(key);
        writeStamp(w, stamp);
        writeJson(w, value);
      }
    },
  };
}

function* present<T extends Json>(state: MapState<T>): Generator<readonly [string, T]> {
  for (const key of state.keys.values) yield [key, state.registers.get(key)?.value as T];
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
