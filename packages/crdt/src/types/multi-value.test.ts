import { describe, expect, it } from 'vitest';
import { DecodeError, type Json, Reader } from '../bytes/index.ts';
import { checkLaws } from '../testing/laws.ts';
import { type Random, seededRandom } from '../testing/random.ts';
import { causalOrders, Replicas, replay } from '../testing/replicas.ts';
import { type MultiValueMut, multiValueType } from './multi-value.ts';

const type = multiValueType<Json>();
const act = (mut: MultiValueMut<Json>, random: Random): void =>
  mut.set(random.pick<Json>([1, 'x', [1, 2], { deep: true }, null]));

describe('multi-value register', () => {
  it('keeps the laws', () => {
    checkLaws(type, { act });
  });

  it('shows all concurrent values in ≺, until somebody writes over them', () => {
    const all = new Replicas(type, 3);
    all.mut(2).set('c');
    all.mut(0).set('a');
    all.mut(1).set('b');
    all.settle(seededRandom(1));
    all.expectConverged();
    expect(all.view(0)).toEqual(['a', 'b', 'c']);
    all.mut(1).set('d');
    all.settle(seededRandom(1));
    expect(all.view(2)).toEqual(['d']);
  });

  it('shows equal values once, and writes nothing that shows alone', () => {
    const all = new Replicas(type, 2);
    for (const i of [0, 1]) all.mut(i).set({ same: true });
    all.settle(seededRandom(1));
    expect(all.view(0)).toEqual([{ same: true }]);
    all.mut(0).set({ same: true });
    expect(all.log).toHaveLength(2);
  });

  it('undo brings back all that a write had replaced, and replaces what is there then', () => {
    const all = new Replicas(type, 2);
    for (const i of [0, 1]) all.mut(i).set(i);
    all.settle(seededRandom(1));
    const undo = all.transact(0, (mut) => mut.set('chosen'));
    all.settle(seededRandom(1));
    all.mut(1).set('later');
    all.settle(seededRandom(1));
    all.emitAll(0, undo);
    all.settle(seededRandom(1));
    all.expectConverged();
    expect(all.view(1)).toEqual([0, 1]);
  });

  it('does not care about the order even if a write replaces one that comes later', () => {
    const all = new Replicas(type, 3);
    all.mut(0).set('a');
    const { id } = all.log[0]?.stamp ?? expect.fail();
    const liar = {
      ...(all.log[0] ?? expect.fail()),
      author: 1,
      op: { type: 'set', values: ['l'], over: [id] },
    } as const;
    const lie = {
      ...liar,
      stamp: { id: { ...id, replica: 'f'.repeat(16) as typeof id.replica }, lamport: 1 },
    };
    const views = [
      [...all.log, lie],
      [lie, ...all.log],
    ].map((order) => type.view(replay(type, order)));
    expect(views).toEqual([['l'], ['l']]);
    expect([...causalOrders(all.log)]).toHaveLength(1);
  });

  it('refuses bytes that no register writes', () => {
    const decode =
      (...bytes: number[]) =>
      () =>
        type.decode(new Reader(Uint8Array.from(bytes)));
    expect(decode(1, 2, 0)()).toEqual({ type: 'set', values: [true], over: [] });
    expect(decode(0, 0)).toThrow(DecodeError);
    expect(decode(200, 1, 0)).toThrow(DecodeError);
  });
});
