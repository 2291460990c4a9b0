import { expect, test } from 'vitest';
import type { Message, Thread } from '../comments/threads.ts';
import { noticesOf } from './notices.ts';

const ME = { person: 'me', name: 'Ana' };
let count = 0;
const message = (by: string, at: number, text: string, named: Message['named'] = {}): Message => ({
  id: `m${count++}`,
  by,
  at,
  text,
  edited: false,
  named,
});
const thread = (messages: readonly Message[], resolved: Thread['resolved'] = null): Thread => ({
  id: `t${count++}`,
  subjects: [],
  quote: 'Paint',
  resolved,
  messages,
});
const derived = (threads: readonly Thread[]) =>
  noticesOf(threads, ME, (person) => ({ name: person, colour: 0 })).map(({ what, at }) => [what, at]);

test('a name is a mention, whoever takes part; one’s own words are none', () => {
  expect(
    derived([
      thread([message('bo', 1, 'Ask @Ana'), message('me', 2, 'I, @Ana?'), message('bo', 3, '@Ana yes')]),
    ]),
  ).toEqual([
    ['mention', 3],
    ['mention', 1],
  ]);
});

test('who was named under another name is still named; a message that keeps nobody goes by the name', () => {
  expect(
    derived([
      thread([
        message('bo', 1, '@Anna', { me: 'Anna' }),
        message('bo', 2, '@Anna'),
        message('bo', 3, '@Ana'),
      ]),
    ]),
  ).toEqual([
    ['mention', 3],
    ['mention', 1],
  ]);
});

test('what is said after one’s own words is a reply; before them, and elsewhere, it is not', () => {
  expect(
    derived([
      thread([message('bo', 1, 'One'), message('me', 2, 'Two'), message('cy', 3, 'Three')]),
      thread([message('bo', 4, 'Four'), message('cy', 5, 'Five')]),
    ]),
  ).toEqual([['reply', 3]]);
});

test('somebody else’s resolving is told to those who took part', () => {
  const mine = [message('me', 1, 'One')];
  expect(derived([thread(mine, { by: 'bo', at: 9 })])).toEqual([['resolved', 9]]);
  expect(derived([thread(mine, { by: 'me', at: 9 })])).toEqual([]);
  expect(derived([thread([message('bo', 1, 'One')], { by: 'bo', at: 9 })])).toEqual([]);
});

test('a notice has the same id each time, and the newest comes first', () => {
  const threads = [thread([message('bo', 5, '@Ana')]), thread([message('bo', 7, '@Ana')])];
  const ids = () => noticesOf(threads, ME, () => null).map(({ id }) => id);
  expect(ids()).toEqual(ids());
  expect(new Set(ids()).size).toBe(2);
  expect(derived(threads).map(([, at]) => at)).toEqual([7, 5]);
});

test('who has the name of somebody who was meant is not meant', () => {
  expect(
    derived([thread([message('bo', 1, '@Ana', { other: 'Ana' }), message('bo', 2, '@Ana', { cy: 'Cy' })])]),
  ).toEqual([['mention', 2]]);
});
