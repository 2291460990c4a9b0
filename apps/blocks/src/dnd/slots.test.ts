import { ROOT } from '@concord/crdt';
import { expect, test } from 'vitest';
import type { Block } from '../page.ts';
import { rowsOf } from '../rows.ts';
import { depthsAt, homeOf, placeAt, rowsWithout, slotAt } from './slots.ts';

const block = (id: string, children: readonly Block[] = [], rest: Partial<Block> = {}): Block => ({
  id,
  type: 'text',
  attrs: {},
  spans: [],
  text: id,
  children,
  ...rest,
});

// a, a > b, a > b > c, d
const rows = rowsOf([block('a', [block('b', [block('c')])]), block('d')]);

test('a dragged block takes what is below it along', () => {
  expect(rowsWithout(rows, 'b').map((row) => row.block.id)).toEqual(['a', 'd']);
});

test('a gap takes blocks as deep as the row below, and one deeper than the row above', () => {
  const others = rowsWithout(rows, 'd');
  expect(depthsAt(others, 0)).toEqual({ min: 0, max: 0 });
  expect(depthsAt(others, 1)).toEqual({ min: 1, max: 1 });
  expect(depthsAt(others, 3)).toEqual({ min: 0, max: 3 });
});

test('nothing goes into a divider or a folded block', () => {
  const line = rowsOf([block('x', [], { type: 'divider' }), block('y')]);
  expect(depthsAt(rowsWithout(line, 'y'), 1).max).toBe(0);
  const folded = rowsOf([block('x', [block('in')], { attrs: { collapsed: true } }), block('y')]);
  expect(depthsAt(rowsWithout(folded, 'y'), 1).max).toBe(0);
});

test('the slot where a block stands means the place where it stands', () => {
  for (const { block: each, parent } of rows) {
    const place = placeAt(rowsWithout(rows, each.id), homeOf(rows, each.id));
    expect(place.parent).toBe(parent);
  }
});

test('each depth of a gap is another parent', () => {
  const others = rowsWithout(rows, 'd');
  expect([0, 1, 2, 3].map((depth) => placeAt(others, slotAt(others, 3, depth)))).toEqual([
    { parent: ROOT, after: 'a' },
    { parent: 'a', after: 'b' },
    { parent: 'b', after: 'c' },
    { parent: 'c', after: null },
  ]);
  expect(slotAt(others, 99, 99)).toEqual({ gap: 3, depth: 3 });
});
