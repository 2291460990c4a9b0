import { expect, test } from 'vitest';
import { blockRule } from './editor/input-rules.ts';
import { numeral } from './rows.ts';
import { typesFor } from './slash.ts';

test('numbers by depth', () => {
  expect([1, 2].map((n) => numeral(n, 0))).toEqual(['1', '2']);
  expect([1, 26, 27, 52, 53].map((n) => numeral(n, 1))).toEqual(['a', 'z', 'aa', 'az', 'ba']);
  expect([1, 4, 9, 14, 40].map((n) => numeral(n, 2))).toEqual(['i', 'iv', 'ix', 'xiv', 'xl']);
});

test('the slash menu finds by name first, then by keyword', () => {
  expect(typesFor('h')[0]).toBe('heading1');
  expect(typesFor('check')).toEqual(['todo']);
  expect(typesFor('heading2')).toEqual(['heading2']);
  expect(typesFor('zzz')).toEqual([]);
  expect(typesFor('')).toHaveLength(11);
});

test('Markdown at the start of a block', () => {
  expect(blockRule('## ')).toEqual({ type: 'heading2' });
  expect(blockRule('[x] ')).toEqual({ type: 'todo', checked: true });
  expect(blockRule('---')).toEqual({ type: 'divider' });
  expect(blockRule('a - ')).toBeNull();
  expect(blockRule('#### ')).toBeNull();
});
