import { describe, expect, it } from 'vitest';
import { DecodeError, Reader, Writer } from '../bytes/index.ts';
import { checkLaws } from '../testing/laws.ts';
import { seededRandom } from '../testing/random.ts';
import { Replicas } from '../testing/replicas.ts';
import { counterType } from './counter.ts';

const type = counterType();

describe('counter', () => {
  it('keeps the laws', () => {
    checkLaws(type, { act: (mut, random) => mut.increment(random.int(9) - 4) });
  });

  it('adds up what all replicas counted', () => {
    const all = new Replicas(type, 3);
    for (const [i, by] of [5, -2, 4].entries()) all.mut(i).increment(by);
    expect(all.mut(0).value).toBe(5);
    all.settle(seededRandom(1));
    all.expectConverged();
    expect(all.view(0)).toBe(7);
  });

  it('stays exact beyond 2^53, in any order', () => {
    const all = new Replicas(type, 2);
    for (let i = 0; i < 64; i++) all.mut(0).increment(2 ** 48);
    all.mut(0).increment(1);
    for (let i = 0; i < 64; i++) all.mut(0).increment(-(2 ** 48));
    all.settle(seededRandom(1));
    expect(all.view(1)).toBe(1);
  });

  it('refuses steps that are no integers, and writes nothing for zero', () => {
    const all = new Replicas(type, 1);
    for (const by of [0.5, Number.NaN, 2 ** 49]) expect(() => all.mut(0).increment(by)).toThrow(RangeError);
    all.mut(0).increment(0);
    expect(all.log).toHaveLength(0);
    for (const by of [0, 2 ** 49]) {
      const w = new Writer();
      w.zigzag(by);
      expect(() => type.decode(new Reader(w.finish()))).toThrow(DecodeError);
    }
  });
});
