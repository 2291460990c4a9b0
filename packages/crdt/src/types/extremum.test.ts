import { describe, expect, it } from 'vitest';
import { DecodeError, Reader } from '../bytes/index.ts';
import { checkLaws } from '../testing/laws.ts';
import { seededRandom } from '../testing/random.ts';
import { Replicas } from '../testing/replicas.ts';
import { maxType, minType } from './extremum.ts';

describe('max and min', () => {
  it('keep the laws', () => {
    checkLaws(maxType(0), { act: (mut, random) => mut.raise(mut.value + random.int(9) - 2) });
    checkLaws(minType(0), { act: (mut, random) => mut.lower(mut.value - random.next()) });
  });

  it('hold the greatest of concurrent writes, and the least', () => {
    const max = new Replicas(maxType(3), 3);
    const min = new Replicas(minType(3), 3);
    for (const [i, value] of [5, -4, 4].entries()) {
      max.mut(i).raise(value);
      min.mut(i).lower(value);
    }
    for (const all of [max, min]) {
      all.settle(seededRandom(1));
      all.expectConverged();
    }
    expect([max.view(0), min.view(0)]).toEqual([5, -4]);
  });

  it('fall back on what others wrote when the greatest is taken back', () => {
    const all = new Replicas(maxType(0), 2);
    all.mut(1).raise(7);
    const undo = all.transact(0, (mut) => mut.raise(9));
    all.settle(seededRandom(1));
    expect(all.view(1)).toBe(9);
    all.emitAll(0, undo);
    all.settle(seededRandom(1));
    all.expectConverged();
    expect(all.view(1)).toBe(7);
  });

  it('never fall short of the initial value, whatever a peer writes', () => {
    const [max, min] = [new Replicas(maxType(3), 2), new Replicas(minType(3), 2)];
    max.emit(1, { type: 'write', value: 2 });
    min.emit(1, { type: 'write', value: 4 });
    max.settle(seededRandom(1));
    min.settle(seededRandom(1));
    expect([max.view(0), min.view(0)]).toEqual([3, 3]);
  });

  it('write only what surpasses, and only numbers', () => {
    const all = new Replicas(maxType(3), 1);
    all.mut(0).raise(3);
    all.mut(0).raise(2);
    expect(all.log).toHaveLength(0);
    expect(() => all.mut(0).raise(Number.POSITIVE_INFINITY)).toThrow(TypeError);
    const decode =
      (...bytes: number[]) =>
      () =>
        maxType(3).decode(new Reader(Uint8Array.from(bytes)));
    expect(decode(0, 3, 4)()).toEqual({ type: 'write', value: 2 });
    expect(decode(0, 2)).toThrow(DecodeError);
    expect(decode(2, 3, 4)).toThrow(DecodeError);
  });
});
