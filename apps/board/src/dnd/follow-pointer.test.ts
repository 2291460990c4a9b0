import { describe, expect, it } from 'vitest';
import { pull } from './follow-pointer.ts';

describe('scrolling near an edge', () => {
  it('is still in the middle, and faster the nearer the edge', () => {
    expect(pull(500, 0, 1000)).toBe(0);
    expect(pull(10, 0, 1000)).toBeLessThan(pull(40, 0, 1000));
    expect(pull(990, 0, 1000)).toBeGreaterThan(pull(960, 0, 1000));
    expect(pull(960, 0, 1000)).toBeGreaterThan(0);
  });
  it('has a fastest speed, beyond the edge too', () => {
    expect(pull(-500, 0, 1000)).toBe(-pull(1500, 0, 1000));
    expect(pull(-500, 0, 1000)).toBe(pull(0, 0, 1000));
  });
  it('leaves a still middle in a box that is small', () => {
    expect(pull(20, 0, 40)).toBe(0);
  });
});
