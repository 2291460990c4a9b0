// @vitest-environment happy-dom
import { saveUndo } from '@concord/crdt';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from './store.ts';
import { indexedDbStore } from './stores/indexed-db.ts';
import { memoryStore } from './stores/memory.ts';
import { browser, type Open, open, settled } from './testing/session-parts.ts';

const stores: readonly (readonly [string, () => Store])[] = [
  ['memory', memoryStore],
  ['IndexedDB', () => indexedDbStore({ name: `undo-${Math.random()}` })],
];

/** A step of its own, whatever the time. */
function say({ doc }: Open, word: string): void {
  doc.change((root) => root.words.add(word), { label: `say ${word}` });
  doc.closeUndoStep();
}

const labels = ({ doc }: Open): unknown => [doc.undoLabel, doc.redoLabel];

describe.each(stores)('undo and a store (%s)', (_name, make) => {
  beforeEach(() => sessionStorage.clear());

  it('[D31] steps to undo and to redo are there after a reload, a second one too', async () => {
    const store = make();
    let session = await open({ store });
    for (const word of ['one', 'two', 'three']) say(session, word);
    session.doc.undo();
    for (let reloads = 0; reloads < 2; reloads++) {
      await session.close();
      session = await open({ store });
      expect(labels(session)).toEqual(['say two', 'say three']);
    }
    session.doc.redo();
    expect(session.doc.view.words).toEqual(['one', 'three', 'two']);
    while (session.doc.canUndo) session.doc.undo();
    expect(session.doc.view.words).toEqual([]);
    await session.close();
  });

  it('[D31] a tab never gets the steps of one that still lives', async () => {
    const store = make();
    const { tabs } = browser();
    const ana = await open({ store, tabs });
    say(ana, 'here');
    await settled();
    const beside = await open({ store, tabs });
    expect(labels(beside)).toEqual([null, null]);
    say(beside, 'there');
    await ana.close();
    expect(labels(beside)).toEqual(['say there', null]);
    await beside.close();
  });

  it('[D31] a page that goes away puts them away in that very moment', async () => {
    const store = make();
    const gone = await open({ store });
    say(gone, 'one');
    await settled();
    window.dispatchEvent(new Event('pagehide'));
    const next = await open({ store });
    expect(labels(next)).toEqual(['say one', null]);
    await next.close();
  });

  it('[D33] not offered when not all of their changes reached the store', async () => {
    const store = make();
    const first = await open({ store });
    say(first, 'one');
    const undo = saveUndo(first.doc);
    const { replica } = first.doc;
    await first.close();
    const room = await store.open('docs/a');
    await room.takeReplica(replica);
    await room.returnReplica(replica, { next: 5, at: 9, undo });
    const second = await open({ store });
    expect(labels(second)).toEqual([null, null]);
    await second.close();
  });

  it('[D33] bytes that are no steps hurt nobody', async () => {
    const store = make();
    const first = await open({ store });
    say(first, 'one');
    const { replica } = first.doc;
    await first.close();
    const room = await store.open('docs/a');
    await room.takeReplica(replica);
    await room.returnReplica(replica, { next: 1, at: 9, undo: Uint8Array.of(255, 1, 2) });
    const second = await open({ store });
    expect(second.doc.replica).toBe(replica);
    expect(labels(second)).toEqual([null, null]);
    await second.close();
  });
});

describe('which id a tab takes', () => {
  beforeEach(() => sessionStorage.clear());

  it('[D32] its own after a reload, and a new tab that of the last one closed', async () => {
    let now = 1;
    const clock = { now: () => now++, after: () => () => {} };
    const store = memoryStore();
    const [early, late] = [await open({ store, clock }), await open({ store, clock })];
    say(early, 'early');
    say(late, 'late');
    const tabs: Record<string, string>[] = [];
    for (const tab of [early, late]) {
      await tab.close();
      tabs.push({ ...sessionStorage });
      sessionStorage.clear();
    }
    const fresh = await open({ store, clock });
    expect(fresh.doc.replica).toBe(late.doc.replica);
    await fresh.close();
    // The first tab comes back.
    for (const [name, value] of Object.entries(tabs[0] ?? {})) sessionStorage.setItem(name, value);
    const back = await open({ store, clock });
    expect(back.doc.replica).toBe(early.doc.replica);
    expect(labels(back)).toEqual(['say early', null]);
    await back.close();
  });
});

it('[D33] steps whose bytes were damaged on the device are not offered', async () => {
  sessionStorage.clear();
  const name = 'undo-damaged';
  const store = indexedDbStore({ name });
  const first = await open({ store });
  say(first, 'one');
  await first.close();
  const db = await openDB(name);
  const [key] = await db.getAllKeys('spares');
  const row = await db.get('spares', key as IDBValidKey);
  // A letter of the label: still well-formed.
  row.undo[2] ^= 1;
  await db.put('spares', row, key);
  db.close();
  const second = await open({ store });
  expect(second.doc.replica).toBe(first.doc.replica);
  expect(labels(second)).toEqual([null, null]);
  await second.close();
});

it('[D34] an undo larger than any relay takes is not made, says so, and stays what comes next', async () => {
  // No time passes: changes with one label are one step.
  const session = await open({ clock: { now: () => 1, after: () => () => {} } });
  const { doc } = session;
  const set = (title: string, label: string): unknown =>
    doc.change((root) => root.title.set(title), { label });
  set('x'.repeat(5_000_000), 'write');
  for (const title of ['y'.repeat(5_000_000), '']) set(title, 'clear');
  const { version } = doc;
  expect(() => doc.undo()).toThrow(/at most/);
  await settled();
  expect(session.status.get().problem).toMatchObject({ kind: 'too-large', origin: 'undo' });
  expect([doc.view.title, doc.version, doc.undoLabel]).toEqual(['', version, 'clear']);
  say(session, 'small');
  await settled();
  expect(session.status.get().problem).toBeUndefined();
  expect(doc.undo()).toEqual({ label: 'say small' });
  await session.close();
});
