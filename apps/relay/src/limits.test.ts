import { Capability, CloseCode, encodeFrame, type Frame } from '@concord/sync/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { Addresses } from './addresses.ts';
import { USUAL_LIMITS } from './allowance.ts';
import { changesOf } from './testing/changes.ts';
import { settle, TestRelay } from './testing/test-relay.ts';
import { TokenBucket } from './token-bucket.ts';

const ROOM = 'docs/a';
const limits = {
  ...USUAL_LIMITS,
  changes: { perSecond: 10, burst: 20 },
  presence: { perSecond: 5, burst: 5 },
  joins: { perSecond: 1, burst: 3 },
  packets: { perSecond: 1_000, burst: 2_000 },
};

describe('limits', () => {
  let relay: TestRelay;
  afterEach(() => relay.close());

  it('[Q1] changes beyond the rate are refused with the time to wait, and taken after it', async () => {
    relay = new TestRelay({ limits });
    const ana = await relay.person();
    await ana.join(ROOM);
    expect(ana.socket.frames[0]).toMatchObject({ type: 'welcome', limits: { changes: 10, presence: 5 } });
    const send = (from: number, count: number): void =>
      ana.say({ type: 'ops', handle: 1, changes: changesOf(ana.replica, from, count) });
    send(0, 15);
    send(15, 10);
    await settle();
    const reject = ana.socket.frames.findLast((frame) => frame.type === 'reject');
    expect(reject).toMatchObject({ code: 'rate', retryAfter: 500 });
    expect((await relay.log.find(ROOM))?.version.get(ana.replica)).toBe(15);
    relay.now += 500;
    send(15, 10);
    await settle();
    expect((await relay.log.find(ROOM))?.version.get(ana.replica)).toBe(25);
    expect(ana.socket.closed).toBeNull();
  });

  it('[Q2] presence beyond the rate is dropped, silently', async () => {
    relay = new TestRelay({ limits });
    const [ana, bo] = [await relay.person(), await relay.person()];
    await ana.join(ROOM);
    await bo.join(ROOM);
    for (let i = 0; i < 50; i++) ana.say({ type: 'presence', handle: 1, state: Uint8Array.of(i) });
    await settle();
    expect(bo.socket.count('peer')).toBe(5);
    expect(ana.socket.closed).toBeNull();
  });

  it('[Q3] a flood of JOINs is refused, and a flood of anything ends the line', async () => {
    relay = new TestRelay({ limits });
    const ana = await relay.person();
    for (let i = 1; i <= 10; i++)
      ana.say({ type: 'join', handle: i, room: `docs/r${i}`, epoch: '', version: new Map() });
    await settle();
    expect(ana.socket.count('joined')).toBe(3);
    expect(ana.socket.count('reject')).toBe(7);
    const leave = encodeFrame({ type: 'leave', handle: 9 } satisfies Frame);
    for (let i = 0; i < 2_000; i++) ana.connection.receive(leave);
    expect(ana.socket.closed).toBe(CloseCode.tooMany);
  });

  it('[Q4] presence of a crowd is put off rather than multiplied, and the newest comes in the end', async () => {
    relay = new TestRelay();
    const crowd = await Promise.all(Array.from({ length: 300 }, () => relay.person()));
    await Promise.all(crowd.map((one) => one.join(ROOM)));
    const [ana, bo] = crowd;
    if (!ana || !bo) throw new Error('nobody came');
    for (let round = 0; round < 3; round++) {
      for (const one of crowd) one.say({ type: 'presence', handle: 1, state: Uint8Array.of(round) });
    }
    await settle();
    const delivered = (): number => crowd.reduce((sum, { socket }) => sum + socket.count('peer'), 0);
    expect(delivered()).toBeLessThanOrEqual(60_000);
    for (let i = 0; i < 12; i++) await relay.pass(1_000);
    const newest = new Map(
      bo.socket.frames.flatMap((frame) =>
        frame.type === 'peer' && frame.state ? [[frame.replica, frame.state[0]]] : [],
      ),
    );
    expect(newest.size).toBe(299);
    expect(new Set(newest.values())).toEqual(new Set([2]));
  });

  it('[Q5] one address opens so many lines, and so fast; this machine is not limited', () => {
    relay = new TestRelay();
    const addresses = new Addresses(3);
    expect([1, 2, 3, 4].map(() => addresses.admit('10.0.0.1', 0))).toEqual([true, true, true, false]);
    expect(addresses.admit('10.0.0.2', 0)).toBe(true);
    addresses.left('10.0.0.1');
    expect(addresses.admit('10.0.0.1', 0)).toBe(true);
    expect(Array.from({ length: 500 }, () => addresses.mayOpen('10.0.0.3', 0)).filter(Boolean)).toHaveLength(
      200,
    );
    expect(addresses.mayOpen('10.0.0.3', 1_000)).toBe(true);
    expect(Array.from({ length: 500 }, () => addresses.admit(null, 0)).every(Boolean)).toBe(true);
  });

  it('[Q7] a snapshot that was asked for may be large, once; what else comes may not', async () => {
    const bytes = { perSecond: 100_000, burst: 1_000_000 };
    relay = new TestRelay({ limits: { ...USUAL_LIMITS, bytes }, retention: 60_000 });
    const ana = await relay.person();
    await ana.join(ROOM, { capabilities: Capability.snapshots });
    ana.say({ type: 'ops', handle: 1, changes: changesOf(ana.replica, 0, 50, 10_000) });
    await settle();
    expect(ana.socket.frames.at(-1)).toMatchObject({ type: 'want-snapshot', want: 'snapshot' });
    const snapshot = {
      type: 'snapshot',
      handle: 1,
      version: new Map([[ana.replica, 50]]),
      stateHash: 'h',
      bytes: new Uint8Array(5_000_000),
    } as const;
    ana.say(snapshot);
    await settle();
    expect((await relay.log.find(ROOM))?.snapshot).toMatchObject({ size: 5_000_000 });
    expect(ana.socket.closed).toBeNull();
    for (let i = 0; i < 10; i++)
      ana.say({ type: 'ops', handle: 1, changes: changesOf(ana.replica, 50 + 10 * i, 10, 10_000) });
    expect(ana.socket.closed).toBe(CloseCode.tooMany);
  });

  it('[Q6] a bucket fills at its rate and no further, and passes what is larger than itself when full', () => {
    relay = new TestRelay();
    const bucket = new TokenBucket({ perSecond: 10, burst: 20 }, 0);
    expect(bucket.take(20, 0)).toBe(0);
    expect(bucket.take(1, 0)).toBe(100);
    expect(bucket.take(1, 100)).toBe(0);
    expect(bucket.take(21, 1_000_000)).toBe(0);
    expect(bucket.take(1, 1_000_000)).toBe(200);
    // A clock that goes back gives nothing and takes nothing.
    expect(bucket.take(1, 0)).toBeGreaterThan(0);
  });
});
