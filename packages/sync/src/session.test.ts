import { Doc, saveDoc } from '@concord/crdt';
import { describe, expect, it } from 'vitest';
import { openSession } from './session.ts';
import type { Store } from './store.ts';
import { memoryStore } from './stores/memory.ts';
import type { TabMessage, TabsFactory } from './tabs.ts';
import { browser, fullStore, nobody, open, schema, settled } from './testing/session-parts.ts';

describe('a session', () => {
  it('[D1] has no document before it is ready', async () => {
    const session = openSession({
      schema,
      room: 'docs/a',
      store: memoryStore(),
      transport: nobody.transport,
      identity: { name: 'Ana', colour: 0 },
    });
    expect(() => session.doc).toThrow('ready');
    expect(session.status.get().badge).toBe('saving');
    await session.ready;
    expect(session.doc.view.title).toBe('');
    await session.close();
  });

  it('[D2] offline work is on this device, counted, and there after a reload', async () => {
    const store = memoryStore();
    const before = await open({ store });
    before.doc.change((root) => root.title.set('kept'));
    // Not for a moment does it claim more than is so.
    expect(before.status.get()).toMatchObject({ local: 'saving', waiting: 1, badge: 'saving' });
    await settled();
    expect(before.status.get()).toMatchObject({
      local: 'saved',
      remote: 'offline',
      waiting: 1,
      badge: 'offline',
    });
    await before.close();
    const after = await open({ store });
    expect(after.doc.view.title).toBe('kept');
    expect(after.status.get().waiting).toBe(1);
    await after.close();
  });

  it('[D3] a store that takes nothing is told, and what it missed is written when it takes again', async () => {
    const { store, disk } = fullStore();
    const session = await open({ store });
    disk.full = true;
    session.doc.change((root) => root.words.add('one'));
    await settled();
    expect(session.status.get()).toMatchObject({
      local: 'unavailable',
      badge: 'not-saved',
      problem: { kind: 'storage-full' },
    });
    disk.full = false;
    session.doc.change((root) => root.words.add('two'));
    await settled();
    expect(session.status.get()).toMatchObject({ local: 'saved', waiting: 2 });
    expect(session.status.get().problem).toBeUndefined();
    await session.close();
    const again = await open({ store });
    expect(again.doc.view.words).toEqual(expect.arrayContaining(['one', 'two']));
    await again.close();
  });

  it('[D4] without any store it works in memory and says so', async () => {
    const store: Store = { shared: null, open: async () => Promise.reject(new Error('private mode')) };
    const session = await open({ store });
    session.doc.change((root) => root.title.set('x'));
    await settled();
    expect(session.doc.view.title).toBe('x');
    expect(session.status.get()).toMatchObject({ local: 'unavailable', badge: 'not-saved' });
    expect(session.status.get().problem).toMatchObject({ detail: expect.stringContaining('private mode') });
    await session.close();
  });

  it('[D5] a damaged copy is set aside: the one before it opens, with what came since', async () => {
    const store = memoryStore();
    const before = await open({ store });
    before.doc.change((root) => root.title.set('kept'));
    await before.close();
    const room = await store.open('docs/a');
    const { version } = before.doc;
    await room.compact(saveDoc(before.doc), new Map());
    await room.compact(Uint8Array.of(1, 2, 3), version);
    const session = await open({ store });
    expect(session.doc.view.title).toBe('kept');
    expect(session.status.get().problem).toEqual({ kind: 'damaged' });
    session.doc.change((root) => root.words.add('new'));
    await settled();
    expect(session.status.get()).toMatchObject({ local: 'saved', waiting: 2 });
    await session.close();
    const again = await open({ store });
    expect(again.doc.view).toMatchObject({ title: 'kept', words: ['new'] });
    await again.close();
  });

  it('[D6] a closed tab gives its replica id to the next; a lost one does not', async () => {
    const store = memoryStore();
    const first = await open({ store });
    const { replica } = first.doc;
    first.doc.change((root) => root.words.add('one'));
    await first.close();
    const second = await open({ store });
    expect(second.doc.replica).toBe(replica);
    // The third opens while the second lives.
    const third = await open({ store });
    expect(third.doc.replica).not.toBe(replica);
    await second.close();
    await third.close();
  });

  it('[D7] an id whose last changes never reached the store is not used again', async () => {
    const store = memoryStore();
    const first = await open({ store });
    const { replica } = first.doc;
    first.doc.change((root) => root.words.add('one'));
    await first.close();
    const room = await store.open('docs/a');
    await room.takeReplica(replica);
    await room.returnReplica(replica, { next: 5, at: 0, undo: null });
    const second = await open({ store });
    expect(second.doc.replica).not.toBe(replica);
    expect(second.doc.view.words).toEqual(['one']);
    await second.close();
  });

  it('[D8] tabs share changes at once, offline, with ids of their own, and a new tab gets what is not stored yet', async () => {
    const { tabs } = browser();
    const { store: inner, disk } = fullStore();
    const store = { ...inner, shared: 'here' };
    disk.full = true;
    const [ana, bo] = [await open({ store, tabs }), await open({ store, tabs })];
    ana.doc.change((root) => root.words.add('from ana'));
    bo.doc.change((root) => root.clicks.increment(2));
    await settled();
    expect(ana.doc.replica).not.toBe(bo.doc.replica);
    expect(bo.doc.view).toEqual(ana.doc.view);
    expect(bo.doc.view).toMatchObject({ words: ['from ana'], clicks: 2 });
    // Whoever gets through first sends both.
    expect([ana.status.get().waiting, bo.status.get().waiting]).toEqual([2, 2]);
    const late = await open({ store, tabs });
    await settled();
    expect(late.doc.stateHash()).toBe(ana.doc.stateHash());
    await Promise.all([ana.close(), bo.close(), late.close()]);
  });

  it('[D9] a long history becomes a snapshot, and nothing is lost by it', async () => {
    const store = memoryStore();
    const session = await open({ store });
    for (let n = 0; n < 2_500; n++) {
      session.doc.change((root) => root.clicks.increment(1));
      if (n % 500 === 0) await settled();
    }
    await settled();
    await session.close();
    const stored = await (await store.open('docs/a')).load();
    expect(stored.snapshots).not.toEqual([]);
    expect(stored.changes.length).toBeLessThan(2_500);
    const again = await open({ store });
    expect(again.doc.view.clicks).toBe(2_500);
    await again.close();
  });

  it('[D11] a copy on the device that lacks its beginning opens all the same', async () => {
    const source = new Doc(schema);
    const changes = Array.from({ length: 20_010 }, () => source.change((root) => root.clicks.increment(1)));
    const store = memoryStore();
    const room = await store.open('docs/a');
    await room.append(changes.slice(1).filter((change) => change !== null));
    const session = await open({ store });
    expect(session.doc.view.clicks).toBe(0);
    session.doc.change((root) => root.title.set('goes on'));
    expect(session.doc.view.title).toBe('goes on');
    await session.close();
  });

  it('[D12] a sibling tab with a very long history brings it all', async () => {
    const source = new Doc(schema);
    for (let i = 0; i < 150_000; i++) source.change((root) => root.clicks.increment(1), { undoable: false });
    let tell: ((message: TabMessage) => void) | null = null;
    const tabs: TabsFactory = (_name, receive) => {
      tell = receive;
      return { post: () => {}, close: () => {} };
    };
    const session = await open({ store: { ...memoryStore(), shared: 'here' }, tabs });
    (tell as ((message: TabMessage) => void) | null)?.({
      type: 'changes',
      changes: source.changesSince(new Map()),
    });
    await settled();
    expect(session.doc.view.clicks).toBe(150_000);
    expect(session.status.get().waiting).toBe(150_000);
  });

  it('[D10] presence has a size, and says when it is exceeded', async () => {
    const session = await open();
    session.presence.set({ at: 1 });
    expect(session.presence.self).toMatchObject({ name: 'Ana', data: { at: 1 } });
    expect(() => session.presence.set('x'.repeat(3_000))).toThrow(RangeError);
    expect(session.presence.self.data).toEqual({ at: 1 });
    await session.close();
  });
});
