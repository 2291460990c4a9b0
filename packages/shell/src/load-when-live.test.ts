import type { Status } from '@concord/sync';
import { expect, test } from 'vitest';
import { loadWhenLive } from './load-when-live.ts';

function line(remote: Status['remote']) {
  const listeners = new Set<() => void>();
  return {
    status: {
      get: () => ({ remote }) as Status,
      subscribe: (listener: () => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    set: async (next: Status['remote']) => {
      remote = next;
      for (const listener of [...listeners]) listener();
      await Promise.resolve();
    },
    listeners,
  };
}

test('what cannot be fetched is fetched when the line has been away and is back, and not before', async () => {
  const { status, set, listeners } = line('live');
  let tries = 0;
  const loaded = loadWhenLive({ status }, async () => {
    if (++tries < 3) throw new Error('no network');
    return 'part';
  });
  await Promise.resolve();
  await set('live');
  expect(tries).toBe(1);
  await set('offline');
  expect(tries).toBe(1);
  await set('live');
  await expect.poll(() => tries).toBe(2);
  await set('connecting');
  await set('live');
  expect(await loaded).toBe('part');
  expect(listeners.size).toBe(0);
});
