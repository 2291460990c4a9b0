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
import { compareStamps, type Stamp, sameId } from '../core/ids.ts';
import { compareTimes, type HybridTime, readTime, tick, writeTime } from './hybrid-clock.ts';
import { type Accepts, type LwwMut, type LwwPatch, likeness } from './lww.ts';
import { plain } from './plain.ts';
import { writeStamp } from './register.ts';

/*
 * A last-writer-wins register by wall clock (Shapiro et al. 2011, specification 8, with the hybrid clock of Kulkarni
 * et al. 2014): of concurrent writes the one that was made later by its author's clock wins, ties by ≺. A write that
 * saw another is always after it, whatever the clocks say.
 *
 * A clock ahead of the others wins until they catch up. Merging lets it: to clamp or refuse a time here, by one's own
 * clock, would make replicas differ. Admission tells instead: a write from further in the future than `maxSkew` is
 * reported when it arrives, and `writtenAt` shows its time.
 *
 * State: the winning write. Cost: constant. Left out: what lost.
 */

export interface ClockLwwOp<T extends Json> {
  readonly type: 'set';
  readonly value: T;
  readonly time: HybridTime;
}

export interface ClockLwwMut<T extends Json> extends LwwMut<T> {
  /** When the value was written, by its author's clock: milliseconds since 1970, null if nobody wrote yet. */
  writtenAt(): number | null;
}

export interface ClockLwwState<T extends Json> {
  winner: { readonly value: T; readonly time: HybridTime; readonly stamp: Stamp } | undefined;
  readonly now: () => number;
}

export interface ClockOptions {
  /** Writes that lie further in the future on arrival are reported. Milliseconds; a minute unless told. */
  readonly maxSkew?: number;
}

/** `initial` and `accepts` as for `lwwType`. */
export function clockLwwType<T extends Json>(
  initial: T,
  accepts: Accepts<T> = likeness(initial),
  { maxSkew = 60_000 }: ClockOptions = {},
): CrdtType<ClockLwwState<T>, ClockLwwOp<T>, T, ClockLwwMut<T>, LwwPatch<T>> {
  const first = plain(initial);
  const held = ({ winner }: ClockLwwState<T>): T => (winner === undefined ? first : winner.value);
  const wins = ({ winner }: ClockLwwState<T>, time: HybridTime, stamp: Stamp): boolean =>
    winner === undefined || (compareTimes(winner.time, time) || compareStamps(winner.stamp, stamp)) < 0;
  /** Times are filled in when the op is made, for undo too. */
  const undated = (value: T): ClockLwwOp<T> => ({ type: 'set', value, time: { at: 0, count: 0 } });
  return {
    kind: 'clock-lww@1',
    create: (env) => ({ winner: undefined, now: () => env.now() }),
    prepare: (state, { value }) => ({ type: 'set', value, time: tick(state.now(), state.winner?.time) }),
    width: () => 1,
    apply(state, op, stamp) {
      if (!wins(state, op.time, stamp)) return [];
      const before = held(state);
      const same = jsonEqual(before, op.value);
      state.winner = { value: same ? before : op.value, time: op.time, stamp };
      return same ? [] : [{ type: 'set', value: op.value }];
    },
    doubt(state, { time }) {
      const ahead = time.at - state.now();
      return ahead > maxSkew ? `written ${Math.ceil(ahead / 1000)} s in the future` : null;
    },
    invert(state, op, stamp) {
      const before = held(state);
      return wins(state, op.time, stamp) && !jsonEqual(before, op.value) ? [undated(before)] : [];
    },
    contested: () => '',
    view: held,
    mutate: ({ state, emit }) => ({
      get: () => held(state),
      set(value) {
        const next = plain(value);
        if (!jsonEqual(held(state), next)) emit(undated(next));
      },
      writtenAt: () => state.winner?.time.at ?? null,
    }),
    encode(op: ClockLwwOp<T>, w: Writer) {
      writeTime(w, op.time);
      writeJson(w, op.value);
    },
    decode(r: Reader) {
      const time = readTime(r);
      const value = readJson(r);
      if (!accepts(value)) throw new DecodeError('a value that this register does not take');
      return { type: 'set', value, time };
    },
    compact: ({ winner }, id) => winner !== undefined && sameId(winner.stamp.id, id),
    canonical({ winner }, w) {
      w.u8(winner === undefined ? 0 : 1);
      if (winner === undefined) return;
      writeTime(w, winner.time);
      writeStamp(w, winner.stamp);
      writeJson(w, winner.value);
    },
  };
}
