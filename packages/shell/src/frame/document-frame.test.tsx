// @vitest-environment happy-dom
import { Doc, lww, object, type ReplicaId } from '@concord/crdt';
import { useStatus } from '@concord/react';
import type { Peer, Session, Status } from '@concord/sync';
import { UiProvider } from '@concord/ui';
import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Comments } from '../comments/comments.ts';
import { CommentsContext } from '../comments/use-comments.ts';
import { listRecents } from '../local/recents.ts';
import { modeOf } from '../mode.tsx';
import { type Shell, ShellContext } from '../shell.tsx';
import { type SocialSchema, socialSchema } from '../social/schema.ts';
import { DocumentFrame } from './document-frame.tsx';
import { BarActions, useFrameMenu } from './slots.tsx';

const schema = object({ title: lww('') });

/** Something to watch whose value the test sets. */
function source<T>(value: T) {
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next: T) => {
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const saved: Status = {
  local: 'saved',
  remote: 'live',
  waiting: 0,
  badge: 'saved',
  workOffline: false,
  role: 'editor',
  refusal: null,
  transport: 'WebSocket',
  roundTrip: { p50: 8, p95: 20 },
};
const bo: Peer = { replica: 'b'.repeat(16) as ReplicaId, name: 'Bo', colour: 2, data: null };

let root: Root;
let host: HTMLElement;
let doc: Doc<typeof schema>;
let status: ReturnType<typeof source<Status>>;
let peers: ReturnType<typeof source<readonly Peer[]>>;
let offline: boolean[];
let revealed: unknown[];
let skipped: number;
let appRenders: number;

function App() {
  appRenders++;
  useFrameMenu([{ label: 'Archive', onSelect: () => undefined }]);
  return <BarActions>Zoom</BarActions>;
}

const Page = ({ shell, children }: { shell: Shell; children: ReactNode }) => (
  <ShellContext value={{ ...shell, mode: modeOf(useStatus(shell.session)) }}>
    <CommentsContext value={shell.comments}>
      <DocumentFrame onIdentity={() => undefined}>{children}</DocumentFrame>
    </CommentsContext>
  </ShellContext>
);

beforeEach(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  localStorage.clear();
  doc = new Doc(schema);
  status = source<Status>(saved);
  peers = source<readonly Peer[]>([]);
  offline = [];
  revealed = [];
  skipped = 0;
  appRenders = 0;
  const session = {
    skipStep: () => `Paste${skipped++ === 0 ? '' : ' again'}`,
    doc,
    status,
    presence: {
      peers: peers.get,
      subscribe: peers.subscribe,
      setIdentity: () => undefined,
      setAway: () => undefined,
    },
    setOffline: (chosen: boolean) => offline.push(chosen),
  } as unknown as Session<typeof schema>;
  const social = { ...session, doc: new Doc(socialSchema) } as unknown as Session<SocialSchema>;
  const shell = {
    session,
    social,
    comments: new Comments({ social, person: 'a', self: () => shell.self, open: () => undefined }),
    network: { condition: source('good') },
    app: { whereabouts: { reveal: (_session: unknown, data: unknown) => revealed.push(data) > 0 } },
    address: { kind: 'board', id: 'abc' },
    as: null,
    self: { name: 'Ana', colour: 1 },
    panel: null,
  } as unknown as Shell;
  const app = <App />;
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
  await act(() =>
    root.render(
      <UiProvider>
        <Page shell={shell}>{app}</Page>
      </UiProvider>,
    ),
  );
});
afterEach(async () => {
  await act(() => root.unmount());
  host.remove();
});

const press = (key: string, held: KeyboardEventInit) =>
  act(() => {
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held }),
    );
  });

test('the title is the document’s, in the field, the tab and the recent documents', async () => {
  await act(() => doc.change((edit) => edit.title.set('Plan'), { label: 'Rename' }));
  expect(host.querySelector<HTMLInputElement>('input[aria-label="Title"]')?.value).toBe('Plan');
  expect(document.title).toBe('Plan · Board');
  expect(listRecents()).toMatchObject([{ kind: 'board', id: 'abc', title: 'Plan' }]);
});

test('keys undo and redo, and the buttons name the step', async () => {
  await act(() => doc.change((edit) => edit.title.set('Plan'), { label: 'Rename' }));
  expect(host.querySelector('[aria-label="Undo: Rename"]')).not.toBeNull();
  await press('z', { ctrlKey: true });
  expect(doc.view.title).toBe('');
  await press('Z', { ctrlKey: true, shiftKey: true });
  expect(doc.view.title).toBe('Plan');
});

test('the badge says where the changes are', async () => {
  const badge = () => host.querySelector('[role="status"][aria-label="Save status"]')?.textContent;
  expect(badge()).toBe('Saved');
  await act(() => status.set({ ...saved, remote: 'offline', waiting: 3, badge: 'offline' }));
  expect(badge()).toBe('Offline · 3 waiting');
});

test('people are listed, and the app is not rendered for what happens in the bar', async () => {
  const renders = appRenders;
  await act(() => peers.set([bo]));
  expect(host.querySelector('[aria-label="People here"] [aria-label="Bo"]')).not.toBeNull();
  expect(appRenders).toBe(renders);
});

test('what the app puts into the bar stands there', () => {
  expect(host.querySelector('header')?.textContent).toContain('Zoom');
});

test('a choice made in another tab to work offline is shown here, and can be taken back here', async () => {
  await act(() => status.set({ ...saved, remote: 'offline', badge: 'offline', workOffline: true }));
  const button = [...host.querySelectorAll('button')].find((each) => each.textContent === 'Go online');
  expect(host.textContent).toContain('You chose to work offline');
  await act(() => button?.click());
  expect(offline).toEqual([false]);
  await act(() => status.set(saved));
  expect(host.textContent).not.toContain('You chose to work offline');
});

test('what is not kept on this device, not allowed, or gone from the server is said in so many words', async () => {
  const full = { kind: 'storage-full' } as const;
  await act(() => status.set({ ...saved, local: 'unavailable', problem: full }));
  expect(host.textContent).toContain('New changes are not kept here. Keep this page open');
  const tooLarge = { kind: 'too-large', by: 'edit', bytes: 9_000_000, most: 8_388_544 } as const;
  await act(() => status.set({ ...saved, problem: tooLarge }));
  expect(host.textContent).toContain('(9 MB, 8.4 MB at most). Nothing was changed');
  await act(() => status.set({ ...saved, problem: { ...tooLarge, by: 'revert' } }));
  expect(host.textContent).toContain('differs by too much to be restored in one step (9 MB, 8.4 MB at most)');
  for (const by of ['undo', 'redo'] as const) {
    await act(() => status.set({ ...saved, problem: { ...tooLarge, by } }));
    const again = by === 'undo' ? 'taken back' : 'made again';
    expect(host.textContent).toContain(`too large to be ${again} at once (9 MB, 8.4 MB at most)`);
    const skip = [...host.querySelectorAll('button')].find((each) => each.textContent === 'Skip this step');
    await act(() => skip?.click());
  }
  expect(skipped).toBe(2);
  await vi.waitFor(() =>
    expect(document.body.textContent).toContain('Skipped: Paste again. It stays as it is.'),
  );
  const held = { kind: 'held', why: 'refused', detail: '' } as const;
  await act(() => status.set({ ...saved, problem: held }));
  expect(host.textContent).toContain('kept on this device, with what was made after it');
  await act(() => status.set({ ...saved, role: 'viewer' }));
  expect(host.textContent).toContain('View only');
  expect(host.querySelector('input[aria-label="Title"]')).toBeNull();
  await act(() => status.set({ ...saved, role: 'commenter', waiting: 2 }));
  expect(host.textContent).toContain('Comment only');
  expect(host.textContent).toContain('stay on this device');
  await act(() =>
    status.set({ ...saved, remote: 'offline', refusal: 'erased', problem: { kind: 'erased' } }),
  );
  expect(host.textContent).toContain('erased or reset on the server');
  const buttons = [...host.querySelectorAll('button')].map((button) => button.textContent);
  expect(buttons).toEqual(expect.arrayContaining(['Export my data', 'Remove the copy on this device']));
});

test('whom one follows is kept in view until one acts in the document, or Escape', async () => {
  const at = (data: string): readonly Peer[] => [{ ...bo, data }];
  const frame = () => act(() => new Promise(requestAnimationFrame));
  const open = async (line: string): Promise<void> => {
    const avatar = host.querySelector('[aria-label="People here"] button');
    await act(() => avatar?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })));
    const item = [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find(
      (each) => each.textContent === line,
    );
    await act(() => item?.click());
    await frame();
  };
  await act(() => peers.set(at('card 1')));
  await open('Go to Bo');
  expect(revealed).toEqual(['card 1']);
  await act(() => peers.set(at('card 2')));
  await frame();
  expect(revealed).toEqual(['card 1']);
  await open('Follow Bo');
  await act(() => peers.set(at('card 3')));
  await frame();
  expect(revealed).toEqual(['card 1', 'card 2', 'card 3']);
  expect(host.textContent).toContain('Following Bo');
  await act(() => host.querySelector('header')?.dispatchEvent(new Event('pointerdown', { bubbles: true })));
  expect(host.textContent).toContain('Following Bo');
  await act(() => host.querySelector('#content')?.dispatchEvent(new Event('wheel', { bubbles: true })));
  expect(host.textContent).not.toContain('Following Bo');
  await open('Follow Bo');
  await press('Escape', {});
  await act(() => peers.set(at('card 4')));
  await frame();
  expect(revealed).toEqual(['card 1', 'card 2', 'card 3', 'card 3']);
});
