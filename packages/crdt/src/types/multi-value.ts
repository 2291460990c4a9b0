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
import { compareStamps, type Id, type ReplicaId, type Stamp, sameId } from '../core/ids.ts';
import { readIds, writeIds } from './id-lists.ts';
import { IdMap } from './id-map.ts';
import { plain } from './plain.ts';
import { writeStamp } from './register.ts';
import { keyOf } from './values.ts';

/*
 * A multi-value register (MV-register; Shapiro et al. 2011, section 3.2.2; Dynamo's siblings): a write replaces the
 * writes that its author saw, so of concurrent writes all values show until somebody writes again. Undo brings back
 * what the write had replaced, together, as one new write.
 *
 * State: the writes that nothing has replaced, in ≺, which is the order of the view and breaks no tie, as none loses;
 * how far each replica has written. Cost: per op the values that show. Left out: nothing is kept of replaced writes.
 */

export interface MultiValueOp {
  readonly type: 'set';
  /** One value; none or several where an undo brings back what was there. */
  readonly values: readonly Json[];
  /** The writes that this one replaces. */
  readonly over: readonly Id[];
}

/** The values that now show. */
export interface MultiValuePatch<T extends Json> {
  readonly values: readonly T[];
}

export interface MultiValueMut<T extends Json> {
  readonly values: readonly T[];
  /** Replaces all values that show. Nothing is written if `value` alone shows. Throws TypeError on what is not plain data. */
  set(value: T): void;
}

interface Write {
  readonly stamp: Stamp;
  readonly values: readonly Json[];
}

export interface MultiValueState<T extends Json> {
  writes: readonly Write[];
  /** The greatest sequence number of a write by each replica. */
  readonly seen: Map<ReplicaId, number>;
  /** Ids that were replaced before they came, which only a replica that lies, or a compacted history, makes happen. */
  readonly early: IdMap<true>;
  view: readonly T[] | null;
}

const NOTHING: readonly never[] = [];

export function multiValueType<T extends Json>(): CrdtType<
  MultiValueState<T>,
  MultiValueOp,
  readonly T[],
  MultiValueMut<T>,
  MultiValuePatch<T>
> {
  return {
    kind: 'multi-value@1',
    create: () => ({ writes: [], seen: new Map(), early: new IdMap(), view: NOTHING }),
    prepare: (state, op) => ({ ...op, over: state.writes.map(({ stamp }) => stamp.id) }),
    width: () => 1,
    apply(state, op, stamp) {
      const before = valuesOf(state);
      replace(state, op, stamp);
      state.view = null;
      const after = valuesOf(state);
      if (!sameValues(before, after)) return [{ values: after }];
      state.view = before;
      return [];
    },
    invert(state, op) {
      const before = valuesOf(state);
      return sameValues(before, op.values) ? [] : [{ type: 'set', values: before, over: [] }];
    },
    view: valuesOf,
    mutate: ({ state, emit }) => ({
      get values() {
        return valuesOf(state);
      },
      set(value) {
        const values = [plain(value)];
        if (!sameValues(valuesOf(state), values)) emit({ type: 'set', values, over: [] });
      },
    }),
    encode,
    decode,
    compact: ({ writes }, id) => writes.some(({ stamp }) => sameId(stamp.id, id)),
    canonical({ writes }, w) {
      w.varint(writes.length);
      for (const { stamp, values } of writes) {
        writeStamp(w, stamp);
        writeJson(w, values);
      }
    },
  };
}

/** Order-insensitive even if `over` names what has not come yet. */
function replace<T extends Json>(state: MultiValueState<T>, op: MultiValueOp, stamp: Stamp): void {
  const { seen, early } = state;
  const writes = without(state.writes, op.over);
  for (const id of op.over) if (id.seq > (seen.get(id.replica) ?? -1)) early.set(id, true);
  seen.set(stamp.id.replica, stamp.id.seq);
  if (!early.delete(stamp.id)) {
    const place = writes.findLastIndex((write) => compareStamps(write.stamp, stamp) < 0) + 1;
    writes.splice(place, 0, { stamp, values: op.values });
  }
  state.writes = writes;
}

/** A copy of `writes` but for those with these ids. */
function without(writes: readonly Write[], ids: readonly Id[]): Write[] {
  const [id] = ids;
  if (id === undefined) return [...writes];
  if (ids.length === 1) return writes.filter(({ stamp }) => !sameId(stamp.id, id));
  const gone = new IdMap<true>();
  for (const each of ids) gone.set(each, true);
  return writes.filter(({ stamp }) => !gone.has(stamp.id));
}

/** Each value once, in ≺ of the writes. */
function valuesOf<T extends Json>(state: MultiValueState<T>): readonly T[] {
  const [write] = state.writes;
  if (state.view === null && state.writes.length === 1 && write?.values.length === 1) {
    state.view = write.values as readonly T[];
  }
  if (state.view === null) {
    const values = new Map<string, T>();
    for (const each of state.writes) {
      for (const value of each.values as readonly T[]) {
        const key = keyOf(value);
        if (!values.has(key)) values.set(key, value);
      }
    }
    state.view = [...values.values()];
  }
  return state.view;
}

function sameValues(a: readonly Json[], b: readonly Json[]): boolean {
  return jsonEqual(a, b);
}

function encode(op: MultiValueOp, w: Writer): void {
  w.varint(op.values.length);
  for (const value of op.values) writeJson(w, value);
  writeIds(w, op.over);
}

function decode(r: Reader): MultiValueOp {
  const values: Json[] = [];
  for (let n = r.count(); n > 0; n--) values.push(readJson(r));
  const op: MultiValueOp = { type: 'set', values, over: readIds(r, 0) };
  if (values.length === 0 && op.over.length === 0) throw new DecodeError('a write of nothing over nothing');
  return op;
}
