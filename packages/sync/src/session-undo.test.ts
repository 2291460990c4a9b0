// @vitest-environment happy-dom
import { saveUndo } from '@concord/crdt';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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

describe('a page that was gone before its store had written', () => {
  beforeEach(() => sessionStorage.clear());
  afterEach(() => vi.restoreAllMocks());

  /** Writes all but what is put back, as a browser that aborts what a page began while it went away. */
  function hasty(): Store {
    const inner = memoryStore();
    const open = async (room: string) => ({
      ...(await inner.open(room)),
      returnReplica: () => Promise.reject(new DOMException('the page is gone', 'AbortError')),
    });
    return { ...inner, open };
  }

  const reloaded = (): void => {
    vi.spyOn(performance, 'getEntriesByType').mockReturnValue([
      Object.assign({}, performance.mark('x'), { type: 'reload' }),
    ]);
  };

  async function left(store: Store): Promise<void> {
    const gone = await open({ store });
    say(gone, 'one');
    await settled();
    window.dispatchEvent(new Event('pagehide'));
    await gone.close();
  }

  it('[D31] goes on with its steps after the reload, under another id', async () => {
    const store = hasty();
    await left(store);
    reloaded();
    const next = await open({ store });
    expect(labels(next)).toEqual(['say one', null]);
    next.doc.undo();
    expect(next.doc.view.words).toEqual([]);
    await next.close();
  });

  it('[D31] leaves them to the reload alone, and to its first session', async () => {
    const store = hasty();
    await left(store);
    const kept = { ...sessionStorage };
    const elsewhere = await open({ store });
    expect(labels(elsewhere)).toEqual([null, null]);
    await elsewhere.close();
    for (const [name, value] of Object.entries(kept)) sessionStorage.setItem(name, value);
    reloaded();
    const first = await open({ store });
    const twin = await open({ store });
    expect([labels(first), labels(twin)]).toEqual([
      ['say one', null],
      [null, null],
    ]);
    for (const session of [first, twin]) await session.close();
  });

  it('[D33] gets its steps when the changes that the relay alone had have come, unless something else was done', async () => {
    const inner = memoryStore();
    const store: Store = {
      ...inner,
      open: async (room) => ({ ...(await inner.open(room)), append: async () => {} }),
    };
    for (const isBusy of [false, true]) {
      const gone = await open({ store, room: `docs/${isBusy}` });
      say(gone, 'one');
      say(gone, 'two');
      const [one, two] = gone.doc.changesSince(new Map()).map(({ bytes }) => bytes);
      await gone.close();
      const next = await open({ store, room: `docs/${isBusy}` });
      expect(next.doc.replica).not.toBe(gone.doc.replica);
      next.doc.apply([one as Uint8Array]);
      expect(labels(next)).toEqual([null, null]);
      if (isBusy) say(next, 'mine');
      next.doc.apply([two as Uint8Array]);
      expect(labels(next)).toEqual([isBusy ? 'say mine' : 'say two', null]);
      await next.close();
    }
  });

  it('[D33] what is no steps in the memory of the tab hurts nobody', async () => {
    const store = hasty();
    await left(store);
    const name = Object.keys(sessionStorage).find((key) => key.endsWith('/undo')) ?? '';
    const kept = sessionStorage.getItem(name) ?? '';
    expect(kept).toContain('[');
    reloaded();
    for (const wrong of [
      '',
      '{',
      '[]',
      '[1,2,3,4]',
      kept.replace(/,\d+,/, ',7,'),
      kept.replace(/"\]$/, '@"]'),
    ]) {
      sessionStorage.setItem(name, wrong);
      const next = await open({ store });
      expect(labels(next)).toEqual([null, null]);
      await next.close();
    }
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
  expect(session.status.get().problem).toMatchObject({ kind: 'too-large', by: 'undo' });
  expect([doc.view.title, doc.version, doc.undoLabel]).toEqual(['', version, 'clear']);
  say(session, 'small');
  await settled();
  expect(session.status.get().problem).toBeUndefined();
  expect(doc.undo()).toEqual({ label: 'say small' });
  await session.close();
});

it('[D35] a step larger than any relay takes can be skipped: it stays done, and older ones come next', async () => {
  const session = await open({ clock: { now: () => 1, after: () => () => {} } });
  const { doc } = session;
  say(session, 'old');
  const set = (title: string): unknown => doc.change((root) => root.title.set(title), { label: 'clear' });
  doc.change((root) => root.title.set('x'.repeat(5_000_000)), { undoable: false });
  for (const title of ['y'.repeat(5_000_000), '']) set(title);
  expect(session.skipStep()).toBeNull();
  expect(() => doc.undo()).toThrow(/at most/);
  const told: unknown[] = [];
  doc.subscribe(({ changes }) => told.push([changes.length, ...[doc.undoLabel]]));
  expect(session.skipStep()).toBe('clear');
  // Who shows the steps hears of it.
  expect(told).toEqual([[0, 'say old']]);
  expect(session.status.get().problem).toBeUndefined();
  expect(session.skipStep()).toBeNull();
  expect(doc.undo()).toEqual({ label: 'say old' });
  expect([doc.view.title, doc.view.words]).toEqual(['', []]);
  await session.close();
});
