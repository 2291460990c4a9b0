import { DecodeError, type Reader, type Writer } from '../bytes/index.ts';
import type { CrdtType } from '../core/crdt-type.ts';
import { compareStamps, formatId, type Id, readId, type Stamp, writeId } from '../core/ids.ts';
import { AddWins } from './add-wins.ts';
import { readIds, writeIds } from './id-lists.ts';
import { compareText } from './plain.ts';
import { writeStamp } from './register.ts';
import { SortedView } from './sorted-view.ts';

/*
 * The keys of a record: an add-wins set of strings (see add-wins.ts) that remembers who came first. A key keeps its
 * place in the order for ever, also when it is removed and added again. Adding a key that is there holds it against a
 * concurrent remove. Undoing a remove retracts it.
 *
 * State: members; for every key that was ever added the add that is smallest in ≺, which is its place in the order.
 * Cost: constant per op, one copy per look.
 */

export type KeysOp =
  /** `key: null`: the op's own formatted id is the key. */
  | { readonly type: 'add'; readonly key: string | null }
  | { readonly type: 'remove'; readonly key: string; readonly adds: readonly Id[] }
  | { readonly type: 'retract'; readonly target: Id };

export interface KeysPatch {
  readonly type: 'added' | 'removed';
  readonly key: string;
}

export interface KeysMut {
  /** Adds a key that no other replica can make, and returns it. */
  create(): string;
  add(key: string): void;
  /** Nothing is written if the key is not there. */
  remove(key: string): void;
  has(key: string): boolean;
  keys(): readonly string[];
}

interface First {
  readonly key: string;
  stamp: Stamp;
}

export interface KeysState {
  readonly members: AddWins;
  readonly firsts: Map<string, First>;
  readonly present: SortedView<First, string>;
}

/** The view holds the keys in ≺ of their first adds. */
export function keysType(): CrdtType<KeysState, KeysOp, readonly string[], KeysMut, KeysPatch> {
  return {
    kind: 'keys@1',
    create: () => ({
      members: new AddWins(),
      firsts: new Map(),
      present: new SortedView(
        (a, b) => compareStamps(a.stamp, b.stamp),
        ({ key }) => key,
      ),
    }),
    width: () => 1,
    apply(state, op, stamp) {
      const [key, changed] = change(state, op, stamp);
      if (!changed) return [];
      state.present.set(state.firsts.get(key) as First, op.type !== 'remove');
      return [{ type: op.type === 'remove' ? 'removed' : 'added', key }];
    },
    invert({ members }, op, stamp) {
      if (op.type === 'add') return [{ type: 'remove', key: op.key ?? formatId(stamp.id), adds: [stamp.id] }];
      if (op.type === 'remove') return [{ type: 'retract', target: stamp.id }];
      const { element, adds } = members.removeBy(op.target);
      return [{ type: 'remove', key: element, adds }];
    },
    retracts: (op) => (op.type === 'retract' ? op.target : null),
    view: ({ present }) => present.values,
    mutate: ({ state, emit }) => ({
      create: () => formatId(emit({ type: 'add', key: null })),
      add: (key) => void emit({ type: 'add', key }),
      remove(key) {
        const adds = state.members.liveAdds(key);
        if (adds.length > 0) emit({ type: 'remove', key, adds });
      },
      has: (key) => state.members.has(key),
      keys: () => state.present.values,
    }),
    encode,
    decode,
    compact: ({ members }, id) => members.needs(id),
    canonical({ members, firsts }, w) {
      w.varint(firsts.size);
      for (const { key, stamp } of [...firsts.values()].sort((a, b) => compareText(a.key, b.key))) {
        w.string(key);
        writeStamp(w, stamp);
        members.canonical(key, w);
      }
    },
  };
}

/** The key that the op is about, and whether it came or went by it. */
function change(state: KeysState, op: KeysOp, stamp: Stamp): readonly [string, boolean] {
  const { members } = state;
  switch (op.type) {
    case 'retract':
      return [members.removeBy(op.target).element, members.retract(op.target)];
    case 'remove':
      return [op.key, members.remove(op.key, op.adds, stamp.id)];
    case 'add': {
      const key = op.key ?? formatId(stamp.id);
      place(state, key, stamp);
      return [key, members.add(key, stamp.id)];
    }
  }
}

/** Sees to it that `key` stands where its first add in ≺ puts it. */
function place(state: KeysState, key: string, stamp: Stamp): void {
  const first = state.firsts.get(key);
  if (first === undefined) state.firsts.set(key, { key, stamp });
  else if (compareStamps(stamp, first.stamp) < 0) {
    first.stamp = stamp;
    state.present.resort();
  }
}

const TAGS = { create: 0, add: 1, remove: 2, retract: 3 } as const;

function encode(op: KeysOp, w: Writer): void {
  w.u8(op.type === 'add' && op.key === null ? TAGS.create : TAGS[op.type]);
  if (op.type === 'retract') writeId(w, op.target);
  else if (op.key !== null) w.string(op.key);
  if (op.type === 'remove') writeIds(w, op.adds);
}

function decode(r: Reader): KeysOp {
  const tag = r.u8();
  switch (tag) {
    case TAGS.create:
      return { type: 'add', key: null };
    case TAGS.add:
      return { type: 'add', key: r.string() };
    case TAGS.remove:
      return { type: 'remove', key: r.string(), adds: readIds(r, 1) };
    case TAGS.retract:
      return { type: 'retract', target: readId(r) };
    default:
      throw new DecodeError(`unknown keys op ${tag}`);
  }
}
