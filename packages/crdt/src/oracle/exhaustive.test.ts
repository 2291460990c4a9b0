import { describe, test } from 'vitest';
import type { Json } from '../bytes/index.ts';
import type { CrdtType } from '../core/crdt-type.ts';
import { testEnv } from '../testing/env.ts';
import { seededRandom } from '../testing/random.ts';
import { canonicalText, causalOrders, Replicas, testReplicaId, viewText } from '../testing/replicas.ts';
import { counterType } from '../types/counter.ts';
import { dagType } from '../types/dag/dag.ts';
import { keysType } from '../types/keys.ts';
import { lwwType } from '../types/lww.ts';
import { mapType } from '../types/map.ts';
import { placementType } from '../types/placement/placement.ts';
import { setType } from '../types/set.ts';
import { textType } from '../types/text/index.ts';
import { TRASH } from '../types/tree/op.ts';
import { treeType } from '../types/tree/tree.ts';
import { dagModel } from './dag.ts';
import { placementModel } from './placement.ts';
import { counterModel, keysModel, lwwModel, mapModel, setModel } from './registers.ts';
import type { Model } from './stamped.ts';
import { textModel } from './text.ts';
import { treeModel } from './tree.ts';

/** How many pairs of edits for three replicas each type is tried with, of the many that its menu has. */
const PAIRS = Number(process.env.ORACLE_PAIRS ?? 40);

type Edit<Mut> = (mut: Mut) => void;

/**
 * Three replicas that start from one base and do one edit each from the menu, every combination; then two edits each,
 * the second perhaps the undo of the first, perhaps after hearing of the others', a sample of combinations. Each
 * history is delivered in all causal orders, and on the way equal sets of ops must give equal bytes and the model's view.
 */
function tryAll<State, Op, View, Mut, Patch>(
  type: CrdtType<State, Op, View, Mut, Patch>,
  model: Model<Op, View>,
  base: Edit<Mut>,
  menu: readonly Edit<Mut>[],
): void {
  type All = Replicas<State, Op, View, Mut, Patch>;
  const begin = (): All => {
    const all = new Replicas(type, 3);
    base(all.mut(0));
    all.settle(seededRandom(0));
    return all;
  };
  const name = type.kind;
  test(`${name}: one edit each`, () => {
    for (const first of menu.keys()) {
      for (const second of menu.keys()) {
        for (const third of menu.keys()) {
          const all = begin();
          for (const [replica, choice] of [first, second, third].entries())
            all.transact(replica, menu[choice] as Edit<Mut>);
          named(`edits ${first}, ${second}, ${third}`, () => expectOneMeaning(all, model));
        }
      }
    }
  });
  test(`${name}: two edits each`, () => {
    for (let seed = 1; seed <= PAIRS; seed++) {
      const random = seededRandom(seed);
      const all = begin();
      const undos = [0, 1, 2].map((replica) => all.transact(replica, tolerant(random.pick(menu))));
      const heard = random.chance(0.5) ? 2 : 0;
      for (let n = random.int(1 + heard); n > 0; n--) all.deliverOne(random);
      for (const [replica, undo] of undos.entries()) {
        if (random.chance(0.3)) all.emitAll(replica, undo);
        else all.transact(replica, tolerant(random.pick(menu)));
      }
      named(`seed ${seed}`, () => expectOneMeaning(all, model));
    }
  });
}

/** Equal sets of ops mean the same, in whatever order they came: that of the model. */
function expectOneMeaning<State, Op, View, Mut, Patch>(
  { type, log }: Replicas<State, Op, View, Mut, Patch>,
  model: Model<Op, View>,
): void {
  const known = new Map<string, string>();
  let orders = 0;
  for (const order of causalOrders(log)) {
    if (++orders > 100) break;
    const state = type.create(testEnv());
    let came: string[] = [];
    for (const [i, entry] of order.entries()) {
      type.apply(state, entry.op, entry.stamp);
      came = [...came, `${entry.stamp.id.seq}@${entry.author}`].sort();
      const bytes = canonicalText(type, state);
      const before = known.get(came.join());
      if (before === undefined) {
        known.set(came.join(), bytes);
        const due = viewText(model(order.slice(0, i + 1)));
        const is = viewText(type.view(state));
        if (is !== due) throw new Error(`${is} instead of ${due}, after ${came}`);
      } else if (before !== bytes)
        throw new Error(
          `two states after ${came}, one came in the order ${order.map((o) => `${o.stamp.id.seq}@${o.author}`)}`,
        );
    }
  }
}

function named(what: string, body: () => void): void {
  try {
    body();
  } catch (error) {
    throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
  }
}

// No Mut makes equal positions, but a cloned replica might.
test('placement: entities at one position', () => {
  const all = new Replicas(placementType(), 3);
  const position = [{ digit: 1, site: testReplicaId(0), counter: 0, offset: 0 }];
  for (const [replica, entity] of ['b', 'a', 'c'].entries()) {
    all.emit(replica, { type: 'place', entity, at: { parent: 'l', position } });
  }
  expectOneMeaning(all, placementModel);
});

/** An edit that finds nothing to do any more does nothing. */
function tolerant<Mut>(edit: Edit<Mut>): Edit<Mut> {
  return (mut) => {
    try {
      edit(mut);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  };
}

describe('all orders of delivery', () => {
  tryAll(textType(), textModel, (text) => text.insert(0, 'abc'), [
    (text) => text.insert(1, 'x'),
    (text) => text.insert(2, 'yz'),
    (text) => text.insert(0, 'w'),
    (text) => text.delete(1, 1),
    (text) => text.delete(0, 2),
    (text) => text.mark(0, 2, 'bold', true),
    (text) => text.mark(1, 3, 'bold', null),
    (text) => text.insertBlock(1, { type: 'p' }),
  ]);
  tryAll(
    placementType(),
    placementModel,
    (places) => {
      for (const entity of ['a', 'b', 'c']) places.place(entity, 'l', 0);
    },
    [
      (places) => places.place('a', 'l', 0),
      (places) => places.place('a', 'm', 0),
      (places) => places.place('b', 'l', 1),
      (places) => places.place('new', 'l', 1),
      (places) => places.remove('a'),
      (places) => places.place('c', 'm', 0),
    ],
  );
  tryAll(
    treeType(),
    treeModel,
    (tree) => {
      for (const node of ['a', 'b', 'c']) tree.move(node, '', 0);
    },
    [
      (tree) => tree.move('a', 'b', 0),
      (tree) => tree.move('b', 'c', 0),
      (tree) => tree.move('c', 'a', 0),
      (tree) => tree.move('b', 'a', 0),
      (tree) => tree.move('a', '', 2),
      (tree) => tree.remove('b'),
      (tree) => tree.move('new', tree.parentOf('a') === TRASH ? '' : 'a', 0),
    ],
  );
  tryAll(
    dagType(),
    dagModel,
    (dag) => {
      dag.add('a', 'b', 'FS');
    },
    [
      (dag) => dag.add('b', 'c', 'FS'),
      (dag) => dag.add('c', 'a', 'FS'),
      (dag) => dag.add('b', 'a', 'SS'),
      (dag) => dag.add('b', 'a', 'SF'),
      (dag) => dag.remove(dag.edges()[0]?.id ?? dag.add('a', 'b', 'FF')),
      (dag) => dag.removeNode('b'),
      (dag) => dag.restoreNode('b'),
    ],
  );
  tryAll(lwwType<Json>('none'), lwwModel('none'), (lww) => lww.set('base'), [
    (lww) => lww.set('x'),
    (lww) => lww.set('y'),
    (lww) => lww.set('none'),
    (lww) => lww.set('base'),
  ]);
  tryAll(mapType<Json>(), mapModel, (map) => map.set('a', 1), [
    (map) => map.set('a', 2),
    (map) => map.delete('a'),
    (map) => map.set('b', 1),
    (map) => map.set('__proto__', 1),
  ]);
  tryAll(setType<Json>(), setModel, (set) => set.add('a'), [
    (set) => set.add('a'),
    (set) => set.remove('a'),
    (set) => set.add(1),
    (set) => set.add('b'),
  ]);
  tryAll(keysType(), keysModel, (keys) => keys.add('a'), [
    (keys) => keys.add('a'),
    (keys) => keys.remove('a'),
    (keys) => keys.add('b'),
    (keys) => void keys.create(),
  ]);
  tryAll(counterType(), counterModel, (counter) => counter.increment(1), [
    (counter) => counter.increment(1),
    (counter) => counter.increment(-2),
  ]);
});
