import type { TextPatch } from '@concord/crdt';
import { describe, expect, it } from 'vitest';
import { carryOffset, editBetween, type TextEdit } from './text-edit.ts';

const apply = (text: string, { index, removed, inserted }: TextEdit): string =>
  text.slice(0, index) + inserted + text.slice(index + removed);

describe('editBetween', () => {
  it('finds typing, deleting and replacing', () => {
    expect(editBetween('ab', 'aXb', 2)).toEqual({ index: 1, removed: 0, inserted: 'X' });
    expect(editBetween('abc', 'ac', 1)).toEqual({ index: 1, removed: 1, inserted: '' });
    expect(editBetween('one two', 'one 2', 5)).toEqual({ index: 4, removed: 3, inserted: '2' });
    expect(editBetween('same', 'same', 4)).toBeNull();
  });
  it('asks the caret which of two equal letters is the new one', () => {
    expect(editBetween('aa', 'aaa', 1)).toEqual({ index: 0, removed: 0, inserted: 'a' });
    expect(editBetween('aa', 'aaa', 2)).toEqual({ index: 1, removed: 0, inserted: 'a' });
    expect(editBetween('aa', 'aaa', 3)).toEqual({ index: 2, removed: 0, inserted: 'a' });
  });
  it('takes whole surrogate pairs', () => {
    expect(editBetween('x😀', 'x😁', 3)).toEqual({ index: 1, removed: 2, inserted: '😁' });
    const swap = editBetween('😀', '🤀', 2); // the two share their low surrogate
    expect(swap).toEqual({ index: 0, removed: 2, inserted: '🤀' });
  });
  it('always gives what was typed, wherever the caret says it is', () => {
    const words = ['', 'a', 'aa', 'ab', 'ba', 'aab', 'abab', 'baab'];
    for (const before of words)
      for (const after of words)
        for (let caret = 0; caret <= after.length; caret++) {
          const edit = editBetween(before, after, caret);
          expect(edit ? apply(before, edit) : before).toBe(after);
        }
  });
});

describe('carryOffset', () => {
  const insert = (index: number, text: string): TextPatch => ({
    type: 'insert',
    index,
    spans: [{ type: 'text', text, marks: {} }],
  });
  it('moves with what others insert and delete before it', () => {
    expect(carryOffset(5, [insert(0, 'abc')])).toBe(8);
    expect(carryOffset(5, [insert(5, 'abc')])).toBe(5);
    expect(carryOffset(5, [{ type: 'delete', index: 1, count: 2 }])).toBe(3);
    expect(carryOffset(5, [{ type: 'delete', index: 3, count: 9 }])).toBe(3);
    expect(carryOffset(5, [insert(0, 'ab'), { type: 'delete', index: 0, count: 1 }])).toBe(6);
  });
});
