import { DecodeError, type Json, type Reader, readJson, type Writer, writeJson } from '../bytes/index.ts';
import type { CrdtType } from '../core/crdt-type.ts';
import { type Id, readId, writeId } from '../core/ids.ts';
import { AddWins } from './add-wins.ts';
import { readIds, writeIds } from './id-lists.ts';
import { plain } from './plain.ts';
import { keyOf, Values } from './values.ts';

/*
 * An add-wins set of plain values (Shapiro et al. 2011; see add-wins.ts). Values are the same if their canonical bytes
 * are. Adding what is there already is written too: it holds against a concurrent remove. Undoing a remove retracts it.
 *
 * State: the values that were ever added; which of them are members. Cost: constant per op, one copy per look.
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
  readonly values: Values<T>;
  readonly members: AddWins;
}

/** The view is sorted: numbers by size, strings after them by code units. */
export function setType<T extends Json>(): CrdtType<SetState<T>, SetOp, readonly T[], SetMut<T>, SetPatch> {
  return {
    kind: 'set@1',
    create: () => ({ values: new Values(), members: new AddWins() }),
    width: () => 1,
    apply({ members, values }, op, stamp) {
      const [key, changed] = change(members, op, stamp.id);
      if (op.type === 'add') values.note(key, op.value as T);
      if (!changed) return [];
      values.set(key, op.type !== 'remove');
      return [{ type: op.type === 'remove' ? 'removed' : 'added', value: values.at(key) }];
    },
    invert({ members, values }, op, stamp) {
      if (op.type === 'add') return [{ type: 'remove', value: op.value, adds: [stamp.id] }];
      if (op.type === 'remove') return [{ type: 'retract', target: stamp.id }];
      const { element, adds } = members.removeBy(op.target);
      return [{ type: 'remove', value: values.at(element), adds }];
    },
    retracts: (op) => (op.type === 'retract' ? op.target : null),
    view: ({ values }) => values.members,
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
    compact: ({ members }, id) => members.needs(id),
    canonical({ members, values }, w) {
      const live = values.named((key) => members.has(key));
      w.varint(live.length);
      for (const { key, value } of live) {
        writeJson(w, value);
        members.canonical(key, w);
      }
    },
  };
}

/** What the op is about, and whether it came or went by it. */
function change(members: AddWins, op: SetOp, id: Id): readonly [string, boolean] {
  if (op.type === 'retract') {
    const { element } = members.removeBy(op.target);
    return [element, members.retract(op.target)];
  }
  const key = keyOf(op.value);
  return [key, op.type === 'add' ? members.add(key, id) : members.remove(key, op.adds, id)];
}

const TAGS = { add: 0, remove: 1, retract: 2 } as const;

function encode(op: SetOp, w: Writer): void {
  w.u8(TAGS[op.type]);
  if (op.type === 'retract') writeId(w, op.target);
  else writeJson(w, op.value);
  if (op.type === 'remove') writeIds(w, op.adds);
}

function decode(r: Reader): SetOp {
  const tag = r.u8();
  switch (tag) {
    case TAGS.add:
      return { type: 'add', value: readJson(r) };
    case TAGS.remove:
      return { type: 'remove', value: readJson(r), adds: readIds(r, 1) };
    case TAGS.retract:
      return { type: 'retract', target: readId(r) };
    default:
      throw new DecodeError(`unknown set op ${tag}`);
  }
}
