import { describe, expect, it } from 'vitest';
import { DecodeError, type Json, Reader } from '../bytes/index.ts';
import { compareStamps, type Stamp } from '../core/ids.ts';
import { checkLaws } from '../testing/laws.ts';
import { forSeeds, type Random, seededRandom } from '../testing/random.ts';
import { Replicas, type TestOp } from '../testing/replicas.ts';
import { type MapMut, type MapOp, mapType } from './map.ts';

const type = mapType<Json>();
const keys = ['a', 'b', '__proto__'];

function act(mut: MapMut<Json>, random: Random): void {
  if (random.chance(0.25)) mut.delete(random.pick(keys));
  else mut.set(random.pick(keys), random.pick<Json>([1, 'x', [1, 2], { deep: true }]));
}

/** The obviously right twin: the last of each key's writes in ≺. */
function twin(ops: readonly TestOp<MapOp>[]): [string, Json][] {
  const held = new Map<string, { stamp: Stamp; value: Json }>();
  for (const { op, stamp } of [...ops].sort((a, b) => compareStamps(a.stamp, b.stamp))) {
    held.set(op.key, { stamp, value: op.type === 'set' ? op.value : null });
  }
  return [...held]
    .flatMap(([key, { value }]): [string, Json][] => (value === null ? [] : [[key, value]]))
    .sort();
}

describe('map', () => {
  it('keeps the laws', () => {
    checkLaws(type, { act });
  });

  it('equals its naive twin after every op', () => {
    forSeeds(60, (random) => {
      const all = new Replicas(type, 3);
      const seen: TestOp<MapOp>[][] = [[], [], []];
      all.onApply = (replica, op) => {
        seen[replica]?.push(op);
        expect(Object.entries(all.view(replica))).toEqual(twin(seen[replica] ?? []));
      };
      for (let step = 0; step < 40; step++) {
        if (random.chance(0.5)) act(all.mut(random.int(3)), random);
        else all.deliverOne(random);
      }
      all.settle(random);
    });
  });

  it('deletes by null, and writes nothing where nothing changes', () => {
    const all = new Replicas(type, 1);
    const mut = all.mut(0);
    mut.delete('a');
    mut.set('a', 1);
    mut.set('a', 1);
    mut.set('a', null);
    expect(all.log.map(({ op }) => op.type)).toEqual(['set', 'delete']);
    expect(mut.get('a')).toBeUndefined();
    expect(Object.keys(all.view(0))).toEqual([]);
  });

  it('keeps the identity of values that did not change, and names no key that nobody set', () => {
    const all = new Replicas(type, 2);
    all.mut(0).set('a', { deep: true });
    const before = all.view(0);
    all.mut(1).set('b', 1);
    all.settle(seededRandom(1));
    expect(all.view(0).a).toBe(before.a);
    expect(all.view(0).constructor).toBeUndefined();
    const again = new Replicas(type, 2);
    again.mut(0).set('a', [1]);
    again.mut(1).set('a', [1]);
    const held = again.view(0);
    again.settle(seededRandom(1));
    expect(again.view(0)).toBe(held);
    again.expectConverged();
    again.mut(0).set('b', 1);
    expect(again.view(0).a).toBe(held.a);
  });

  it('refuses bytes that no map writes', () => {
    const decode =
      (...bytes: number[]) =>
      () =>
        type.decode(new Reader(Uint8Array.from(bytes)));
    expect(decode(1, 2, 97)()).toEqual({ type: 'delete', key: 'a' });
    expect(decode(2, 2, 97)).toThrow(DecodeError);
    expect(decode(0, 2, 97, 0)).toThrow(DecodeError);
    expect(decode(0, 2, 97)).toThrow(DecodeError);
  });
});
