import { expect, test } from 'vitest';
import type { Subject } from './subject.ts';
import type { Thread } from './threads.ts';
import { place } from './use-placed.ts';

const item = (id: string): Subject => ({ type: 'item', id });
const thread = (id: string, ...items: readonly string[]): Thread => ({
  id,
  subjects: items.map(item),
  quote: id,
  resolved: null,
  messages: [],
});
const PLACES: Readonly<Record<string, readonly number[]>> = { a: [0, 4], b: [0, 12], c: [1] };
const find = (subject: Subject) => {
  const order = subject.type === 'item' ? PLACES[subject.id] : undefined;
  return order ? { order, quote: 'now' } : null;
};
const placed = (...threads: readonly Thread[]) =>
  place(threads, find).map(({ thread: { id }, subject }) => [
    id,
    subject?.type === 'item' ? subject.id : null,
  ]);

test('threads stand in the order of the document, those of nothing last', () => {
  expect(
    placed(thread('1', 'gone'), thread('2', 'c'), thread('3', 'b'), thread('4', 'a'), thread('5', 'lost')),
  ).toEqual([
    ['4', 'a'],
    ['3', 'b'],
    ['2', 'c'],
    ['1', null],
    ['5', null],
  ]);
});

test('a thread stands at the newest of its subjects that is to be seen', () => {
  expect(placed(thread('1', 'a', 'b'), thread('2', 'c', 'gone'))).toEqual([
    ['1', 'b'],
    ['2', 'c'],
  ]);
});
