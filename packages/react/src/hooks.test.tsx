// @vitest-environment happy-dom
import { Doc, lww, object, type ReplicaId, set } from '@concord/crdt';
import type { Peer } from '@concord/sync';
import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sameFaces, shallowEqual, usePeople, usePerson, useUndo, useView } from './index.ts';

const schema = object({ title: lww(''), labels: set<string>() });

let root: Root;
let host: HTMLElement;
let doc: Doc<typeof schema>;
let renders: number;

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
  doc = new Doc(schema);
  renders = 0;
});
afterEach(async () => {
  await act(() => root.unmount());
  host.remove();
});

const render = (Component: () => ReactNode) => act(() => root.render(<Component />));

test('a view renders again when the picked part changes, and only then', async () => {
  await render(() => {
    renders++;
    return useView({ doc }, (view) => view.title);
  });
  await act(() => doc.change((edit) => edit.title.set('Plan')));
  expect(host.textContent).toBe('Plan');
  expect(renders).toBe(2);
  await act(() => doc.change((edit) => edit.labels.add('urgent')));
  expect(renders).toBe(2);
});

test('a selector that makes a fresh list neither loops nor renders without need', async () => {
  await render(() => {
    renders++;
    const { length } = useView(
      { doc },
      (view) => view.labels.filter((label) => label !== 'old'),
      shallowEqual,
    );
    return length;
  });
  await act(() => doc.change((edit) => edit.title.set('Plan')));
  expect(renders).toBe(1);
  await act(() => doc.change((edit) => edit.labels.add('urgent')));
  expect(host.textContent).toBe('1');
});

test('a change from another replica arrives', async () => {
  await render(() => useView({ doc }).title);
  const other = new Doc(schema);
  const change = other.change((edit) => edit.title.set('Theirs'));
  await act(() => {
    if (change) doc.apply([change.bytes]);
  });
  expect(host.textContent).toBe('Theirs');
});

test('undo names its step, and is off when there is nothing to undo', async () => {
  let undo: (() => string | null) | undefined;
  await render(() => {
    const controls = useUndo({ doc });
    undo = controls.undo;
    return `${controls.canUndo} ${controls.undoLabel} ${controls.canRedo}`;
  });
  expect(host.textContent).toBe('false null false');
  await act(() => doc.change((edit) => edit.title.set('Plan'), { label: 'Rename' }));
  expect(host.textContent).toBe('true Rename false');
  await act(() => {
    expect(undo?.()).toBe('Rename');
  });
  expect(host.textContent).toBe('false null true');
});

interface Watching {
  readonly session: Parameters<typeof usePeople>[0];
  readonly onDraw: () => void;
}

function Names({ session, onDraw }: Watching): ReactNode {
  onDraw();
  return usePeople(session, sameFaces).map(({ name }) => name);
}

function Followed({ session, onDraw }: Watching): ReactNode {
  onDraw();
  return JSON.stringify(usePerson(session, 'Bo'.padEnd(16, '0'))?.data);
}

test('who asks for faces is not rendered again when somebody moves; who follows one person is, for that one', async () => {
  let people: readonly Peer[] = ['Bo', 'Cy'].map((name, colour) => {
    return { replica: name.padEnd(16, '0') as ReplicaId, name, colour, data: { at: 0 } };
  });
  const listeners = new Set<() => void>();
  const presence = {
    peers: () => people,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const tell = (next: readonly Peer[]) =>
    act(() => {
      people = next;
      for (const listener of listeners) listener();
    });
  const having = (name: string, change: Partial<Peer>): readonly Peer[] =>
    people.map((peer) => (peer.name === name ? { ...peer, ...change } : peer));
  let followed = 0;
  const session = { presence };
  await render(() => [
    <Names key="names" session={session} onDraw={() => renders++} />,
    <Followed key="followed" session={session} onDraw={() => followed++} />,
  ]);
  await tell(having('Bo', { data: { at: 1 } }));
  expect([host.textContent, renders, followed]).toEqual(['BoCy{"at":1}', 1, 2]);
  await tell(having('Cy', { data: { at: 2 } }));
  expect([renders, followed]).toEqual([1, 2]);
  await tell(having('Cy', { name: 'Cyd' }));
  expect([host.textContent, renders, followed]).toEqual(['BoCyd{"at":1}', 2, 2]);
  await tell(people.slice(1));
  expect([host.textContent, renders, followed]).toEqual(['Cyd', 3, 3]);
});
