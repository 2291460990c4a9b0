import { expect, it } from 'vitest';
import { compareStamps } from '../../core/ids.ts';
import { treeModel } from '../../oracle/tree.ts';
import { testEnv } from '../../testing/env.ts';
import { forSeeds, type Random } from '../../testing/random.ts';
import { canonicalText, Replicas, replay, type TestOp } from '../../testing/replicas.ts';
import { ROOT, type TreeMut, type TreeOp, type TreePatch } from './op.ts';
import { treeType } from './tree.ts';

const type = treeType();
const names = ['a', 'b', 'c', 'd', 'e', 'f'];

function act(mut: TreeMut, random: Random): void {
  const node = random.pick(names);
  if (random.chance(0.15)) mut.remove(node);
  else mut.move(node, random.pick([ROOT, ...names]), 0);
}

it('takes late moves in batches of any size, with the patches at the end of each', () => {
  let late = 0;
  forSeeds(120, (random) => {
    const all = new Replicas(type, 3);
    for (let step = 0; step < 60; step++) {
      try {
        if (random.chance(0.3)) all.deliverOne(random);
        else act(all.mut(random.int(3)), random);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
      }
    }
    const state = type.create(testEnv());
    const parents: Record<string, string> = {};
    const take = (patches: readonly TreePatch[]): void => {
      for (const patch of patches) {
        if (patch.type !== 'moved') continue;
        expect(parents[patch.node] ?? null).toBe(patch.from);
        parents[patch.node] = patch.to;
      }
    };
    // Replica by replica is the worst of causal orders here: what comes next is as late as can be.
    const order = all.log.toSorted((a, b) => a.author - b.author || a.stamp.id.seq - b.stamp.id.seq);
    const seen: TestOp<TreeOp>[] = [];
    while (order.length > 0) {
      const ready = order.findIndex(({ deps }) =>
        deps.every((n, author) => n <= seen.filter((op) => op.author === author).length),
      );
      const [op] = order.splice(ready, 1) as [TestOp<TreeOp>];
      if (seen.some((other) => compareStamps(other.stamp, op.stamp) > 0)) late++;
      seen.push(op);
      take(type.apply(state, op.op, op.stamp));
      if (random.chance(0.8) && order.length > 0) continue;
      take(type.settle?.(state) ?? []);
      const expected = treeModel(seen);
      const { parent, children } = type.view(state);
      expect({ parent, children }).toEqual({ parent: expected.parent, children: expected.children });
      expect(parents).toEqual(expected.parent);
    }
    expect(canonicalText(type, state)).toBe(canonicalText(type, replay(type, all.log)));
  });
  expect(late).toBeGreaterThan(500);
});
