import { describe, expect, it } from 'vitest';
import { DecodeError, type Json, Reader } from '../bytes/index.ts';
import { InvalidOp } from '../core/crdt-type.ts';
import { checkLaws } from '../testing/laws.ts';
import { type Random, seededRandom } from '../testing/random.ts';
import { Replicas, testReplicaId } from '../testing/replicas.ts';
import { type RemoveWinsSetOp, removeWinsSetType } from './remove-wins-set.ts';
import type { SetMut } from './set.ts';

const type = removeWinsSetType<Json>();
const values: readonly Json[] = ['red', 'green', 7, 10, { a: 1, b: 2 }, { b: 2, a: 1 }];

function act(mut: SetMut<Json>, random: Random): void {
  if (random.chance(0.4)) mut.remove(random.pick(values));
  else mut.add(random.pick(values));
}

describe('remove-wins set', () => {
  it('keeps the laws', () => {
    checkLaws(type, { act, seeds: 150 });
  });

  it('lets a remove win over a concurrent add, also the remove of what is not there', () => {
    const all = new Replicas(type, 3);
    all.mut(1).remove('red');
    all.mut(2).add('red');
    expect(all.view(2)).toEqual(['red']);
    all.settle(seededRandom(1));
    all.expectConverged();
    expect(all.view(0)).toEqual([]);
    all.mut(0).add('red');
    all.settle(seededRandom(1));
    expect(all.view(1)).toEqual(['red']);
  });

  it('does not bring in what nobody added when a remove is undone', () => {
    const all = new Replicas(type, 1);
    const undo = all.transact(0, (mut) => mut.remove('red'));
    all.emitAll(0, undo);
    expect(all.view(0)).toEqual([]);
  });

  it('keeps the remove of another user when one takes back his own', () => {
    const all = new Replicas(type, 3);
    all.mut(0).add('red');
    all.settle(seededRandom(1));
    const undo = all.transact(1, (mut) => mut.remove('red'));
    all.mut(2).remove('red');
    all.emitAll(1, undo);
    expect(all.view(1)).toEqual(['red']);
    all.settle(seededRandom(1));
    all.expectConverged();
    expect(all.view(0)).toEqual([]);
  });

  it('writes nothing when it adds what is there', () => {
    const all = new Replicas(type, 1);
    all.mut(0).add('red');
    all.mut(0).add('red');
    expect(all.log).toHaveLength(1);
  });

  it('refuses ops on removes and answers that never were, and leaves the state alone', () => {
    const all = new Replicas(type, 1);
    all.mut(0).add('red');
    all.mut(0).remove('red');
    const before = all.canonical(0);
    const [added, removed] = [0, 1].map((seq) => ({ replica: testReplicaId(0), seq })) as [never, never];
    const ops: RemoveWinsSetOp[] = [
      { type: 'add', value: 'red', removes: [removed, added] },
      { type: 'add', value: 'green', removes: [removed] },
      { type: 'restore', value: 'red', removes: [added] },
      { type: 'retract', target: removed },
    ];
    for (const op of ops) expect(() => all.emit(0, op)).toThrow(InvalidOp);
    expect(all.canonical(0)).toBe(before);
  });

  it('refuses bytes that no set writes', () => {
    const decode =
      (...bytes: number[]) =>
      () =>
        type.decode(new Reader(Uint8Array.from(bytes)));
    expect(decode(1, 2)()).toEqual({ type: 'remove', value: true });
    expect(decode(2, 2, 0)).toThrow(DecodeError);
    expect(decode(4, 2)).toThrow(DecodeError);
  });
});
