// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import { leaveBeginning, takeBeginning } from './beginning.ts';

const address = { kind: 'docs', id: 'abc' } as const;
beforeEach(() => sessionStorage.clear());

test('what was left is taken once, by the document that it was left for', () => {
  const text = { type: 'markdown', name: 'Notes', text: '# Notes' } as const;
  expect(leaveBeginning(address, text)).toBe(true);
  expect(takeBeginning({ kind: 'docs', id: 'other' })).toBeNull();
  expect(takeBeginning(address)).toEqual(text);
  expect(takeBeginning(address)).toBeNull();
});

test.each(['', '{', '[]', '{"type":"markdown","name":"a"}', '{"type":"template","name":1,"title":""}'])(
  'rubbish in the storage is nothing: %j',
  (stored) => {
    sessionStorage.setItem('concord.beginning.docs/abc', stored);
    expect(takeBeginning(address)).toBeNull();
  },
);

test('storage that is full or forbidden is said', () => {
  vi.stubGlobal('sessionStorage', {
    setItem: () => {
      throw new Error('quota');
    },
  });
  expect(leaveBeginning(address, { type: 'template', name: 'a', title: 'A' })).toBe(false);
  vi.unstubAllGlobals();
});
