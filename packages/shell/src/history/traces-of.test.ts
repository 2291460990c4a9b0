import { expect, test } from 'vitest';
import { type Thing, tracesOf } from './traces-of.ts';

const list = (key: string): Thing => ({ key, name: key.toUpperCase(), group: 'board', look: 0 });
const card = (key: string, group: string): Thing => ({ key, name: key, group, look: 0 });

test('what went to another group says from where to where; within one it only moved', () => {
  const before = [list('todo'), list('done'), card('a', 'todo'), card('b', 'todo'), card('c', 'todo')];
  const after = [list('todo'), list('done'), card('c', 'todo'), card('b', 'todo'), card('a', 'done')];
  const traces = new Map(tracesOf(before, after).map(({ key, ...trace }) => [key, trace]));
  expect(traces.get('a')).toEqual({ kind: 'moved', name: 'a', between: { from: 'TODO', to: 'DONE' } });
  expect([...traces.values()].filter(({ between }) => between === undefined)).toMatchObject([
    { kind: 'moved' },
  ]);
});
