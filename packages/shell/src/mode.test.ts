// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { loadRole, saveRole } from './local/roles.ts';
import { modeOf } from './mode.tsx';

beforeEach(() => localStorage.clear());

test('the mode is what the relay lets one do, and before it says so what it said the last time', () => {
  expect(modeOf({ role: 'owner', refusal: null })).toBe('edit');
  expect(modeOf({ role: 'commenter', refusal: null }, 'editor')).toBe('comment');
  expect(modeOf({ role: null, refusal: null }, 'viewer')).toBe('view');
  expect(modeOf({ role: null, refusal: null })).toBe('edit');
  expect(modeOf({ role: 'editor', refusal: 'forbidden' })).toBe('view');
});

test('a role is remembered for a document and a person, and what is not a role is none', () => {
  const plan = { kind: 'docs', id: 'plan' } as const;
  saveRole(plan, null, 'viewer');
  saveRole(plan, null, null);
  expect(loadRole(plan, null)).toBe('viewer');
  expect(loadRole(plan, 'Bo')).toBeNull();
  expect(loadRole({ kind: 'docs', id: 'other' }, null)).toBeNull();
  localStorage.setItem('concord.role.docs/plan', '"king"');
  expect(loadRole(plan, null)).toBeNull();
});
