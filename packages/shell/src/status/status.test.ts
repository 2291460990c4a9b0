import type { Status } from '@concord/sync';
import { expect, test } from 'vitest';
import { meaningOf } from './meaning.ts';
import { savedAt, watchSaved } from './saved-at.ts';
import { words } from './words.ts';

const saved: Status = {
  local: 'saved',
  remote: 'live',
  waiting: 0,
  badge: 'saved',
  workOffline: false,
  role: 'editor',
  refusal: null,
  transport: 'WebSocket',
  roundTrip: null,
};

test('no sentence speaks of a copy on this device that is not there', () => {
  const onDevice = /on this device/;
  expect(meaningOf(saved)).toMatch(onDevice);
  for (const badge of ['saved', 'offline', 'not-saved'] as const)
    expect(meaningOf({ ...saved, local: 'unavailable', badge })).not.toMatch(
      /and on this device|kept on this/,
    );
  expect(meaningOf({ ...saved, badge: 'offline', remote: 'offline', waiting: 3 })).toBe(words.offline);
});

test('what the server does not take is not promised to go there', () => {
  const waiting: Status = { ...saved, badge: 'saved-here', waiting: 2 };
  expect(meaningOf(waiting)).toBe(words.savedHere);
  expect(meaningOf({ ...waiting, role: 'viewer' })).toBe(words.refused);
  expect(meaningOf({ ...waiting, refusal: 'erased' })).toBe(words.refused);
});

test('the last time that everything was on the server is kept when it no longer is', () => {
  let status: Status = { ...saved, waiting: 1 };
  let changed = (): void => undefined;
  let now = 1000;
  const session = {
    status: {
      get: () => status,
      subscribe: (listener: () => void) => {
        changed = listener;
        return () => true;
      },
    },
  };
  const set = (next: Status): void => {
    status = next;
    changed();
  };
  watchSaved(session, () => now);
  expect(savedAt(session)).toBeNull();
  now = 2000;
  set(saved);
  set({ ...saved, waiting: 2 });
  now = 3000;
  set({ ...saved, waiting: 3, remote: 'offline' });
  expect(savedAt(session, () => now)).toBe(2000);
});
