import { expect, test } from 'vitest';
import type { Notice } from './notices.ts';
import { sentence } from './sentence.ts';

const moved = (between?: Notice['between']): string =>
  sentence({
    ...{ id: '1', what: 'moved', by: { name: 'Bo', colour: 1 }, at: 0, quote: 'Milk', text: '' },
    to: { item: 'x' },
    ...(between && { between }),
  });

test('a move says from where and to where, as far as that is known', () => {
  expect(moved()).toBe('Bo moved “Milk”');
  expect(moved({ from: null, to: 'Done' })).toBe('Bo moved “Milk” to “Done”');
  expect(moved({ from: 'Done', to: 'Done' })).toBe('Bo moved “Milk” within “Done”');
  expect(moved({ from: 'To do', to: 'Done' })).toBe('Bo moved “Milk” from “To do” to “Done”');
});
