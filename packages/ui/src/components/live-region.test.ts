import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAnnouncer } from './live-region.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('speaks at once when it is quiet, then one message per pause', () => {
  const said: string[] = [];
  const announce = createAnnouncer((text) => said.push(text), 1000);
  announce('Ana joined');
  announce('Bo joined');
  expect(said).toEqual(['Ana joined']);
  vi.advanceTimersByTime(1000);
  expect(said).toEqual(['Ana joined', 'Bo joined']);
});

test.each([
  ['keeps the three newest', ['first', 'a', 'b', 'c', 'd'], ['first', 'b', 'c', 'd']],
  ['says the same words once', ['first', 'a', 'b', 'a'], ['first', 'a', 'b']],
])('%s', (_, asked, expected) => {
  const said: string[] = [];
  const announce = createAnnouncer((text) => said.push(text), 1000);
  for (const text of asked) announce(text);
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual(expected);
});

test('is quiet again after a pause', () => {
  const said: string[] = [];
  const announce = createAnnouncer((text) => said.push(text), 1000);
  announce('one');
  vi.advanceTimersByTime(5000);
  announce('two');
  expect(said).toEqual(['one', 'two']);
});
