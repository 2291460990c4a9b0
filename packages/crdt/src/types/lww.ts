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
import { sameId } from '../core/ids.ts';
import { plain } from './plain.ts';
import { type Register, wins, writeStamp } from './register.ts';

/*
 * A last-writer-wins register (Shapiro et al. 2011, specification 8): of all writes, the greatest in ≺ holds. A
 * concurrent write that loses is gone from the view; who must see both wants a multi-value register.
 *
 * State: the winning write. Cost: constant. Left out: what lost.
 */

export interface LwwOp<T extends Json> {
  readonly type: 'set';
  readonly value: T;
}

/** The value that now holds. */
export interface LwwPatch<T extends Json> {
  readonly type: 'set';
  readonly value: T;
}

export interface LwwMut<T extends Json> {
  get(): T;
  /** Nothing is written if `value` is what the register holds. Throws TypeError on what is not plain data. */
  set(value: T): void;
}

export interface LwwState<T extends Json> {
  register: Register<T> | undefined;
}

/** What a register takes from peers: others' values are set aside as malformed. */
export type Accepts<T extends Json> = (value: Json) => value is T;

/**
 * `initial` is the value of a register that nobody has written. Without `accepts`, a register that starts with a
 * string, number or boolean takes only its like, and any other takes all plain data.
 */
export function lwwType<T extends Json>(
  initial: T,
  accepts: Accepts<T> = likeness(initial),
): CrdtType<LwwState<T>, LwwOp<T>, T, LwwMut<T>, LwwPatch<T>> {
  const first = plain(initial);
  const held = (state: LwwState<T>): T => (state.register === undefined ? first : state.register.value);
  return {
    kind: 'lww@1',
    create: () => ({ register: undefined }),
    width: () => 1,
    apply(state, op, stamp) {
      if (!wins(state.register, stamp)) return [];
      const before = held(state);
      // An equal value keeps its identity, so that nothing is drawn again.
      const same = jsonEqual(before, op.value);
      state.register = { value: same ? before : op.value, stamp };
      return same ? [] : [{ type: 'set', value: op.value }];
    },
    invert(state, op, stamp) {
      const before = held(state);
      return !wins(state.register, stamp) || jsonEqual(before, op.value)
        ? []
        : [{ type: 'set', value: before }];
    },
    register: () => '',
    view: held,
    mutate: ({ state, emit }) => ({
      get: () => held(state),
      set(value) {
        const next = plain(value);
        if (!jsonEqual(held(state), next)) emit({ type: 'set', value: next });
      },
    }),
    encode: (op: LwwOp<T>, w: Writer) => writeJson(w, op.value),
    decode(r: Reader) {
      const value = readJson(r);
      if (!accepts(value)) throw new DecodeError('a value that this register does not take');
      return { type: 'set', value };
    },
    compact: ({ register }, id) => register !== undefined && sameId(register.stamp.id, id),
    canonical(state, w) {
      w.u8(state.register === undefined ? 0 : 1);
      if (state.register === undefined) return;
      writeStamp(w, state.register.stamp);
      writeJson(w, state.register.value);
    },
  };
}

/** A register that starts with a string, number or boolean takes only its like; any other takes all plain data. */
export function likeness<T extends Json>(initial: T): Accepts<T> {
  const simple = typeof initial !== 'object';
  return (value): value is T => !simple || typeof value === typeof initial;
}
