import { Doc } from '@concord/crdt';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Change, decodeFrame, encodeFrame, type Frame } from './protocol/index.ts';
import type { Status } from './status.ts';
import { memoryStore } from './stores/memory.ts';
import type { TabMessage, TabsFactory } from './tabs.ts';
import { browser, fullStore, nobody, type Open, open, schema } from './testing/session-parts.ts';
import { TinyRelay } from './testing/tiny-relay.ts';
import type { TransportFactory } from './transport.ts';
import { fallbackTransport } from './transports/fallback.ts';
import { memoryNetwork } from './transports/memory.ts';
import { simulatedNetwork } from './transports/simulated-network.ts';

const ROOM = 'docs/a';

describe('a session and its relay', () => {
  let relay: TinyRelay;
  let transport: TransportFactory;
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  const heard = <T extends Frame['type']>(type: T) =>
    relay.heard.filter((frame): frame is Frame & { type: T } => frame.type === type);
  const words = (session: Open): readonly string[] => session.doc.view.words.toSorted();

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    relay = new TinyRelay();
    ({ transport } = memoryNetwork(relay.accept));
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('[D13] a WebSocket that goes dead in mid-batch: within 5 s the rest goes by the other way, nothing lost, nothing twice', async () => {
    for (const death of ['cut', 'silent'] as const) {
      relay = new TinyRelay();
      const first = simulatedNetwork(memoryNetwork(relay.accept).transport);
      const second = memoryNetwork(relay.accept);
      const ana = await open({ transport: fallbackTransport([first.transport, second.transport]) });
      const bo = await open({ transport: second.transport });
      await pass(6_000);
      expect(ana.status.get().remote).toBe('live');
      for (let n = 0; n < 50; n++) ana.doc.change((root) => root.clicks.increment(1));
      await pass(0);
      first.set(death === 'cut' ? 'cut' : { delay: 1e9, jitter: 0, rate: 0, loss: 0, cut: false });
      for (let n = 0; n < 50; n++) ana.doc.change((root) => root.clicks.increment(1));
      let waited = 0;
      for (; ana.status.get().badge !== 'saved' && waited < 20_000; waited += 50) await pass(50);
      expect(waited, death).toBeLessThan(5_000);
      expect(bo.doc.view.clicks).toBe(100);
      expect(relay.room(ROOM).changes).toHaveLength(100);
      await Promise.all([ana.close(), bo.close()]);
    }
  });

  it('[D14] on a slow network, on a lossy one and through cuts all arrive, once each', async () => {
    for (const seed of [1, 2, 3]) {
      relay = new TinyRelay();
      let state = seed;
      const random = (): number => {
        state = (state * 48_271) % 2_147_483_647;
        return state / 2_147_483_647;
      };
      const network = simulatedNetwork(memoryNetwork(relay.accept).transport, { random });
      const [ana, bo] = [await open({ ...network, random }), await open({ ...network, random })];
      for (const [step, name] of (['slow', 'lossy', 'cut', 'good', 'lossy'] as const).entries()) {
        network.set(name);
        for (let n = 0; n < 20; n++) {
          (n % 2 ? ana : bo).doc.change((root) => root.words.add(`${step}-${n}`));
          await pass(200);
        }
      }
      network.set('good');
      await pass(40_000);
      expect([ana.status.get().badge, bo.status.get().badge], `seed ${seed}`).toEqual(['saved', 'saved']);
      expect(words(ana)).toHaveLength(100);
      expect(words(bo)).toEqual(words(ana));
      expect(relay.room(ROOM).changes).toHaveLength(100);
      await Promise.all([ana.close(), bo.close()]);
    }
  });

  it('[D15] the status tells the transport and the round trip while live, and the user’s choice in all tabs', async () => {
    const { tabs } = browser();
    const store = { ...memoryStore(), shared: 'here' };
    const [ana, bo] = [await open({ transport, store, tabs }), await open({ transport, store, tabs })];
    await pass(10);
    expect(ana.status.get()).toMatchObject({ remote: 'live', transport: 'memory', role: 'editor' });
    expect(ana.status.get().roundTrip).toEqual({ p50: 0, p95: 0 });
    ana.setOffline(true);
    await pass(10);
    const off: Partial<Status> = { remote: 'offline', workOffline: true, transport: null, roundTrip: null };
    expect([ana.status.get(), bo.status.get()]).toMatchObject([off, off]);
    // A tab that opens now is offline, too.
    const late = await open({ transport, store, tabs });
    await pass(10);
    expect(late.status.get()).toMatchObject(off);
    late.setOffline(false);
    await pass(10);
    expect(ana.status.get()).toMatchObject({ remote: 'live', workOffline: false });
  });

  it('[D16] a sibling’s change that waited for what the relay brings is sent on, not taken for the relay’s', async () => {
    const bo = new Doc(schema);
    const cy = new Doc(schema);
    const first = bo.change((root) => root.words.add('first'));
    cy.apply(first ? [first.bytes] : []);
    const second = cy.change((root) => root.words.add('second'));
    let tell: (message: TabMessage) => void = () => {};
    const tabs: TabsFactory = (_name, receive) => {
      tell = receive;
      return { post: () => {}, close: () => {} };
    };
    const ana = await open({ transport, tabs, store: { ...memoryStore(), shared: 'here' } });
    await pass(10);
    tell({ type: 'changes', changes: second ? [second] : [] });
    expect(ana.doc.parked).toBe(1);
    relay.tell(ROOM, (handle) => ({ type: 'ops', handle, changes: first ? [first] : [] }));
    await pass(10);
    expect(words(ana)).toEqual(['first', 'second']);
    expect(relay.room(ROOM).version.get(cy.replica)).toBe(1);
    expect(ana.status.get()).toMatchObject({ waiting: 0, badge: 'saved' });
  });

  it('[D17] a frame that lies about its change is not believed, and is told once however often it comes', async () => {
    const ana = await open({ transport });
    await pass(10);
    const bo = new Doc(schema);
    const change = bo.change((root) => root.words.add('x'));
    if (!change) throw new Error('no change');
    const { from, to, bytes } = change;
    const liar = { from, to, bytes, replica: new Doc(schema).replica };
    for (let n = 0; n < 3; n++) relay.tell(ROOM, (handle) => ({ type: 'ops', handle, changes: [liar] }));
    await pass(10);
    expect(words(ana)).toEqual([]);
    expect(ana.status.get().problem).toEqual({ kind: 'unreadable', count: 1 });
  });

  it('[D18] more than can wait for what they build on: they are asked for again without a nudge', async () => {
    const [bo, cy] = [new Doc(schema), new Doc(schema)];
    const first = cy.change((root) => root.title.set('before all'));
    if (!first) throw new Error('no change');
    bo.apply([first.bytes]);
    const changes = Array.from({ length: 25_000 }, () => bo.change((root) => root.clicks.increment(1)));
    const ana = await open({ transport });
    await pass(10);
    const joins = heard('join').length;
    // What all of it builds on comes last, and then the rest of it has to come again.
    const log = relay.room(ROOM).changes as Change[];
    log.push(...changes.filter((change) => change !== null), first);
    ana.probe();
    await pass(1_000);
    expect(ana.doc.view.clicks).toBe(25_000);
    expect(heard('join').length - joins).toBe(2);
  });

  it('[D19] makes the snapshot that the relay asks for, takes one in place of a history, and attests to it', async () => {
    const ana = await open({ transport });
    for (let n = 0; n < 30; n++) ana.doc.change((root) => root.clicks.increment(1));
    await pass(10);
    const version = new Map(ana.doc.version);
    relay.tell(ROOM, (handle) => ({ type: 'want-snapshot', handle, want: 'snapshot', version }));
    await pass(100);
    const [made] = heard('snapshot');
    expect(made).toMatchObject({ version, stateHash: ana.doc.stateHash() });
    // A session that has moved on tells the hash of then.
    ana.doc.change((root) => root.title.set('later'));
    await pass(10);
    relay.tell(ROOM, (handle) => ({ type: 'want-snapshot', handle, want: 'hash', version }));
    await pass(100);
    expect(heard('attest')).toMatchObject([{ version, stateHash: made?.stateHash }]);
    // A newcomer gets it instead of the changes, and has nothing to send back.
    const other = new TinyRelay();
    const bo = await open({ transport: memoryNetwork(other.accept).transport });
    await pass(10);
    if (made) other.tell(ROOM, (handle) => ({ ...made, handle }));
    await pass(10);
    expect(bo.doc.view.clicks).toBe(30);
    expect(bo.status.get().waiting).toBe(0);
    // What it took is on its device as well.
    expect(bo.status.get().local).toBe('saved');
  });

  it('[D20] erased on the server: nothing is sent there again; a clean copy goes, a dirty one stays and is told', async () => {
    const erased = memoryNetwork((line) => {
      const { packet, closed } = relay.accept(line);
      const gone = { type: 'reject', handle: 1, detail: '', code: 'epoch', culprit: null } as const;
      const isJoin = (bytes: Uint8Array): boolean => decodeFrame(bytes).type === 'join';
      return { closed, packet: (bytes) => (isJoin(bytes) ? line.send(encodeFrame(gone)) : packet(bytes)) };
    });
    for (const isDirty of [false, true]) {
      relay = new TinyRelay();
      const store = memoryStore();
      const before = await open({ transport: memoryNetwork(relay.accept).transport, store });
      before.doc.change((root) => root.title.set('old'));
      await pass(10);
      before.setOffline(true);
      if (isDirty) before.doc.change((root) => root.title.set('newer'));
      await pass(10);
      await before.close();
      relay = new TinyRelay();
      const after = await open({ transport: erased.transport, store });
      await pass(60_000);
      expect(heard('ops')).toEqual([]);
      expect(after.status.get()).toMatchObject({ refusal: 'erased', remote: 'offline' });
      expect(after.status.get().problem).toEqual({ kind: 'erased' });
      const stored = await (await store.open(ROOM)).load();
      expect(stored.changes.length).toBe(isDirty ? 2 : 0);
      if (isDirty) await after.eraseLocal();
      after.doc.change((root) => root.title.set('more'));
      await pass(10);
      expect((await (await store.open(ROOM)).load()).changes).toEqual([]);
      expect(after.status.get()).toMatchObject({ local: 'unavailable', badge: 'not-saved' });
      await after.close();
    }
  });

  it('[D21] the token is asked for before each line, and afresh when the relay warns or refuses', async () => {
    const asked: boolean[] = [];
    const ana = await open({
      transport,
      grant: 'link',
      token: async (fresh) => {
        asked.push(fresh);
        return `token ${asked.length}`;
      },
    });
    await pass(10);
    expect(heard('hello')).toMatchObject([{ token: 'token 1' }]);
    expect(heard('join')).toMatchObject([{ grant: 'link', capabilities: 3 }]);
    relay.tell(ROOM, () => ({ type: 'auth', user: 'ana', expires: 1, warn: true }));
    await pass(10);
    expect(heard('auth-refresh')).toMatchObject([{ token: 'token 2' }]);
    expect(asked).toEqual([false, true]);
    await ana.close();
    const bo = await open({ transport, token: () => Promise.reject(new Error('not signed in')) });
    await pass(10);
    expect(bo.status.get().remote).toBe('offline');
  });

  it('[D22] a clock that is set back by a day does not stop the line', async () => {
    const network = simulatedNetwork(transport);
    const ana = await open({ transport: network.transport, random: () => 0.9 });
    await pass(10);
    ana.doc.change((root) => root.title.set('x'));
    network.set('cut');
    // By now it waits for seconds between two attempts.
    await pass(9_000);
    expect(ana.status.get().remote).toBe('offline');
    vi.setSystemTime(Date.now() - 86_400_000);
    network.set('good');
    await pass(16_000);
    expect(ana.status.get()).toMatchObject({ remote: 'live', badge: 'saved' });
  });

  it('[D30] a tab without a line sees what a sibling brought to the relay’s disk', async () => {
    const { tabs } = browser();
    const store = { ...memoryStore(), shared: 'here' };
    const network = simulatedNetwork(transport);
    const ana = await open({ transport: network.transport, store, tabs });
    const sibling = await open({ transport, store, tabs });
    await pass(10);
    network.set('cut');
    ana.doc.change((root) => root.title.set('x'));
    expect(ana.status.get().waiting).toBe(1);
    await pass(1_500);
    expect(sibling.status.get().badge).toBe('saved');
    expect(ana.status.get()).toMatchObject({ remote: 'offline', waiting: 0 });
  });

  it('[D29] a store that takes nothing is tried again by itself', async () => {
    const { store, disk } = fullStore();
    const ana = await open({ store, transport: nobody.transport });
    disk.full = true;
    ana.doc.change((root) => root.title.set('x'));
    await pass(10);
    expect(ana.status.get()).toMatchObject({ local: 'unavailable', badge: 'not-saved' });
    disk.full = false;
    await pass(10_000);
    expect(ana.status.get()).toMatchObject({ local: 'saved', badge: 'offline' });
    expect(ana.status.get().problem).toBeUndefined();
  });
});
