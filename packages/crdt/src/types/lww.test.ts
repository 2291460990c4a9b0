import { describe, expect, it } from 'vitest';
import type { Json } from '../bytes/index.ts';
import { checkLaws } from '../testing/laws.ts';
import { seededRandom } from '../testing/random.ts';
import { causalOrders, Replicas, replay } from '../testing/replicas.ts';
import { lwwType } from './lww.ts';

describe('lww', () => {
  it('keeps the laws', () => {
    checkLaws(
      lwwType<Json>('first', (value): value is Json => value !== undefined),
      {
        act: (mut, random) =>
          mut.set(random.pick<Json>(['first', 'x', 1, null, { deep: [1] }, { deep: [2] }])),
      },
    );
  });

  it('holds the initial value until somebody writes', () => {
    const all = new Replicas(lwwType('untitled'), 1);
    expect(all.view(0)).toBe('untitled');
    expect(all.mut(0).get()).toBe('untitled');
  });

  it('lets the greatest write in ≺ win, in every order of delivery', () => {
    const type = lwwType<string>('');
    const all = new Replicas(type, 3);
    for (const i of [2, 0, 1]) all.mut(i).set(`from ${i}`);
    const orders = [...causalOrders(all.log)];
    expect(orders).toHaveLength(6);
    for (const order of orders) expect(type.view(replay(type, order))).toBe('from 2');
  });

  it('lets a write win over what its author had seen, whoever wrote it', () => {
    const all = new Replicas(lwwType<string>(''), 2);
    all.mut(1).set('by the greater replica');
    all.settle(seededRandom(1));
    all.mut(0).set('later');
    all.settle(seededRandom(1));
    expect(all.view(1)).toBe('later');
  });

  it('writes nothing if the value is what it holds, and keeps the identity of an equal value', () => {
    const all = new Replicas(lwwType<Json>(null), 2);
    all.mut(0).set(null);
    expect(all.log).toHaveLength(0);
    all.mut(0).set({ a: 1, b: 2 });
    const before = all.view(0);
    all.mut(0).set({ b: 2, a: 1 });
    expect(all.log).toHaveLength(1);
    all.mut(1).set({ a: 1, b: 2 });
    all.settle(seededRandom(1));
    expect(all.view(0)).toBe(before);
    all.expectConverged();
  });

  it('keeps a copy, as its peers will read it', () => {
    const all = new Replicas(lwwType<Json>(null), 1);
    const mine = { list: [1], zero: -0 };
    all.mut(0).set(mine);
    mine.list.push(2);
    expect(all.view(0)).toEqual({ list: [1], zero: 0 });
    expect(() => all.mut(0).set(Number.NaN)).toThrow(TypeError);
    expect(all.log).toHaveLength(1);
  });
});
