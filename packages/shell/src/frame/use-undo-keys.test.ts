import { expect, test } from 'vitest';
import { undoIntent } from './use-undo-keys.ts';

const press = (key: string, ...held: ('ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey')[]) => ({
  key,
  ctrlKey: held.includes('ctrlKey'),
  metaKey: held.includes('metaKey'),
  shiftKey: held.includes('shiftKey'),
  altKey: held.includes('altKey'),
});

test.each([
  [press('z', 'ctrlKey'), 'undo'],
  [press('z', 'metaKey'), 'undo'],
  [press('Z', 'ctrlKey', 'shiftKey'), 'redo'],
  [press('Z', 'metaKey', 'shiftKey'), 'redo'],
  [press('y', 'ctrlKey'), 'redo'],
  [press('y', 'metaKey'), null],
  [press('z'), null],
  [press('z', 'ctrlKey', 'altKey'), null],
  [press('z', 'ctrlKey', 'metaKey'), null],
])('%j means %s', (event, intent) => {
  expect(undoIntent(event)).toBe(intent);
});
