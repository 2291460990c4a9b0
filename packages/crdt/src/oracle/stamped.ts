import { compareStamps, formatId, type Id, type OpId, type Stamp } from '../core/ids.ts';

/** An op with its place in ≺: all that a naive model is told. */
export interface Stamped<Op> {
  readonly op: Op;
  readonly stamp: Stamp;
}

/** A naive model: the view that a set of ops means. It may be as slow as it likes, but must be obviously right. */
export type Model<Op, View> = (ops: readonly Stamped<Op>[]) => View;

/** The ops in ≺, which is a causal order too: a later op's Lamport time is always greater. */
export function inOrder<Op>(ops: readonly Stamped<Op>[]): readonly Stamped<Op>[] {
  return [...ops].sort((a, b) => compareStamps(a.stamp, b.stamp));
}

export function nameOf(op: Stamped<unknown>): OpId {
  return formatId(op.stamp.id);
}

/** The ids that retracts name. */
export function retracted(
  ops: readonly Stamped<{ readonly type: string; readonly target?: Id }>[],
): ReadonlySet<OpId> {
  return new Set(ops.flatMap(({ op }) => (op.type === 'retract' && op.target ? [formatId(op.target)] : [])));
}

/** The value of the last write in ≺ for each key; what nobody wrote is missing. */
export function lastWrites<V>(writes: readonly { key: string; value: V }[]): Map<string, V> {
  return new Map(writes.map(({ key, value }) => [key, value]));
}

/** A record of what is not null. */
export function present<V>(values: ReadonlyMap<string, V | null>): Record<string, V> {
  const found: [string, V][] = [];
  for (const [key, value] of values) if (value !== null) found.push([key, value]);
  return Object.fromEntries(found);
}

export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
