import type { Json } from '../bytes/index.ts';
import { compareStamps } from '../core/ids.ts';
import type { TestOp } from '../testing/replicas.ts';

/*
 * What registers, sets and flags mean, said with nothing but "happened before": the definitions of the papers, without
 * the ids that ops name and without undo. `deps[i]` of an op is how many ids of replica i its author had seen.
 */

type Ops<Op> = readonly TestOp<Op>[];

function happenedBefore(a: TestOp<unknown>, b: TestOp<unknown>): boolean {
  return a.stamp.id.seq < (b.deps[a.author] ?? 0);
}

interface MemberOp {
  readonly type: string;
  readonly value?: Json;
}

const isAdd = ({ op }: TestOp<MemberOp>): boolean => op.type === 'add';
const isRemove = ({ op }: TestOp<MemberOp>): boolean => op.type === 'remove';

/** Shapiro et al. 2011: there iff some add of it happened before no remove of it. */
function isAddWinsMember(about: Ops<MemberOp>): boolean {
  return about.some((add) => isAdd(add) && !about.some((op) => isRemove(op) && happenedBefore(add, op)));
}

/** Baquero et al. 2017: there iff it was added, and every remove of it happened before some add of it. */
function isRemoveWinsMember(about: Ops<MemberOp>): boolean {
  const answered = (remove: TestOp<MemberOp>): boolean =>
    about.some((op) => isAdd(op) && happenedBefore(remove, op));
  return about.some(isAdd) && about.filter(isRemove).every(answered);
}

function members(ops: Ops<MemberOp>, isMember: (about: Ops<MemberOp>) => boolean): readonly Json[] {
  const byValue = new Map<string, Ops<MemberOp>>();
  for (const op of ops) {
    const key = JSON.stringify(op.op.value);
    byValue.set(key, [...(byValue.get(key) ?? []), op]);
  }
  return [...byValue].filter(([, about]) => isMember(about)).map(([key]) => JSON.parse(key) as Json);
}

/** In no particular order. */
export const addWinsSet = (ops: Ops<MemberOp>): readonly Json[] => members(ops, isAddWinsMember);
/** In no particular order. */
export const removeWinsSet = (ops: Ops<MemberOp>): readonly Json[] => members(ops, isRemoveWinsMember);

export const enableWinsFlag = (ops: Ops<MemberOp>): boolean => isAddWinsMember(ops);
export const disableWinsFlag = (ops: Ops<MemberOp>): boolean => isRemoveWinsMember(ops);

/** The values of the writes that happened before no other write, in ≺, equal ones once. */
export function multiValue(ops: Ops<{ readonly values: readonly Json[] }>): readonly Json[] {
  const last = ops.filter((op) => !ops.some((other) => happenedBefore(op, other)));
  const texts = last
    .toSorted((a, b) => compareStamps(a.stamp, b.stamp))
    .flatMap(({ op }) => op.values.map((value) => JSON.stringify(value)));
  return [...new Set(texts)].map((text) => JSON.parse(text) as Json);
}

/** `initial` and all writes, the best of them. */
export function extremum(
  ops: Ops<{ readonly type: string; readonly value?: number }>,
  pick: 'max' | 'min',
  initial: number,
): number {
  return Math[pick](initial, ...ops.map(({ op }) => op.value ?? initial));
}

export function total(ops: Ops<{ readonly type: string; readonly by?: number }>): number {
  return ops.reduce((sum, { op }) => sum + (op.by ?? 0), 0);
}

/** The write with the latest clock; the count, then ≺, where clocks are equal. */
export function latestByClock<T>(
  ops: Ops<{ readonly value: T; readonly time: { readonly at: number; readonly count: number } }>,
  initial: T,
): T {
  const [last] = ops.toSorted(
    (a, b) =>
      b.op.time.at - a.op.time.at || b.op.time.count - a.op.time.count || compareStamps(b.stamp, a.stamp),
  );
  return last === undefined ? initial : last.op.value;
}
