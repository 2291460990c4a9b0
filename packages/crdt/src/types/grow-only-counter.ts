import { DecodeError, type Reader, type Writer } from '../bytes/index.ts';
import type { CrdtType } from '../core/crdt-type.ts';
import { type Id, readId, writeId } from '../core/ids.ts';
import { Standing } from './standing.ts';

/*
 * A grow-only counter (G-counter; Shapiro et al. 2011, specification 6, here op-based): the sum of all steps, none of
 * which is negative. Nobody can count down; undo takes back a step of one's own by naming it.
 *
 * State: the steps by id, and the exact sum of those that stand (a bigint: no rounding, so no order matters).
 * Cost: constant per op. Left out: forgetting steps, because their author's undo may still name them.
 */

export type GrowOnlyCounterOp =
  | { readonly type: 'increment'; readonly by: number }
  | { readonly type: 'retract'; readonly target: Id };

export interface GrowOnlyCounterPatch {
  readonly by: number;
}

export interface GrowOnlyCounterMut {
  readonly value: number;
  /** Zero writes nothing. Throws RangeError unless `by` is an integer from 0 to 2^48. */
  increment(by: number): void;
}

export interface GrowOnlyCounterState {
  readonly steps: Standing<number>;
  total: bigint;
}

const MAX_STEP = 2 ** 48;

export function growOnlyCounterType(): CrdtType<
  GrowOnlyCounterState,
  GrowOnlyCounterOp,
  number,
  GrowOnlyCounterMut,
  GrowOnlyCounterPatch
> {
  return {
    kind: 'grow-only-counter@1',
    create: () => ({ steps: new Standing(), total: 0n }),
    width: () => 1,
    apply(state, op, stamp) {
      let by = 0;
      if (op.type === 'increment') by = state.steps.write(stamp.id, op.by).value;
      else by = -(state.steps.retract(op.target)?.value ?? 0);
      state.total += BigInt(by);
      return by === 0 ? [] : [{ by }];
    },
    invert: ({ steps }, op, stamp) =>
      op.type === 'increment'
        ? [{ type: 'retract', target: stamp.id }]
        : [{ type: 'increment', by: steps.at(op.target).value }],
    view: (state) => Number(state.total),
    mutate: ({ state, emit }) => ({
      get value() {
        return Number(state.total);
      },
      increment(by) {
        if (by !== 0 && !isStep(by)) throw new RangeError(`not a step up: ${by}`);
        if (by !== 0) emit({ type: 'increment', by });
      },
    }),
    encode,
    decode,
    compact: ({ steps }, id) => steps.needs(id),
    canonical: (state, w) => w.string(state.total.toString()),
  };
}

function isStep(by: number): boolean {
  return Number.isInteger(by) && by > 0 && by <= MAX_STEP;
}

/** A zero in front of an id tells a retract from a step. */
function encode(op: GrowOnlyCounterOp, w: Writer): void {
  w.varint(op.type === 'increment' ? op.by : 0);
  if (op.type === 'retract') writeId(w, op.target);
}

function decode(r: Reader): GrowOnlyCounterOp {
  const by = r.varint();
  if (by === 0) return { type: 'retract', target: readId(r) };
  if (!isStep(by)) throw new DecodeError(`not a step up: ${by}`);
  return { type: 'increment', by };
}
