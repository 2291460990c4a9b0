import { expect, test } from 'vitest';
import { movedIn } from './moved.ts';

test('only what was moved counts, not what made room for it', () => {
  const order = ['a', 'b', 'c', 'd', 'e'];
  expect([...movedIn(order, ['b', 'c', 'd', 'a', 'e'])]).toEqual(['a']);
  expect([...movedIn(order, ['e', 'a', 'b', 'c', 'd'])]).toEqual(['e']);
  expect([...movedIn(order, ['a', 'x', 'b', 'd', 'e'])]).toEqual([]);
  expect(movedIn(order, ['e', 'd', 'c', 'b', 'a']).size).toBe(4);
  expect(movedIn([], ['a']).size).toBe(0);
});
