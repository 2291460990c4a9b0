import { DecodeError, type Json, type Reader, readJson, Writer, writeJson } from '../bytes/index.ts';
import type { CrdtType } from '../core/crdt-type.ts';
import { type Id, readId, writeId } from '../core/ids.ts';
import { AddWins, readIds, writeIds } from './add-wins.ts';
import { compareText, plain } from './plain.ts';

/*
 * An add-wins set of plain values. Values are the same if their canonical bytes are. Adding what is there already is
 * written too: it holds against a concurrent remove. Undoing a remove retracts it.
 */

export type SetOp =
  | { readonly type: 'add'; readonly value: Json }
  | { readonly type: 'remove'; readonly value: Json; readonly adds: readonly Id[] }
  | { readonly type: 'retract'; readonly target: Id };

/** `value` came or went. */
export interface SetPatch {
  readonly type: 'added' | 'removed';
  readonly value: Json;
}

export interface SetMut<T extends Json> {
  add(value: T): void;
  /** Nothing is written if the value is not there. */
  remove(value: T): void;
  has(value: T): boolean;
}

export interface SetState<T extends Json> {
  /** Every value that was ever added, by its canonical bytes. */
  readonly values: Map<string, T>;
  readonly members: AddWins;
  view: readonly T[] | null;
}

/** The view is sorted: numbers by size, strings after them by code units. */
export function setType<T extends Json>(): CrdtType<SetState<T>, SetOp, readonly T[], SetMut<T>, SetPatch> {
  return {
    kind: 'set@1',
    create: () => ({ values: new Map(), members: new AddWins(), view: null }),
    width: () => 1,
    apply(state, op, stamp) {
      const { members, values } = state;
      const key = op.type === 'retract' ? members.removeBy(op.target).element : keyOf(op.value);
      const before = members.has(key);
      if (op.type === 'remove') members.remove(key, op.adds, stamp.id);
      else if (op.type === 'retract') members.retract(op.target);
      else {
        if (!values.has(key)) values.set(key, op.value as T);
        members.add(key, stamp.id);
      }
      const after = members.has(key);
      if (before === after) return [];
      state.view = null;
      return [{ type: after ? 'added' : 'removed', value: values.get(key) as T }];
    },
    invert({ members, values }, op, stamp) {
      if (op.type === 'add') return [{ type: 'remove', value: op.value, adds: [stamp.id] }];
      if (op.type === 'remove') return [{ type: 'retract', target: stamp.id }];
      const { element, adds } = members.removeBy(op.target);
      return [{ type: 'remove', value: values.get(element) as T, adds }];
    },
    view(state) {
      state.view ??= sorted(state.values).flatMap(([key, value]) => (state.members.has(key) ? [value] : []));
      return state.view;
    },
    mutate: ({ state: { members }, emit }) => ({
      add: (value) => void emit({ type: 'add', value: plain(value) }),
      remove(value) {
        const adds = members.liveAdds(keyOf(value));
        if (adds.length > 0) emit({ type: 'remove', value: plain(value), adds });
      },
      has: (value) => members.has(keyOf(value)),
    }),
    encode,
    decode,
    canonical({ members, values }, w) {
      w.varint(values.size);
      for (const [key, value] of sorted(values)) {
        writeJson(w, value);
        members.canonical(key, w);
      }
    },
  };
}

function sorted<T extends Json>(values: ReadonlyMap<string, T>): [string, T][] {
  return [...values].sort(([a, x], [b, y]) => {
    if (typeof x === 'number' && typeof y === 'number') return x - y;
    return compareText(a, b);
  });
}

function keyOf(value: Json): string {
  if (typeof value === 'string') return `s${value}`;
  const w = new Writer();
  writeJson(w, value);
  return w.finish().join();
}

const ADD = 0;
const REMOVE = 1;
const RETRACT = 2;

function encode(op: SetOp, w: Writer): void {
  switch (op.type) {
    case 'add':
      w.u8(ADD);
      writeJson(w, op.value);
      return;
    case 'remove':
      w.u8(REMOVE);
      writeJson(w, op.value);
      writeIds(w, op.adds);
      return;
    case 'retract':
      w.u8(RETRACT);
      writeId(w, op.target);
  }
}

function decode(r: Reader): SetOp {
  const tag = r.u8();
  switch (tag) {
    case ADD:
      return { type: 'add', value: readJson(r) };
    case REMOVE:
      return { type: 'remove', value: readJson(r), adds: readIds(r) };
    case RETRACT:
      return { type: 'retract', target: readId(r) };
    default:
      throw new DecodeError(`unknown set op ${tag}`);
  }
}
