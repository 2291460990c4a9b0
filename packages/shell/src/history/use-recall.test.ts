import { describe, expect, it, test } from 'vitest';
import { inTurns, wayBack } from './use-recall.ts';

describe('the way to what stands before a moment', () => {
  it('goes up to it, ends with the eight before it and what those are compared with', () => {
    const way = wayBack(1000);
    expect(way).toEqual([...way].sort((a, b) => a - b));
    expect(way.slice(-9)).toEqual([991, 992, 993, 994, 995, 996, 997, 998, 999]);
    expect(way.length).toBeLessThanOrEqual(12 + 9);
    expect(way.length).toBeGreaterThan(6 + 9);
  });

  it('is the same way from near by', () => {
    expect(wayBack(999).slice(0, 8)).toEqual(wayBack(1000).slice(0, 8));
  });

  it('is each moment once where there are few', () => {
    expect(wayBack(3)).toEqual([0, 1, 2]);
    expect(wayBack(0)).toEqual([]);
  });
});

test('what takes long is done in turns, and is given up by who moves on', () => {
  let waiting: (() => void) | null = null;
  const rest = (run: () => void) => {
    waiting = run;
    return () => {
      waiting = null;
    };
  };
  const turns = (
    steps: number,
    slice: number,
  ): { readonly done: () => number; readonly stop: () => void } => {
    let finished = 0;
    const stop = inTurns(
      Array.from({ length: steps }).values() as Iterator<void>,
      rest,
      () => finished++,
      slice,
    );
    return { done: () => finished, stop };
  };
  // Nothing to wait for: it is done at once.
  expect([turns(3, 1e6).done(), waiting]).toEqual([1, null]);
  const long = turns(3, 0);
  for (let turn = 0; turn < 3; turn++) {
    expect(long.done()).toBe(0);
    const run = waiting as (() => void) | null;
    waiting = null;
    run?.();
  }
  expect([long.done(), waiting]).toEqual([1, null]);
  const left = turns(3, 0);
  left.stop();
  expect([left.done(), waiting]).toEqual([0, null]);
});
