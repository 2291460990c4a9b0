import { expect, test } from 'vitest';
import { initials, presenceColour, presenceIndex } from './avatar.tsx';

test.each([
  ['Ana', 'A'],
  ['ana maría lópez', 'AL'],
  ['  Bo  ', 'B'],
  ['🦊 Fox', '🦊F'],
  ['👩‍👩‍👧 Family', '👩‍👩‍👧F'],
  ['', '?'],
])('initials of %j are %j', (name, expected) => {
  expect(initials(name)).toBe(expected);
});

test.each([
  [0, 0],
  [13, 3],
  [-1, 9],
  [2.7, 2],
  [Number.NaN, 9],
])('a colour %d from a peer is the presence colour %d', (colour, index) => {
  expect(presenceIndex(colour)).toBe(index);
  expect(presenceColour(colour)).toBe(`var(--cc-presence-${index})`);
});
