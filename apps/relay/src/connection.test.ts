import { CloseCode, opsPackets } from '@concord/sync/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changesOf } from './testing/changes.ts';
import { settle, TestRelay } from './testing/test-relay.ts';

describe('a connection', () => {
  let relay: TestRelay;
  beforeEach(() => {
    relay = new TestRelay();
  });
  afterEach(() => relay.close());

  const person = async (room = 'docs/a') => {
    const one = await relay.person();
    await one.join(room);
    return one;
  };
  const changes = changesOf;

  it('[C6] a reader too slow is cut off, presence for it is dropped before, and the others notice nothing', async () => {
    const [ana, bo, cy] = [await person(), await person(), await person()];
    bo.socket.buffered = 100_000;
    ana.say({ type: 'presence', handle: 1, state: Uint8Array.of(1) });
    await settle();
    expect([bo.socket.count('peer'), cy.socket.count('peer')]).toEqual([0, 1]);
    expect(bo.socket.closed).toBeNull();
    bo.socket.buffered = 2_000_000;
    ana.say({ type: 'ops', handle: 1, changes: changes(ana.replica, 0, 1) });
    await settle();
    expect(bo.socket.closed).toBe(CloseCode.tooSlow);
    expect(cy.socket.count('ops')).toBe(1);
    expect(ana.socket.count('ack')).toBe(1);
  });

  it('[C7] a catch-up goes no faster than the client takes it, and what others do meanwhile comes too', async () => {
    const ana = await person();
    for (const packet of opsPackets(1, changes(ana.replica, 0, 60, 20_000))) ana.connection.receive(packet);
    await settle();
    const bo = await person('docs/b');
    bo.socket.clog();
    bo.say({ type: 'join', handle: 2, room: 'docs/a', epoch: '', version: new Map([[ana.replica, 10]]) });
    await settle();
    // A page holds 14 changes of this size, in packets of three.
    expect(bo.socket.count('ops')).toBe(1);
    ana.say({ type: 'ops', handle: 1, changes: changes(ana.replica, 60, 1) });
    await settle();
    expect(bo.socket.count('ops')).toBe(2);
    expect(bo.socket.count('caught-up')).toBe(1);
    for (let n = 0; n < 30; n++) {
      bo.socket.drain();
      await settle();
    }
    expect(bo.socket.count('caught-up')).toBe(2);
    const got = bo.socket.frames.flatMap((frame) => (frame.type === 'ops' ? frame.changes : []));
    // What came meanwhile may come twice.
    expect([...new Set(got.map(({ from }) => from))].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 51 }, (_, i) => i + 10),
    );
  });

  it('[C8] who left a room hears nothing of it, and may come back', async () => {
    const [ana, bo] = [await person(), await person()];
    bo.say({ type: 'presence', handle: 1, state: Uint8Array.of(1) });
    bo.say({ type: 'leave', handle: 1 });
    await settle();
    expect(ana.socket.frames.at(-1)).toMatchObject({ type: 'peer', replica: bo.replica, state: null });
    ana.say({ type: 'ops', handle: 1, changes: changes(ana.replica, 0, 1) });
    bo.say({ type: 'ops', handle: 1, changes: changes(bo.replica, 0, 1) });
    await settle();
    expect(bo.socket.count('ops')).toBe(0);
    expect(bo.socket.frames.at(-1)).toMatchObject({ type: 'reject', code: 'not-joined' });
    expect(ana.socket.count('ops')).toBe(0);
    bo.say({ type: 'join', handle: 1, room: 'docs/a', epoch: '', version: new Map() });
    await settle();
    expect(bo.socket.count('ops')).toBe(1);
  });

  it('[C9] a change under another’s name or with a flipped bit is not taken, and nobody’s count moves', async () => {
    const [ana, bo, cy] = [await person(), await person(), await person()];
    const [own] = changes(ana.replica, 0, 1);
    if (!own) throw new Error('no change');
    // Bo's ids, so that Bo's real change would be taken for a duplicate.
    ana.say({ type: 'ops', handle: 1, changes: [{ ...own, replica: bo.replica }] });
    const culprit = { replica: bo.replica, from: 0 };
    expect(ana.socket.frames.at(-1)).toMatchObject({ type: 'reject', code: 'invalid', culprit });
    for (const packet of opsPackets(1, changes(cy.replica, 0, 1))) {
      const damaged = packet.slice();
      damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
      cy.connection.receive(damaged);
    }
    expect(cy.socket.closed).toBe(CloseCode.malformed);
    bo.say({ type: 'ops', handle: 1, changes: changes(bo.replica, 0, 1) });
    await settle();
    expect(bo.socket.count('ack')).toBe(1);
    expect((await person()).socket.count('ops')).toBe(1);
  });

  it('[C10] a mistake in the relay’s own code costs one connection, and is told', async () => {
    const told: unknown[] = [];
    const broken = new TestRelay({ report: (error) => told.push(error) });
    const [ana, bo] = [await broken.person(), await broken.person()];
    await ana.join('docs/a');
    await bo.join('docs/a');
    broken.metrics.count = (name) => {
      if (name === 'concord_gaps_total') throw new TypeError('a mistake');
    };
    ana.say({ type: 'ops', handle: 1, changes: changesOf(ana.replica, 5, 1) });
    expect(told).toHaveLength(1);
    expect([ana.socket.closed, bo.socket.closed]).toEqual([CloseCode.unavailable, null]);
    await broken.close();
  });
});
