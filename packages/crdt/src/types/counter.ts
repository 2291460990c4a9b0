import { DecodeError, type Reader, type Writer } from '../bytes/index.ts';
import type { CrdtType } from '../core/crdt-type.ts';

/*
 * A counter (PN-counter; Shapiro et al. 2011, specification 7, here op-based): the sum of all steps, up and down. Steps
 * are integers and the sum is exact (a bigint inside), because floating-point addition depends on the order of delivery.
 *
 * State: the sum. Cost: constant, and no op is kept: undo is the step back.
 */

export interface CounterOp {
  readonly type: 'increment';
  readonly by: number;
}

export interface CounterPatch {
  readonly by: number;
}

export interface CounterMut {
  readonly value: number;
  /** Zero writes nothing. Throws RangeError unless `by` is an integer of at most 2^48 in size. */
  increment(by: number): void;
}

export interface CounterState {
  total: bigint;
}

const MAX_STEP = 2 ** 48;

export function counterType(): CrdtType<CounterState, CounterOp, number, CounterMut, CounterPatch> {
  return {
    kind: 'counter@1',
    create: () => ({ total: 0n }),
    width: () => 1,
    apply(state, op) {
      state.total += BigInt(op.by);
      return [{ by: op.by }];
    },
    invert: (_, op) => [{ type: 'increment', by: -op.by }],
    view: (state) => Number(state.total),
    mutate: ({ state, emit }) => ({
      get value() {
        return Number(state.total);
      },
      increment(by) {
        if (!isStep(by)) throw new RangeError(`not a counter step: ${by}`);
        if (by !== 0) emit({ type: 'increment', by });
      },
    }),
    encode: (op: CounterOp, w: Writer) => w.zigzag(op.by),
    decode(r: Reader): CounterOp {
      const by = r.zigzag();
      if (by === 0 || !isStep(by)) throw new DecodeError(`not a counter step: ${by}`);
      return { type: 'increment', by };
    },
    canonical: (state, w) => w.string(state.total.toString()),
  };
}

function isStep(by: number): boolean {
  return Number.isInteger(by) && Math.abs(by) <= MAX_STEP;
}
