import { describe, expect, it } from 'vitest';
import { wayBack } from './use-recall.ts';

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
