import { DecodeError, type Reader, type Writer } from '../bytes/index.ts';
import type { CrdtType } from '../core/crdt-type.ts';
import { compareStamps, formatId, type Id, readId, type Stamp, writeId } from '../core/ids.ts';
import { AddWins, readIds, writeIds } from './add-wins.ts';
import { compareText } from './plain.ts';
import { writeStamp } from './register.ts';

/*
 * The keys of a record: an add-wins set of strings that remembers who came first. A key keeps its place in the order
 * for ever, also when it is removed and added again. Adding a key that is there holds it against a concurrent remove.
 * Undoing a remove retracts it.
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

export interface KeysState {
  readonly members: AddWins;
  /** For every key that was ever added the add that is smallest in ≺. */
  readonly firsts: Map<string, Stamp>;
  view: readonly string[] | null;
}

/** The view holds the keys in ≺ of their first adds. */
export function keysType(): CrdtType<KeysState, KeysOp, readonly string[], KeysMut, KeysPatch> {
  return {
    kind: 'keys@1',
    create: () => ({ members: new AddWins(), firsts: new Map(), view: null }),
    width: () => 1,
    apply(state, op, stamp) {
      const { members, firsts } = state;
      const key =
        op.type === 'retract' ? members.removeBy(op.target).element : (op.key ?? formatId(stamp.id));
      const before = members.has(key);
      if (op.type === 'remove') members.remove(key, op.adds, stamp.id);
      else if (op.type === 'retract') members.retract(op.target);
      else {
        members.add(key, stamp.id);
        const first = firsts.get(key);
        if (first === undefined || compareStamps(stamp, first) < 0) {
          firsts.set(key, stamp);
          state.view = null;
        }
      }
      const after = members.has(key);
      if (before === after) return [];
      state.view = null;
      return [{ type: after ? 'added' : 'removed', key }];
    },
    invert({ members }, op, stamp) {
      if (op.type === 'add') return [{ type: 'remove', key: op.key ?? formatId(stamp.id), adds: [stamp.id] }];
      if (op.type === 'remove') return [{ type: 'retract', target: stamp.id }];
      const { element, adds } = members.removeBy(op.target);
      return [{ type: 'remove', key: element, adds }];
    },
    view: keysOf,
    mutate: ({ state, emit }) => ({
      create: () => formatId(emit({ type: 'add', key: null })),
      add: (key) => void emit({ type: 'add', key }),
      remove(key) {
        const adds = state.members.liveAdds(key);
        if (adds.length > 0) emit({ type: 'remove', key, adds });
      },
      has: (key) => state.members.has(key),
      keys: () => keysOf(state),
    }),
    encode,
    decode,
    canonical({ members, firsts }, w) {
      w.varint(firsts.size);
      for (const [key, first] of [...firsts].sort(([a], [b]) => compareText(a, b))) {
        w.string(key);
        writeStamp(w, first);
        members.canonical(key, w);
      }
    },
  };
}

function keysOf(state: KeysState): readonly string[] {
  state.view ??= [...state.firsts]
    .filter(([key]) => state.members.has(key))
    .sort(([, a], [, b]) => compareStamps(a, b))
    .map(([key]) => key);
  return state.view;
}

const CREATE = 0;
const ADD = 1;
const REMOVE = 2;
const RETRACT = 3;

function encode(op: KeysOp, w: Writer): void {
  switch (op.type) {
    case 'add':
      w.u8(op.key === null ? CREATE : ADD);
      if (op.key !== null) w.string(op.key);
      return;
    case 'remove':
      w.u8(REMOVE);
      w.string(op.key);
      writeIds(w, op.adds);
      return;
    case 'retract':
      w.u8(RETRACT);
      writeId(w, op.target);
  }
}

function decode(r: Reader): KeysOp {
  const tag = r.u8();
  switch (tag) {
    case CREATE:
      return { type: 'add', key: null };
    case ADD:
      return { type: 'add', key: r.string() };
    case REMOVE:
      return { type: 'remove', key: r.string(), adds: readIds(r) };
    case RETRACT:
      return { type: 'retract', target: readId(r) };
    default:
      throw new DecodeError(`unknown keys op ${tag}`);
  }
}
