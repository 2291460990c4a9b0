import type { Json } from '../bytes/index.ts';
import { compareStamps, formatId, type OpId } from '../core/ids.ts';
import type { ClockLwwOp } from '../types/clock-lww.ts';
import type { ExtremumOp } from '../types/extremum.ts';
import type { GrowOnlyCounterOp } from '../types/grow-only-counter.ts';
import type { MultiValueOp } from '../types/multi-value.ts';
import type { RemoveWinsSetOp } from '../types/remove-wins-set.ts';
import type { SetOp } from '../types/set.ts';
import type { StrategyOp } from '../types/strategy.ts';
import { setModel } from './registers.ts';
import { inOrder, type Model, nameOf, retracted, type Stamped } from './stamped.ts';

/* Undo included: what a retract names never happened. For what these types mean without undo see causal.ts. */

const standing = <Op extends { readonly type: string }>(
  ops: readonly Stamped<Op>[],
): readonly Stamped<Op>[] => {
  const off = retracted(ops);
  return inOrder(ops).filter((op) => op.op.type !== 'retract' && !off.has(nameOf(op)));
};

/** The write with the latest time wins; ≺ where times are equal. */
export function clockLwwModel(initial: Json): Model<ClockLwwOp<Json>, Json> {
  return (ops) => {
    const [winner] = [...ops].sort(
      ({ op: { time: a }, stamp: x }, { op: { time: b }, stamp: y }) =>
        b.at - a.at || b.count - a.count || compareStamps(y, x),
    );
    return winner === undefined ? initial : winner.op.value;
  };
}

/** Writes that no other names, in ≺; equal values once. */
export const multiValueModel: Model<MultiValueOp, readonly Json[]> = (ops) => {
  const over = new Set(ops.flatMap(({ op }) => op.over.map((id) => formatId(id))));
  const values = inOrder(ops)
    .filter((op) => !over.has(nameOf(op)))
    .flatMap(({ op }) => op.values.map((value) => JSON.stringify(value)));
  return [...new Set(values)].map((value) => JSON.parse(value) as Json);
};

export function extremumModel(pick: 'max' | 'min', initial: number): Model<ExtremumOp, number> {
  return (ops) =>
    Math[pick](initial, ...standing(ops).map(({ op }) => (op.type === 'write' ? op.value : initial)));
}

export const growOnlyCounterModel: Model<GrowOnlyCounterOp, number> = (ops) =>
  standing(ops).reduce((sum, { op }) => sum + (op.type === 'increment' ? op.by : 0), 0);

/** A value is there iff an add of it stands, and each remove of it is named by an add or restore that stands. */
export const removeWinsSetModel: Model<RemoveWinsSetOp, readonly Json[]> = (ops) => {
  const live = standing(ops);
  const answered = new Set<OpId>();
  for (const { op } of live)
    if (op.type === 'add' || op.type === 'restore') for (const id of op.removes) answered.add(formatId(id));
  const open = new Set(
    live.flatMap((op) =>
      op.op.type === 'remove' && !answered.has(nameOf(op)) ? [JSON.stringify(op.op.value)] : [],
    ),
  );
  // What is there is what a set shows that only ever added it.
  const there = live.filter(({ op }) => op.type === 'add' && !open.has(JSON.stringify(op.value)));
  return setModel(there as readonly Stamped<SetOp>[]);
};

export const enableWinsFlagModel: Model<SetOp, boolean> = (ops) => setModel(ops).length > 0;
export const disableWinsFlagModel: Model<RemoveWinsSetOp, boolean> = (ops) =>
  removeWinsSetModel(ops).length > 0;

/** All ops in ≺ but those of which the last word in ≺ is that they are taken back. */
export function orderedModel<State, Op>(
  initial: State,
  reduce: (state: State, op: Op) => State,
): Model<StrategyOp<Op>, State> {
  return (ops) => {
    const off = new Set<OpId>();
    for (const { op } of inOrder(ops)) {
      if (op.type === 'retract') off.add(formatId(op.target));
      else if (op.type === 'restore') off.delete(formatId(op.target));
    }
    let state = initial;
    for (const op of inOrder(ops))
      if (op.op.type === 'do' && !off.has(nameOf(op))) state = reduce(state, op.op.op);
    return state;
  };
}
