import { expect, test } from 'vitest';
import { relativeTime } from './relative-time.ts';

const NOW = Date.UTC(2026, 4, 20, 12);

test.each([
  [0, 'now'],
  [59_999, 'now'],
  [-5000, 'now'],
  [60_000, '1 minute ago'],
  [3 * 3_600_000, '3 hours ago'],
  [86_400_000, 'yesterday'],
  [6.9 * 86_400_000, '6 days ago'],
  [7 * 86_400_000, 'May 13, 2026'],
])('%d ms ago reads %j', (age, expected) => {
  expect(relativeTime(NOW - age, NOW, 'en')).toBe(expected);
});
