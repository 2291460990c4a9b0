import { newReplicaId } from '@concord/crdt/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_SNAPSHOT } from './protocol/index.ts';
import { ANA, BO, ClientDriver, change, versionOf } from './testing/client-driver.ts';

describe('the client, and what a relay may ask of it', () => {
  let t: ClientDriver;
  beforeEach(() => {
    t = new ClientDriver();
  });

  it('[L13] a change that no relay takes stays, says so, and holds up what its replica made after it, nothing else', () => {
    t.goLive();
    t.edit(change(ANA, 0, 9 * 1024 * 1024), change(ANA, 1), change(BO, 0));
    expect(t.sentChanges()).toEqual([change(BO, 0)]);
    expect(t.client).toMatchObject({ waiting: 3, isStuck: false });
    expect(t.client.problem).toMatchObject({ kind: 'held', why: 'too-large' });
    t.hear({ type: 'ack', handle: 1, level: 'durable', version: new Map([[BO, 1]]) });
    expect(t.client).toMatchObject({ waiting: 2, isStuck: true });
    // A relay that takes more gets it.
    t.tell({ type: 'closed', code: 1006, reason: '' });
    t.wake();
    t.tell({ type: 'opened' });
    t.welcome({ message: 16 * 1024 * 1024 });
    t.joined(0);
    expect(t.client.problem).toBeNull();
    expect(t.sentChanges().map(({ from }) => from)).toEqual([0]);
  });

  it('[L14] a slow line has time for all that is on its way, and pieces of a message are news', () => {
    t.goLive();
    // 1 MiB at 40 KiB/s takes 26 s, and only then is it acknowledged.
    t.edit(change(ANA, 0, 1024 * 1024));
    t.wake(t.now + 26_000);
    expect(t.effects).not.toContainEqual({ type: 'disconnect' });
    t.ack(1);
    t.joined(1);
    // 2.5 MiB come in, 32 KiB/s, while the relay is too busy to answer anything.
    t.tell({ type: 'nudge' });
    expect(t.sent()).toMatchObject([{ type: 'join' }]);
    for (let n = 0; n < 40; n++) {
      t.now += 2_000;
      t.tell({ type: 'heard', bytes: 65_536 });
      expect(t.effects).toEqual([]);
    }
    t.wake(t.now + 30_000);
    expect(t.effects).toContainEqual({ type: 'disconnect' });
  });

  it('[L15] asked to wait, it waits, and sends again all that was not acknowledged', () => {
    t.goLive();
    t.edit(change(ANA, 0), change(ANA, 1));
    t.hear({ type: 'reject', handle: 1, detail: '', code: 'rate', retryAfter: 700 });
    t.edit(change(ANA, 2));
    expect(t.sent()).toEqual([]);
    expect(t.due).toBe(700);
    t.wake(t.now + 700);
    expect(t.sentChanges()).toEqual([change(ANA, 0), change(ANA, 1), change(ANA, 2)]);
    expect(t.client.problem).toBeNull();
  });

  it('[L16] keeps to the rates that the relay told', () => {
    t.edit(...Array.from({ length: 250 }, (_, i) => change(ANA, i)));
    t.tell({ type: 'start' });
    t.tell({ type: 'opened' });
    t.welcome({ changes: 100 });
    t.joined(0);
    const start = t.now;
    const times: [number, number][] = [[0, t.sentChanges().length]];
    t.hear({ type: 'caught-up', handle: 1 });
    while (times.reduce((sum, [, count]) => sum + count, 0) < 250) {
      t.hear({ type: 'ack', handle: 1, level: 'received', version: versionOf(1) });
      t.wake();
      if (t.sentChanges().length > 0) times.push([t.now - start, t.sentChanges().length]);
      expect(t.effects).not.toContainEqual({ type: 'disconnect' });
    }
    // 100 at once, then 100 a second.
    expect(times[0]).toEqual([0, 100]);
    expect(t.now - start).toBeGreaterThanOrEqual(1_450);
    expect(t.now - start).toBeLessThanOrEqual(1_550);
  });

  it('[L17] a change that the relay refuses is kept, told, and holds up only its replica', () => {
    t.goLive();
    t.edit(change(ANA, 0), change(BO, 0), change(ANA, 1));
    const culprit = { replica: ANA, from: 1 };
    t.hear({ type: 'reject', handle: 1, detail: 'It is damaged.', code: 'invalid', culprit });
    expect(t.sentChanges()).toEqual([change(ANA, 0), change(BO, 0)]);
    t.hear({
      type: 'ack',
      handle: 1,
      level: 'durable',
      version: new Map([
        [BO, 1],
        [ANA, 1],
      ]),
    });
    expect(t.client).toMatchObject({ waiting: 1, isStuck: true });
    expect(t.client.problem).toEqual({ kind: 'held', why: 'refused', detail: 'It is damaged.' });
    // The next line tries it again, and the message goes with the reason for it.
    t.source.list.splice(0, 2);
    t.joined(1);
    t.ack(2);
    expect(t.client).toMatchObject({ waiting: 0, problem: null });
  });

  it('[L18] a reader sends nothing and says so; made an editor, it sends what waited', () => {
    t.goLive(0, 'viewer');
    t.edit(change(ANA, 0));
    expect(t.sent()).toEqual([]);
    expect(t.client).toMatchObject({ standing: { role: 'viewer' }, isStuck: true });
    expect(t.client.problem).toEqual({ kind: 'read-only' });
    t.hear({ type: 'role', handle: 1, role: 'editor' });
    expect(t.sentChanges()).toEqual([change(ANA, 0)]);
    expect(t.client).toMatchObject({ standing: { role: 'editor' }, isStuck: false, problem: null });
    // A commenter writes into the comments only.
    t.hear({ type: 'role', handle: 1, role: 'commenter' });
    expect(t.client.isStuck).toBe(true);
    t.make(null, { room: 'docs/a#comments' });
    t.goLive(0, 'commenter');
    t.edit(change(ANA, 1));
    expect(t.sentChanges().length).toBeGreaterThan(0);
  });

  it('[L19] who loses access, or never had it, is told, and asks again slowly', () => {
    t.goLive();
    t.hear({ type: 'role', handle: 1, role: null });
    expect(t.effects).toContainEqual({ type: 'disconnect' });
    expect(t.client).toMatchObject({ standing: { refusal: 'forbidden' }, remote: 'offline' });
    expect(t.client.problem).toEqual({ kind: 'revoked' });
    expect(t.due).toBe(15_000);
    t.wake();
    t.tell({ type: 'opened' });
    t.welcome();
    t.hear({ type: 'reject', handle: 1, detail: 'not for you', code: 'forbidden', culprit: null });
    expect(t.client.problem).toEqual({ kind: 'not-allowed', detail: 'not for you' });
    t.wake();
    t.tell({ type: 'opened' });
    t.welcome();
    t.joined(0);
    expect(t.client).toMatchObject({ standing: { refusal: null }, problem: null });
  });

  it('[L20] a room that was erased is not filled again', () => {
    t.source.list.push(change(ANA, 0));
    t.make(t.source.version);
    t.tell({ type: 'start' });
    t.tell({ type: 'opened' });
    t.welcome();
    t.hear({ type: 'reject', handle: 1, detail: '', code: 'epoch', culprit: null });
    expect(t.effects).toEqual([{ type: 'disconnect' }]);
    expect(t.client).toMatchObject({ standing: { refusal: 'erased' }, deadline: null });
    expect(t.client.problem).toEqual({ kind: 'erased' });
    expect(t.tell({ type: 'start' })).toEqual([]);
    expect(t.edit(change(ANA, 1))).toEqual([]);
    expect(t.client.waiting).toBe(1);
  });

  it('[L21] a token is refreshed when the relay warns, and once when it refuses', () => {
    t.make(null, { canRefresh: true });
    t.tell({ type: 'start' });
    t.tell({ type: 'opened', token: 'one' });
    expect(t.sent()).toMatchObject([{ type: 'hello', token: 'one' }]);
    t.welcome();
    t.joined(0);
    t.hear({ type: 'auth', user: 'ana', expires: t.now + 60_000, warn: true });
    expect(t.effects).toEqual([{ type: 'refresh' }]);
    t.tell({ type: 'token', token: 'two' });
    expect(t.sent()).toEqual([{ type: 'auth-refresh', token: 'two' }]);
    t.hear({ type: 'auth', user: 'ana', expires: t.now + 600_000, warn: false });
    expect([t.effects, t.client.standing.user]).toEqual([[], 'ana']);
    t.tell({ type: 'closed', code: 4401, reason: 'expired' });
    expect(t.due).toBeLessThan(1_000);
    expect(t.wake()).toEqual([{ type: 'connect', fresh: true }]);
    t.tell({ type: 'closed', code: 4401, reason: 'expired' });
    expect(t.due).toBe(15_000);
    expect(t.client.problem).toEqual({ kind: 'connection-refused', code: 4401, detail: 'expired' });
  });

  it('[L22] told when to come back, it comes back then, not all at once', () => {
    t.goLive();
    t.tell({ type: 'closed', code: 1012, reason: '4000 restarting' });
    expect(t.due).toBe(4_500);
  });

  it('[L23] makes a snapshot when asked, once all that it has is on the relay’s disk', () => {
    t.goLive();
    t.edit(change(ANA, 0));
    t.hear({ type: 'want-snapshot', handle: 1, want: 'snapshot', version: versionOf(0) });
    expect(t.effects).toEqual([]);
    t.ack(1);
    expect(t.effects).toContainEqual({ type: 'snapshot' });
    const answer = { version: versionOf(1), stateHash: 'h', bytes: new Uint8Array(100_000) };
    t.tell({ type: 'snapshot', ...answer });
    expect(t.sent()).toMatchObject([{ type: 'snapshot', handle: 1, ...answer }, { type: 'join' }]);
    // What it does not have it cannot put into one.
    t.hear({ type: 'want-snapshot', handle: 1, want: 'snapshot', version: versionOf(5) });
    expect(t.effects).toEqual([]);
    t.hear({ type: 'want-snapshot', handle: 1, want: 'hash', version: versionOf(1) });
    expect(t.effects).toEqual([{ type: 'hash', version: versionOf(1) }]);
    t.tell({ type: 'hash', version: versionOf(1), stateHash: 'h' });
    expect(t.sent()).toEqual([{ type: 'attest', handle: 1, version: versionOf(1), stateHash: 'h' }]);
  });

  it('[L30] a snapshot that takes long to send does not look like a dead line; one beyond what any receiver takes is not sent, and that is said', () => {
    t.goLive();
    const bytes = new Uint8Array(3 * 1024 * 1024);
    t.tell({ type: 'snapshot', version: versionOf(0), stateHash: 'h', bytes });
    expect(t.sent().map(({ type }) => type)).toEqual(['snapshot', 'join']);
    t.wake(t.now + 90_000);
    expect(t.effects).toEqual([]);
    t.joined(0);
    expect(t.client.health.roundTrip).toEqual({ p50: 0, p95: 0 });
    t.tell({ type: 'closed', code: 1006, reason: '' });
    t.reconnect({ bytes: 1024 * 1024 });
    t.joined(0);
    // What was asked for is not held to the rates.
    t.tell({ type: 'snapshot', version: versionOf(0), stateHash: 'h', bytes });
    expect(t.sent()[0]).toMatchObject({ type: 'snapshot' });
    t.joined(0);
    expect(t.client.problem).toBeNull();
    const tooLarge = new Uint8Array(MAX_SNAPSHOT);
    expect(t.tell({ type: 'snapshot', version: versionOf(0), stateHash: 'h', bytes: tooLarge })).toEqual([]);
    const problem = { kind: 'history-too-long', bytes: MAX_SNAPSHOT };
    expect(t.client.problem).toMatchObject(problem);
    // It is not made again for the same answer, and what is written meanwhile goes its way.
    t.hear({ type: 'caught-up', handle: 1 });
    t.hear({ type: 'want-snapshot', handle: 1, want: 'snapshot', version: versionOf(0) });
    expect(t.effects).not.toContainEqual({ type: 'snapshot' });
    t.tell({ type: 'changes', changes: [change(ANA, 0)] });
    expect(t.sent()).toMatchObject([{ type: 'ops' }]);
    expect(t.client.problem).toMatchObject(problem);
  });

  it('[L24] what found no room is asked for again, as long as that helps', () => {
    t.goLive();
    t.hear({ type: 'ops', handle: 1, changes: [change(BO, 9)] });
    t.tell({ type: 'incomplete' });
    expect(t.sent()).toMatchObject([{ type: 'join' }]);
    t.joined(0);
    t.tell({ type: 'incomplete' });
    t.hear({ type: 'caught-up', handle: 1 });
    expect(t.sent()).toEqual([]);
    t.source.list.push(change(BO, 0));
    t.tell({ type: 'incomplete' });
    expect(t.sent()).toMatchObject([{ type: 'join', version: new Map([[BO, 1]]) }]);
  });

  it('[L25] believes a frame’s word on what the relay has only for what the document took from it', () => {
    t.goLive();
    const claim = new Map([
      [BO, 7],
      [ANA, 9],
    ]);
    t.tell({ type: 'applied', version: claim });
    expect(t.client.relay.version).toEqual(new Map());
    t.source.list.push(...Array.from({ length: 7 }, (_, i) => change(BO, i)));
    t.tell({ type: 'applied', version: claim });
    expect(t.client.relay.version).toEqual(new Map([[BO, 7]]));
    // Another tab's change that is still on its way.
    const cy = newReplicaId();
    t.edit(change(cy, 0));
    t.tell({ type: 'applied', version: new Map([[cy, 1]]) });
    expect(t.client.relay.version.has(cy)).toBe(false);
  });

  it('[L31] what another tab heard of the relay’s disk counts, if it is the same disk', () => {
    t.goLive();
    t.edit(change(ANA, 0));
    t.tell({ type: 'durable', epoch: 'another', version: versionOf(1) });
    expect(t.client.waiting).toBe(1);
    t.tell({ type: 'durable', epoch: 'e', version: versionOf(1) });
    expect(t.client.waiting).toBe(0);
    // What was merely passed on is not told to others as durable.
    t.source.list.push(change(BO, 0));
    t.tell({ type: 'applied', version: new Map([[BO, 1]]) });
    expect([t.client.relay.version.get(BO), t.client.durable.version.get(BO)]).toEqual([1, undefined]);
    t.ack(1);
    expect(t.client.durable).toEqual({ epoch: 'e', version: versionOf(1) });
  });

  it('[L26] a line that falls silent while something is unanswered is given up within 5 s', () => {
    t.goLive();
    t.edit(change(ANA, 0));
    const start = t.now;
    t.wake();
    expect(t.now - start).toBe(1_200);
    expect(t.sent()).toMatchObject([{ type: 'join' }]);
    t.wake();
    expect(t.effects).toContainEqual({ type: 'disconnect' });
    t.wake();
    expect(t.effects).toEqual([{ type: 'connect', fresh: false }]);
    expect(t.now - start).toBeLessThan(5_000);
  });

  it('[L29] a relay that answers but whose disk is slow is asked less and less often', () => {
    t.goLive();
    t.edit(change(ANA, 0));
    const asked: number[] = [];
    for (let start = t.now; asked.length < 5; start = t.now) {
      t.wake();
      expect(t.sent()).toMatchObject([{ type: 'join' }]);
      asked.push(t.now - start);
      t.joined(0);
    }
    expect(asked).toEqual([1_200, 2_400, 4_800, 5_000, 5_000]);
    t.ack(1);
    t.edit(change(ANA, 1));
    expect(t.due).toBe(1_200);
  });

  it('[L27] a relay of version 1 is spoken to in version 1', () => {
    t.tell({ type: 'start' });
    t.tell({ type: 'opened' });
    const first = (): number[] =>
      t.effects.flatMap((e) => (e.type === 'send' ? e.packets.map((p) => p[0] ?? 0) : []));
    expect(first()).toEqual([1]);
    t.welcome({}, 1);
    t.joined(0);
    t.edit(change(ANA, 0));
    expect(first()).toEqual([1]);
    t.hear({ type: 'want-snapshot', handle: 1, want: 'hash', version: versionOf(1) });
    t.tell({ type: 'hash', version: versionOf(1), stateHash: 'h' });
    expect(t.effects).toEqual([]);
  });

  it('[L28] the round trip is measured by what is sent anyway', () => {
    t.tell({ type: 'start' });
    t.tell({ type: 'opened' });
    t.now += 80;
    t.welcome();
    t.now += 1;
    t.joined(0);
    expect(t.client.health.roundTrip).toEqual({ p50: 80, p95: 80 });
    for (let n = 0; n < 60; n++) {
      t.edit(change(ANA, n));
      t.now += 40;
      t.hear({ type: 'ack', handle: 1, level: n % 2 ? 'durable' : 'received', version: versionOf(n + 1) });
    }
    expect(t.client.health.roundTrip).toEqual({ p50: 40, p95: 40 });
  });
});
