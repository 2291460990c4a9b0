import { DecodeError, type Json, type Reader, readJson, type Writer, writeJson } from '../bytes/index.ts';
import type { CrdtType } from '../core/crdt-type.ts';
import { type Id, readId, writeId } from '../core/ids.ts';
import { readIds, writeIds } from './id-lists.ts';
import { plain } from './plain.ts';
import { RemoveWins } from './remove-wins.ts';
import type { SetMut, SetPatch } from './set.ts';
import { keyOf, Values } from './values.ts';

/*
 * A remove-wins set of plain values (see remove-wins.ts): a remove beats the adds that are concurrent with it. So a
 * remove is written even if the value is not there, as it holds against an add that is on its way. Adding what is
 * there writes nothing.
 *
 * State: the values that were ever named; which of them are members. Cost: constant per op, one copy per look.
 */

export type RemoveWinsSetOp =
  | { readonly type: 'add'; readonly value: Json; readonly removes: readonly Id[] }
  | { readonly type: 'remove'; readonly value: Json }
  /** Takes back removes without adding. */
  | { readonly type: 'restore'; readonly value: Json; readonly removes: readonly Id[] }
  /** Takes back an add or a restore, for ever. */
  | { readonly type: 'retract'; readonly target: Id };

export interface RemoveWinsSetState<T extends Json> {
  readonly values: Values<T>;
  readonly members: RemoveWins;
}

/** The view is sorted: numbers by size, strings after them by code units. */
export function removeWinsSetType<T extends Json>(): CrdtType<
  RemoveWinsSetState<T>,
  RemoveWinsSetOp,
  readonly T[],
  SetMut<T>,
  SetPatch
> {
  return {
    kind: 'remove-wins-set@1',
    create: () => ({ values: new Values(), members: new RemoveWins() }),
    width: () => 1,
    apply({ members, values }, op, stamp) {
      const key = op.type === 'retract' ? members.answerBy(op.target).element : keyOf(op.value);
      const changed = change(members, key, op, stamp.id);
      if (op.type !== 'retract') values.note(key, op.value as T);
      if (!changed) return [];
      values.set(key, members.has(key));
      return [{ type: members.has(key) ? 'added' : 'removed', value: values.at(key) }];
    },
    invert({ members, values }, op, stamp) {
      if (op.type === 'remove') return [{ type: 'restore', value: op.value, removes: [stamp.id] }];
      if (op.type !== 'retract') return [{ type: 'retract', target: stamp.id }];
      const { element, removes, adds } = members.answerBy(op.target);
      return [{ type: adds ? 'add' : 'restore', value: values.at(element), removes }];
    },
    *restore({ members, values }, past) {
      const shown = new Set(past.values.members.map(keyOf));
      for (const value of values.members) if (!shown.has(keyOf(value))) yield { type: 'remove', value };
      for (const value of past.values.members) {
        const key = keyOf(value);
        if (!members.has(key)) yield { type: 'add', value, removes: members.liveRemoves(key) };
      }
    },
    view: ({ values }) => values.members,
    mutate: ({ state: { members }, emit }) => ({
      add(value) {
        const key = keyOf(value);
        if (!members.has(key)) emit({ type: 'add', value: plain(value), removes: members.liveRemoves(key) });
      },
      remove: (value) => void emit({ type: 'remove', value: plain(value) }),
      has: (value) => members.has(keyOf(value)),
    }),
    encode,
    decode,
    compact: ({ members }, id) => members.needs(id),
    canonical({ members, values }, w) {
      const named = values.named((key) => members.has(key) || members.liveRemoves(key).length > 0);
      w.varint(named.length);
      for (const { key, value } of named) {
        writeJson(w, value);
        members.canonical(key, w);
      }
    },
  };
}

/** True if `key` came or went. */
function change(members: RemoveWins, key: string, op: RemoveWinsSetOp, id: Id): boolean {
  switch (op.type) {
    case 'add':
    case 'restore':
      return members.answer({ element: key, removes: op.removes, adds: op.type === 'add' }, id);
    case 'remove':
      return members.remove(key, id);
    case 'retract':
      return members.retract(op.target);
  }
}

const TAGS = { add: 0, remove: 1, restore: 2, retract: 3 } as const;

function encode(op: RemoveWinsSetOp, w: Writer): void {
  w.u8(TAGS[op.type]);
  if (op.type === 'retract') writeId(w, op.target);
  else writeJson(w, op.value);
  if (op.type === 'add' || op.type === 'restore') writeIds(w, op.removes);
}

function decode(r: Reader): RemoveWinsSetOp {
  const tag = r.u8();
  switch (tag) {
    case TAGS.add:
      return { type: 'add', value: readJson(r), removes: readIds(r, 0) };
    case TAGS.remove:
      return { type: 'remove', value: readJson(r) };
    case TAGS.restore:
      return { type: 'restore', value: readJson(r), removes: readIds(r, 1) };
    case TAGS.retract:
      return { type: 'retract', target: readId(r) };
    default:
      throw new DecodeError(`unknown set op ${tag}`);
  }
}
