// @vitest-environment happy-dom
import { Doc } from '@concord/crdt';
import { toast } from '@concord/ui';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Comments } from '../comments/comments.ts';
import { startThread } from '../comments/threads.ts';
import type { Shell } from '../shell.tsx';
import { socialSchema } from '../social/schema.ts';
import { watch } from './watch.ts';

vi.mock(import('@concord/ui'), async (original) => ({ ...(await original()), toast: vi.fn() }));

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.mocked(toast).mockClear();
});

test('what comes in over a past version is said when one is back, once', () => {
  const social = { doc: new Doc(socialSchema) } as unknown as Shell['social'];
  const self = { name: 'Ana', colour: 1 };
  const comments = new Comments({ social, person: 'me', self: () => self, open: () => undefined });
  let shell = {
    session: { doc: new Doc(socialSchema) },
    social,
    comments,
    self,
    app: {},
    address: { kind: 'board', id: 'abc' },
    as: null,
    panel: null,
    past: {},
  } as unknown as Shell;
  const { feed, close } = watch(() => shell);

  const written = { by: 'bo', at: 1, text: 'Ask @Ana' };
  social.doc.change((root) => startThread(root, { type: 'item', id: 'card' }, 'Paint', written));
  vi.advanceTimersByTime(60_000);
  expect(feed.unread().size).toBe(1);
  expect(toast).not.toHaveBeenCalled();

  shell = { ...shell, past: null };
  vi.advanceTimersByTime(60_000);
  expect(toast).toHaveBeenCalledOnce();
  expect(vi.mocked(toast).mock.calls[0]?.[0]).toMatchObject({ description: 'Ask @Ana' });
  close();
});
