import { describe, expect, it } from 'vitest';
import { DecodeError, type Json, Reader } from '../bytes/index.ts';
import { InvalidOp } from '../core/crdt-type.ts';
import { formatId, type Stamp } from '../core/ids.ts';
import { checkLaws } from '../testing/laws.ts';
import { forSeeds, type Random, seededRandom } from '../testing/random.ts';
import {
  canonicalText,
  causalOrders,
  Replicas,
  replay,
  type TestOp,
  testReplicaId,
} from '../testing/replicas.ts';
import { type SetMut, type SetOp, setType } from './set.ts';

const type = setType<Json>();
const values: readonly Json[] = ['red', 'green', 7, 10, { a: 1, b: 2 }, { b: 2, a: 1 }];

function act(mut: SetMut<Json>, random: Random): void {
  if (random.chance(0.4)) mut.remove(random.pick(values));
  else mut.add(random.pick(values));
}

/** The obviously right twin: a value is there iff some add of it is named by no remove that still stands. */
function twin(ops: readonly TestOp<SetOp>[]): Set<string> {
  const retracted = new Set(ops.flatMap(({ op }) => (op.type === 'retract' ? [formatId(op.target)] : [])));
  const dead = new Set<string>();
  for (const { op, stamp } of ops) {
    if (op.type === 'remove' && !retracted.has(formatId(stamp.id)))
      for (const add of op.adds) dead.add(formatId(add));
  }
  return new Set(
    ops.flatMap(({ op, stamp }) =>
      op.type === 'add' && !dead.has(formatId(stamp.id)) ? [JSON.stringify(op.value)] : [],
    ),
  );
}

describe('set', () => {
  it('keeps the laws', () => {
    checkLaws(type, { act, seeds: 150 });
  });

  it('equals its naive twin after every op, undo included, and its patches replay to the same values', () => {
    forSeeds(80, (random) => {
      const all = new Replicas(type, 3);
      const seen: TestOp<SetOp>[][] = [[], [], []];
      const mirrors = [0, 1, 2].map(() => new Set<string>());
      const undos: (readonly SetOp[])[][] = [[], [], []];
      all.onApply = (replica, op, patches) => {
        seen[replica]?.push(op);
        const expected = twin(seen[replica] ?? []);
        expect(new Set(all.view(replica).map((value) => JSON.stringify(value)))).toEqual(expected);
        for (const patch of patches) {
          expect(mirrors[replica]?.has(JSON.stringify(patch.value))).toBe(patch.type === 'removed');
          if (patch.type === 'added') mirrors[replica]?.add(JSON.stringify(patch.value));
          else mirrors[replica]?.delete(JSON.stringify(patch.value));
        }
        expect(mirrors[replica]).toEqual(expected);
      };
      for (let step = 0; step < 50; step++) {
        const author = random.int(3);
        const undo = random.chance(0.15) ? undos[author]?.pop() : undefined;
        if (undo) all.emitAll(author, undo);
        else if (random.chance(0.5)) undos[author]?.push(all.transact(author, (mut) => act(mut, random)));
        else all.deliverOne(random);
      }
      all.settle(random);
      all.expectConverged();
    });
  });

  it('gives one result for every causal order of small histories', () => {
    forSeeds(25, (random) => {
      const all = new Replicas(type, 3);
      all.mut(0).add('red');
      all.settle(random);
      for (let step = 0; step < 5; step++) {
        const mut = all.mut(random.int(3));
        if (random.chance(0.5)) mut.add('red');
        else mut.remove('red');
      }
      const bytes = new Set(
        [...causalOrders(all.log)].map((order) => canonicalText(type, replay(type, order))),
      );
      expect(bytes.size).toBe(1);
    });
  });

  it('lets an add win over a concurrent remove, also the add of what is there', () => {
    const all = new Replicas(type, 3);
    all.mut(0).add('red');
    all.settle(seededRandom(1));
    all.mut(1).remove('red');
    all.mut(2).add('red');
    all.settle(seededRandom(1));
    all.expectConverged();
    expect(all.view(0)).toEqual(['red']);
  });

  it('keeps the remove of another user when one takes back his own', () => {
    const all = new Replicas(type, 3);
    all.mut(0).add('red');
    all.settle(seededRandom(1));
    const undo = all.transact(1, (mut) => mut.remove('red'));
    all.mut(2).remove('red');
    all.emitAll(1, undo);
    all.settle(seededRandom(1));
    expect(all.view(0)).toEqual([]);
  });

  it('undoes the add of what a remove and its undo brought back', () => {
    const all = new Replicas(type, 1);
    const undoAdd = all.transact(0, (mut) => mut.add('red'));
    const undoRemove = all.transact(0, (mut) => mut.remove('red'));
    all.emitAll(0, undoRemove);
    expect(all.view(0)).toEqual(['red']);
    all.emitAll(0, undoAdd);
    expect(all.view(0)).toEqual([]);
  });

  it('counts a remove that is retracted twice once', () => {
    const all = new Replicas(type, 2);
    all.mut(0).add('red');
    const undo = all.transact(0, (mut) => mut.remove('red'));
    all.emitAll(0, [...undo, ...undo]);
    expect(all.view(0)).toEqual(['red']);
    all.mut(0).remove('red');
    expect(all.view(0)).toEqual([]);
    all.settle(seededRandom(1));
    all.expectConverged();
  });

  it('sorts its view and takes equal values for one', () => {
    const all = new Replicas(type, 1);
    for (const value of values) all.mut(0).add(value);
    expect(all.view(0)).toEqual([7, 10, { a: 1, b: 2 }, 'green', 'red']);
    expect(all.mut(0).has({ b: 2, a: 1 })).toBe(true);
    expect(all.mut(0).has('blue')).toBe(false);
  });

  it('writes nothing when it removes what is not there', () => {
    const all = new Replicas(type, 1);
    all.mut(0).remove('red');
    expect(all.log).toHaveLength(0);
  });

  it('refuses ops on adds and removes that never were, and leaves the state alone', () => {
    const all = new Replicas(type, 1);
    all.mut(0).add('red');
    const before = all.canonical(0);
    const here = { replica: testReplicaId(0), seq: 0 };
    const nowhere = { replica: testReplicaId(0), seq: 5 };
    const stamp: Stamp = { id: { replica: testReplicaId(1), seq: 0 }, lamport: 2 };
    const ops: SetOp[] = [
      { type: 'remove', value: 'red', adds: [here, nowhere] },
      { type: 'remove', value: 'green', adds: [here] },
      { type: 'retract', target: here },
    ];
    for (const op of ops) expect(() => type.apply(all.state(0), op, stamp)).toThrow(InvalidOp);
    expect(all.canonical(0)).toBe(before);
  });

  it('refuses bytes that no set writes', () => {
    const decode =
      (...bytes: number[]) =>
      () =>
        type.decode(new Reader(Uint8Array.from(bytes)));
    expect(decode(0, 2)()).toEqual({ type: 'add', value: true });
    expect(decode(3, 2)).toThrow(DecodeError);
    expect(decode(1, 2, 0)).toThrow(DecodeError);
    expect(decode(1, 2, 200, 1)).toThrow(DecodeError);
  });
});
