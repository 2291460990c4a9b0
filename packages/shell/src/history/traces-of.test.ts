import { expect, test } from 'vitest';
import { sentenceOf } from './trace-sentence.ts';
import { type Thing, tracesOf } from './traces-of.ts';

const list = (key: string): Thing => ({ key, name: key.toUpperCase(), group: 'board', look: 0 });
const card = (key: string, group: string): Thing => ({ key, name: key, group, look: 0 });

test('what went to another group says from where to where; within one, its places there', () => {
  const before = [list('todo'), list('done'), card('a', 'todo'), card('b', 'todo'), card('c', 'todo')];
  const after = [list('todo'), list('done'), card('c', 'todo'), card('b', 'todo'), card('a', 'done')];
  const traces = new Map(tracesOf(before, after).map(({ key, ...trace }) => [key, trace]));
  expect(traces.get('a')).toEqual({ kind: 'moved', name: 'a', between: { from: 'TODO', to: 'DONE' } });
  expect([...traces]).toHaveLength(2);
  expect(traces.get('c')).toEqual({ kind: 'moved', name: 'c', within: { from: 3, to: 1, group: 'TODO' } });
});

test('one sentence tells of a move: between lists, within one that has a name or has none, or that it moved', () => {
  const told = (before: readonly Thing[], after: readonly Thing[]) => tracesOf(before, after).map(sentenceOf);
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((key) => card(key, 'rows')) as [Thing, Thing, Thing, Thing];
  expect(told([a, b, c, d], [d, a, b, c])).toEqual(['Moved: d, from 4th to 1st']);
  const within = [card('a', 'todo'), card('b', 'todo'), card('c', 'todo')] as const;
  expect(told([list('todo'), ...within], [list('todo'), within[1], within[2], within[0]])).toEqual([
    'Moved: a, from 1st to 3rd in TODO',
  ]);
  expect(told([a, b, c, d], [d, c])).toEqual(['Moved: d, from 4th to 1st', 'Removed: a', 'Removed: b']);
});

test('a thing that left its order and stands at its old place only moved', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((key) => card(key, 'rows')) as [Thing, Thing, Thing];
  const traces = tracesOf([a, b], [c, b, a]);
  expect(traces.map(sentenceOf)).toEqual(['Added: c', 'Moved: b']);
});
