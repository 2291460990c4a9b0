import { DecodeError, type Reader, type Writer } from '../bytes/index.ts';
import type { CrdtType } from '../core/crdt-type.ts';
import { compareStamps, formatId, type Id, type Stamp } from '../core/ids.ts';
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
import { compareText } from './plain.ts';
import { writeStamp } from './register.ts';

/*
 * The keys of a record: an add-wins set of strings that remembers who came first. A key keeps its place in the order
 * for ever, also when it is removed and added again. Adding a key that is there holds it against a concurrent remove.
 */

export type KeysOp =
  /** `key: null`: the op's own formatted id is the key. */
  | { readonly type: 'add'; readonly key: string | null }
  | { readonly type: 'remove'; readonly key: string; readonly adds: readonly Id[] };

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

interface Key {
  readonly adds: Adds;
  /** Of the add that is smallest in ≺, dead or alive. */
  first: Stamp;
}

export interface KeysState {
  readonly entries: Map<string, Key>;
  view: readonly string[] | null;
}

/** The view holds the keys in ≺ of their first adds. */
export function keysType(): CrdtType<KeysState, KeysOp, readonly string[], KeysMut, KeysPatch> {
  return {
    kind: 'keys@1',
    create: () => ({ entries: new Map(), view: null }),
    width: () => 1,
    apply(state, op, stamp) {
      const key = op.key ?? formatId(stamp.id);
      let entry = state.entries.get(key);
      if (op.type === 'remove') checkKnown(entry?.adds, op.adds);
      if (entry === undefined) {
        entry = { adds: newAdds(), first: stamp };
        state.entries.set(key, entry);
      }
      const before = isPresent(entry.adds);
      if (op.type === 'remove') removeFrom(entry.adds, op.adds);
      else {
        addTo(entry.adds, stamp.id);
        if (compareStamps(stamp, entry.first) < 0) {
          entry.first = stamp;
          state.view = null;
        }
      }
      const after = isPresent(entry.adds);
      if (before === after) return [];
      state.view = null;
      return [{ type: after ? 'added' : 'removed', key }];
    },
    invert(state, op, stamp) {
      const key = op.key ?? formatId(stamp.id);
      const adds = state.entries.get(key)?.adds;
      if (op.type === 'add') return isPresent(adds) ? [] : [{ type: 'remove', key, adds: [stamp.id] }];
      return wouldVanish(adds, op.adds) ? [{ type: 'add', key }] : [];
    },
    view: keysOf,
    mutate: ({ state, emit }) => ({
      create: () => formatId(emit({ type: 'add', key: null })),
      add: (key) => void emit({ type: 'add', key }),
      remove(key) {
        const adds = liveIds(state.entries.get(key)?.adds);
        if (adds.length > 0) emit({ type: 'remove', key, adds });
      },
      has: (key) => isPresent(state.entries.get(key)?.adds),
      keys: () => keysOf(state),
    }),
    encode,
    decode,
    canonical(state, w) {
      const sorted = [...state.entries].sort(([a], [b]) => compareText(a, b));
      w.varint(sorted.length);
      for (const [key, entry] of sorted) {
        w.string(key);
        writeStamp(w, entry.first);
        writeAdds(w, entry.adds);
      }
    },
  };
}

function keysOf(state: KeysState): readonly string[] {
  state.view ??= [...state.entries]
    .filter(([, entry]) => isPresent(entry.adds))
    .sort(([a, x], [b, y]) => compareStamps(x.first, y.first) || compareText(a, b))
    .map(([key]) => key);
  return state.view;
}

function encode(op: KeysOp, w: Writer): void {
  w.u8(op.type === 'remove' ? 2 : op.key === null ? 0 : 1);
  if (op.key !== null) w.string(op.key);
  if (op.type === 'remove') writeIds(w, op.adds);
}

function decode(r: Reader): KeysOp {
  const tag = r.u8();
  switch (tag) {
    case 0:
      return { type: 'add', key: null };
    case 1:
      return { type: 'add', key: r.string() };
    case 2:
      return { type: 'remove', key: r.string(), adds: readIds(r) };
    default:
      throw new DecodeError(`unknown keys op ${tag}`);
  }
}
