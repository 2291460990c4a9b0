import { DOCUMENT_KINDS } from '@concord/shell/local';
import { expect, test } from 'vitest';
import { whatIs } from './what-is.ts';

test.each([
  ['notes.md', { type: 'markdown', title: 'notes', kinds: ['docs', 'blocks'] }],
  ['a.b.TXT', { type: 'markdown', title: 'a.b', kinds: ['docs', 'blocks'] }],
  ['Fair.board.concord', { type: 'document', title: 'Fair', kinds: ['board'] }],
  ['Fair.concord', { type: 'document', title: 'Fair', kinds: DOCUMENT_KINDS }],
  ['v1.final.concord', { type: 'document', title: 'v1.final', kinds: DOCUMENT_KINDS }],
  ['picture.png', null],
  ['.md', null],
  ['', null],
])('%j', (name, expected) => {
  expect(whatIs(name)).toEqual(expected);
});
