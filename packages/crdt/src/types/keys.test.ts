import { describe, expect, it } from 'vitest';
import { DecodeError, Reader } from '../bytes/index.ts';
import { checkLaws } from '../testing/laws.ts';
import { forSeeds, type Random, seededRandom } from '../testing/random.ts';
import { canonicalText, causalOrders, Replicas, replay } from '../testing/replicas.ts';
import { type KeysMut, keysType } from './keys.ts';

const type = keysType();

function act(mut: KeysMut, random: Random): void {
  const roll = random.next();
  if (roll < 0.3) mut.create();
  else if (roll < 0.6) mut.add(random.pick(['x', 'y', '__proto__']));
  else if (mut.keys().length > 0) mut.remove(random.pick(mut.keys()));
}

describe('keys', () => {
  it('keeps the laws', () => {
    checkLaws(type, { act, seeds: 150 });
  });

  it('makes keys that nobody else makes, from the id of the op', () => {
    const all = new Replicas(type, 3);
    const made = [0, 1, 2, 0].map((i) => all.mut(i).create());
    expect(new Set(made).size).toBe(4);
    all.settle(seededRandom(1));
    all.expectConverged();
    expect(all.view(0)).toEqual([made[0], made[1], made[2], made[3]]);
  });

  it('keeps the order of the first adds, also when a key goes and comes back', () => {
    const all = new Replicas(type, 2);
    const mut = all.mut(0);
    for (const key of ['z', 'a', 'm']) mut.add(key);
    mut.remove('z');
    expect(mut.keys()).toEqual(['a', 'm']);
    mut.add('z');
    expect(mut.keys()).toEqual(['z', 'a', 'm']);
    expect(mut.has('z')).toBe(true);
  });

  it('orders by the smallest add in ≺, whichever arrives first', () => {
    const all = new Replicas(type, 2);
    all.mut(1).add('b');
    all.mut(1).add('a');
    all.mut(0).add('a');
    const views = new Set([...causalOrders(all.log)].map((order) => type.view(replay(type, order)).join()));
    expect(views).toEqual(new Set(['a,b']));
  });

  it('keeps a key that one user removes while another adds it', () => {
    const all = new Replicas(type, 3);
    all.mut(0).add('list');
    all.settle(seededRandom(1));
    all.mut(1).remove('list');
    all.mut(2).add('list');
    all.settle(seededRandom(1));
    all.expectConverged();
    expect(all.view(0)).toEqual(['list']);
  });

  it('gives one result for every causal order of small histories', () => {
    forSeeds(25, (random) => {
      const all = new Replicas(type, 3);
      all.mut(0).add('x');
      all.settle(random);
      for (let step = 0; step < 5; step++) act(all.mut(random.int(3)), random);
      const bytes = new Set(
        [...causalOrders(all.log)].map((order) => canonicalText(type, replay(type, order))),
      );
      expect(bytes.size).toBe(1);
    });
  });

  it('undoes the making of a key after its removal was undone', () => {
    const all = new Replicas(type, 1);
    const undoCreate = all.transact(0, (mut) => void mut.create());
    const undoRemove = all.transact(0, (mut) => mut.remove(mut.keys()[0] ?? ''));
    expect(all.view(0)).toHaveLength(0);
    all.emitAll(0, undoRemove);
    expect(all.view(0)).toHaveLength(1);
    all.emitAll(0, undoCreate);
    expect(all.view(0)).toHaveLength(0);
  });

  it('refuses bytes that no set of keys writes', () => {
    const decode =
      (...bytes: number[]) =>
      () =>
        type.decode(new Reader(Uint8Array.from(bytes)));
    expect(decode(0)()).toEqual({ type: 'add', key: null });
    expect(decode(4)).toThrow(DecodeError);
    expect(decode(2, 2, 97, 0)).toThrow(DecodeError);
  });
});
