import { DecodeError, type Json, type Reader, readJson, Writer, writeJson } from '../bytes/index.ts';
import type { CrdtType } from '../core/crdt-type.ts';
import type { Id } from '../core/ids.ts';
import {
  type Adds,
  addTo,
  checkKnown,
  isPresent,
  liveIds,
  newAdds,
  readIds,
  removeFrom,
  wouldVanish,
  writeAdds,
  writeIds,
} from './adds.ts';
import { compareText, plain } from './plain.ts';

/*
 * An add-wins set of plain values (the observed-remove set of Shapiro et al. 2011). Values are the same if their
 * canonical bytes are. Adding what is there already is written too: it holds against a concurrent remove.
 */

export type SetOp =
  | { readonly type: 'add'; readonly value: Json }
  | { readonly type: 'remove'; readonly value: Json; readonly adds: readonly Id[] };

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

interface Element<T extends Json> {
  readonly value: T;
  readonly adds: Adds;
}

export interface SetState<T extends Json> {
  /** By the canonical bytes of the value. */
  readonly elements: Map<string, Element<T>>;
  view: readonly T[] | null;
}

/** The view is sorted by the canonical form of the values: strings by code units, numbers before strings. */
export function setType<T extends Json>(): CrdtType<SetState<T>, SetOp, readonly T[], SetMut<T>, SetPatch> {
  const addsOf = (state: SetState<T>, value: Json): Adds | undefined =>
    state.elements.get(keyOf(value))?.adds;
  return {
    kind: 'set@1',
    create: () => ({ elements: new Map(), view: null }),
    width: () => 1,
    apply(state, op, stamp) {
      const key = keyOf(op.value);
      let element = state.elements.get(key);
      if (op.type === 'remove') checkKnown(element?.adds, op.adds);
      if (element === undefined) {
        element = { value: op.value as T, adds: newAdds() };
        state.elements.set(key, element);
      }
      const before = isPresent(element.adds);
      if (op.type === 'add') addTo(element.adds, stamp.id);
      else removeFrom(element.adds, op.adds);
      const after = isPresent(element.adds);
      if (before === after) return [];
      state.view = null;
      return [{ type: after ? 'added' : 'removed', value: element.value }];
    },
    invert(state, op, stamp) {
      const adds = addsOf(state, op.value);
      if (op.type === 'add')
        return isPresent(adds) ? [] : [{ type: 'remove', value: op.value, adds: [stamp.id] }];
      return wouldVanish(adds, op.adds) ? [{ type: 'add', value: op.value }] : [];
    },
    view(state) {
      state.view ??= sorted(state)
        .filter(([, element]) => isPresent(element.adds))
        .map(([, element]) => element.value);
      return state.view;
    },
    mutate: ({ state, emit }) => ({
      add: (value) => void emit({ type: 'add', value: plain(value) }),
      remove(value) {
        const adds = liveIds(addsOf(state, value));
        if (adds.length > 0) emit({ type: 'remove', value: plain(value), adds });
      },
      has: (value) => isPresent(addsOf(state, value)),
    }),
    encode,
    decode,
    canonical(state, w) {
      w.varint(state.elements.size);
      for (const [, element] of sorted(state)) {
        writeJson(w, element.value);
        writeAdds(w, element.adds);
      }
    },
  };
}

/** Orders scalars of one type as people expect: by code units, by size. Anything else by its JSON text. */
function sorted<T extends Json>(state: SetState<T>): [string, Element<T>][] {
  return [...state.elements].sort(([a, { value: x }], [b, { value: y }]) => {
    if (typeof x === 'number' && typeof y === 'number') return x - y;
    if (typeof x === 'string' && typeof y === 'string') return compareText(x, y);
    return compareText(typeof x, typeof y) || compareText(a, b);
  });
}

function keyOf(value: Json): string {
  if (typeof value === 'string') return `s${value}`;
  const w = new Writer();
  writeJson(w, value);
  return w.finish().join();
}

function encode(op: SetOp, w: Writer): void {
  w.u8(op.type === 'add' ? 0 : 1);
  writeJson(w, op.value);
  if (op.type === 'remove') writeIds(w, op.adds);
}

function decode(r: Reader): SetOp {
  const tag = r.u8();
  if (tag > 1) throw new DecodeError(`unknown set op ${tag}`);
  const value = readJson(r);
  return tag === 0 ? { type: 'add', value } : { type: 'remove', value, adds: readIds(r) };
}
