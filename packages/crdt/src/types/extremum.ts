import { DecodeError, type Reader, readJson, type Writer, writeJson } from '../bytes/index.ts';
import type { CrdtType } from '../core/crdt-type.ts';
import { type Id, readId, writeId } from '../core/ids.ts';
import { compareText, plain } from './plain.ts';
import { Standing, type Written } from './standing.ts';

/*
 * Max and min registers (the join semilattices of Shapiro et al. 2011, section 2.2): the greatest, or least, of the
 * initial value and all writes that stand. Undo takes back a write of one's own, so writes that are surpassed are kept:
 * one of them may come to hold again.
 *
 * State: writes by id; a ladder of them with the best on top. Equal values need no tie-break: they look the same.
 * Cost: constant for a write that surpasses all, else a binary search and a shift; a retract pops amortised.
 */

export type ExtremumOp =
  | { readonly type: 'write'; readonly value: number }
  | { readonly type: 'retract'; readonly target: Id };

/** The value that now holds. */
export interface ExtremumPatch {
  readonly value: number;
}

export interface MaxMut {
  readonly value: number;
  /** Nothing is written unless `value` is greater than what holds. Throws TypeError if it is not finite. */
  raise(value: number): void;
}

export interface MinMut {
  readonly value: number;
  /** Nothing is written unless `value` is less than what holds. Throws TypeError if it is not finite. */
  lower(value: number): void;
}

export interface ExtremumState {
  readonly writes: Standing<number>;
  /** From worst to best; what was taken back is dropped once it is on top. */
  readonly ladder: Written<number>[];
}

export function maxType(initial: number): CrdtType<ExtremumState, ExtremumOp, number, MaxMut, ExtremumPatch> {
  return extremum('max@1', initial, 1, (held, write) => ({
    get value() {
      return held();
    },
    raise: write,
  }));
}

export function minType(initial: number): CrdtType<ExtremumState, ExtremumOp, number, MinMut, ExtremumPatch> {
  return extremum('min@1', initial, -1, (held, write) => ({
    get value() {
      return held();
    },
    lower: write,
  }));
}

/** `sign` 1: greater is better; −1: less is. */
function extremum<Mut>(
  kind: string,
  initial: number,
  sign: 1 | -1,
  mut: (held: () => number, write: (value: number) => void) => Mut,
): CrdtType<ExtremumState, ExtremumOp, number, Mut, ExtremumPatch> {
  const first = plain(initial);
  const surpasses = (a: number, b: number): boolean => sign * (a - b) > 0;
  const held = ({ ladder }: ExtremumState): number => {
    const best = ladder.at(-1);
    return best !== undefined && surpasses(best.value, first) ? best.value : first;
  };

  function place(ladder: Written<number>[], written: Written<number>): void {
    let low = ladder.length;
    const best = ladder.at(-1);
    if (best !== undefined && surpasses(best.value, written.value)) {
      low = 0;
      for (let high = ladder.length; low < high; ) {
        const middle = (low + high) >>> 1;
        if (surpasses((ladder[middle] as Written<number>).value, written.value)) high = middle;
        else low = middle + 1;
      }
    }
    ladder.splice(low, 0, written);
  }

  return {
    kind,
    create: () => ({ writes: new Standing(), ladder: [] }),
    width: () => 1,
    apply(state, op, stamp) {
      const { writes, ladder } = state;
      const before = held(state);
      if (op.type === 'write') place(ladder, writes.write(stamp.id, op.value));
      else if (writes.retract(op.target)) while (ladder.at(-1)?.standing === false) ladder.pop();
      const after = held(state);
      return after === before ? [] : [{ value: after }];
    },
    invert: ({ writes }, op, stamp) =>
      op.type === 'write'
        ? [{ type: 'retract', target: stamp.id }]
        : [{ type: 'write', value: writes.at(op.target).value }],
    view: held,
    mutate: ({ state, emit }) =>
      mut(
        () => held(state),
        (value) => {
          const next = plain(value);
          if (surpasses(next, held(state))) emit({ type: 'write', value: next });
        },
      ),
    encode,
    decode,
    compact: ({ writes }, id) => writes.needs(id),
    canonical({ writes }, w) {
      const standing = [...writes.all()].sort(
        (a, b) => compareText(a.id.replica, b.id.replica) || a.id.seq - b.id.seq,
      );
      w.varint(standing.length);
      for (const { id, value } of standing) {
        writeId(w, id);
        writeJson(w, value);
      }
    },
  };
}

function encode(op: ExtremumOp, w: Writer): void {
  w.u8(op.type === 'write' ? 0 : 1);
  if (op.type === 'write') writeJson(w, op.value);
  else writeId(w, op.target);
}

function decode(r: Reader): ExtremumOp {
  const tag = r.u8();
  if (tag === 1) return { type: 'retract', target: readId(r) };
  const value = tag === 0 ? readJson(r) : null;
  if (typeof value !== 'number') throw new DecodeError('a write of no number');
  return { type: 'write', value };
}
