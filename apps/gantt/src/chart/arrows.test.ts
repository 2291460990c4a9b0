import { expect, it } from 'vitest';
import { arrowPoints, roundedPath } from './arrows.ts';

const at = (x: number, y: number, end: 'start' | 'finish') => ({ x, y, end });
const show = (points: readonly (readonly [number, number])[]): string =>
  points.map((point) => point.join(',')).join(' ');

it.each([
  ['FS with room', at(100, 10, 'finish'), at(200, 46, 'start'), '100,10 110,10 110,46 200,46'],
  [
    'FS without room goes back between the rows',
    at(100, 10, 'finish'),
    at(90, 46, 'start'),
    '100,10 110,10 110,28 80,28 80,46 90,46',
  ],
  ['FS upwards', at(100, 46, 'finish'), at(90, 10, 'start'), '100,46 110,46 110,28 80,28 80,10 90,10'],
  ['SS turns left of both', at(100, 10, 'start'), at(140, 46, 'start'), '100,10 90,10 90,46 140,46'],
  ['FF turns right of both', at(100, 10, 'finish'), at(140, 46, 'finish'), '100,10 150,10 150,46 140,46'],
  ['SF with room', at(100, 10, 'start'), at(50, 46, 'finish'), '100,10 90,10 90,46 50,46'],
])('%s', (_, from, to, expected) => {
  expect(show(arrowPoints(from, to, 36))).toBe(expected);
});

it('corners are round, and never rounder than the way is long', () => {
  expect(
    roundedPath([
      [0, 0],
      [10, 0],
      [10, 4],
    ]),
  ).toBe('M0 0L8 0Q10 0 10 2L10 4');
  expect(roundedPath([])).toBe('');
});
