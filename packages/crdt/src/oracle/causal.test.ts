import { describe, expect, it } from 'vitest';
import type { Json } from '../bytes/index.ts';
import type { CrdtType } from '../core/crdt-type.ts';
import { testEnv } from '../testing/env.ts';
import { forSeeds, type Random } from '../testing/random.ts';
import { causalOrders, Replicas, replay, type TestOp, viewText } from '../testing/replicas.ts';
import { clockLwwType } from '../types/clock-lww.ts';
import { maxType, minType } from '../types/extremum.ts';
import { disableWinsFlagType, enableWinsFlagType, type FlagMut } from '../types/flag.ts';
import { growOnlyCounterType } from '../types/grow-only-counter.ts';
import { multiValueType } from '../types/multi-value.ts';
import { removeWinsSetType } from '../types/remove-wins-set.ts';
import { type SetMut, setType } from '../types/set.ts';
import * as causal from './causal.ts';

const VALUES: readonly Json[] = ['a', 'b', 1, { c: 2 }];
const sorted = (values: unknown): unknown =>
  Array.isArray(values) ? values.map((value) => JSON.stringify(value)).sort() : values;

/** Holds the views of a type against its definition: at every step of random histories, and in all orders of small ones. */
function judge<State, Op, View, Mut>(
  name: string,
  type: CrdtType<State, Op, View, Mut, unknown>,
  act: (mut: Mut, random: Random) => void,
  model: (ops: readonly TestOp<Op>[]) => unknown,
  look: (view: unknown) => unknown = (view) => view,
): void {
  const expectSame = (view: View, ops: readonly TestOp<Op>[]): void =>
    expect(viewText(look(view))).toBe(viewText(look(model(ops))));

  it(`${name}: is what its definition says, at every step`, () => {
    forSeeds(120, (random) => {
      const all = new Replicas(type, 4);
      const seen: TestOp<Op>[][] = [[], [], [], []];
      all.onApply = (replica, op) => {
        seen[replica]?.push(op);
        expectSame(all.view(replica), seen[replica] ?? []);
      };
      for (let step = 0; step < 50; step++) {
        if (random.chance(0.45)) act(all.mut(random.int(4)), random);
        else all.deliverOne(random);
      }
      all.settle(random);
      all.expectConverged();
    });
  });

  it(`${name}: is that in every order of small histories`, () => {
    forSeeds(40, (random) => {
      const all = new Replicas(type, 3);
      for (let step = 0; step < 9 && all.log.length < 5; step++) {
        if (random.chance(0.7)) act(all.mut(random.int(3)), random);
        else all.deliverOne(random);
      }
      for (const order of causalOrders(all.log)) expectSame(type.view(replay(type, order)), all.log);
    });
  });
}

const actOnSet = (mut: SetMut<Json>, random: Random): void =>
  random.chance(0.45) ? mut.remove(random.pick(VALUES)) : mut.add(random.pick(VALUES));
const actOnFlag = (mut: FlagMut, random: Random): void => (random.chance(0.5) ? mut.enable() : mut.disable());

describe('types against their definitions', () => {
  judge('set', setType<Json>(), actOnSet, causal.addWinsSet, sorted);
  judge('remove-wins set', removeWinsSetType<Json>(), actOnSet, causal.removeWinsSet, sorted);
  judge('enable-wins flag', enableWinsFlagType(), actOnFlag, causal.enableWinsFlag);
  judge('disable-wins flag', disableWinsFlagType(), actOnFlag, causal.disableWinsFlag);
  judge(
    'multi-value register',
    multiValueType<Json>(),
    (mut, random) => mut.set(random.pick(VALUES)),
    causal.multiValue,
  );
  judge(
    'max',
    maxType(3),
    (mut, random) => mut.raise(random.int(12)),
    (ops) => causal.extremum(ops, 'max', 3),
  );
  judge(
    'min',
    minType(3),
    (mut, random) => mut.lower(random.int(12) - 6),
    (ops) => causal.extremum(ops, 'min', 3),
  );
  judge(
    'grow-only counter',
    growOnlyCounterType(),
    (mut, random) => mut.increment(random.int(4)),
    causal.total,
  );
  const clock = clockLwwType<Json>(null);
  let now = 1000;
  judge(
    'lww by clock',
    { ...clock, create: () => clock.create(testEnv(undefined, undefined, () => now)) },
    (mut, random) => {
      now += random.int(7) - 3;
      mut.set(random.pick(VALUES));
    },
    (ops) => causal.latestByClock(ops, null),
  );
});
