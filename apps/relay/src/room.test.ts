import {
  Assembler,
  type Change,
  type Frame,
  newReplicaId,
  packets,
  type ReplicaId,
} from '@concord/sync/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LogStore, RoomBatch } from './log-store.ts';
import type { Member } from './member.ts';
import { Metrics } from './metrics.ts';
import type { Room } from './room.ts';
import { Rooms } from './rooms.ts';

const change = (replica: ReplicaId, from: number): Change => ({
  replica,
  from,
  to: from + 1,
  bytes: Uint8Array.of(1),
});

/** A log whose writes end when the test says so. */
class HeldLog implements LogStore {
  readonly written: Change[] = [];
  #held: { readonly batches: readonly RoomBatch[]; readonly done: PromiseWithResolvers<void> }[] = [];

  append(batches: readonly RoomBatch[]): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.#held.push({ batches, done });
    return done.promise;
  }

  async end(how: 'written' | 'failed'): Promise<void> {
    await settled();
    for (const { batches, done } of this.#held.splice(0)) {
      if (how === 'failed') done.reject(new Error('no disk'));
      else {
        this.written.push(...batches.flatMap(({ changes }) => changes));
        done.resolve();
      }
    }
    await settled();
  }

  async find(): Promise<{ epoch: string; version: Map<ReplicaId, number> } | null> {
    if (this.written.length === 0) return null;
    return { epoch: 'e', version: new Map(this.written.map(({ replica, to }) => [replica, to])) };
  }

  async *read(): AsyncGenerator<readonly Change[]> {
    yield this.written;
  }

  async close(): Promise<void> {}
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class Person implements Member {
  readonly handle = 1;
  readonly replica = newReplicaId();
  readonly protocol = 2;
  readonly user = null;
  readonly mayWrite = true;
  readonly capabilities = 0;
  readonly heard: Frame[] = [];
  evicted = false;
  readonly #assembler = new Assembler();

  send(packets: readonly Uint8Array[]): void {
    for (const packet of packets) {
      const frame = this.#assembler.take(packet);
      if (frame) this.heard.push(frame);
    }
  }

  tell(frame: Frame): void {
    this.send(packets(frame));
  }

  evict(): void {
    this.evicted = true;
  }

  /** What was heard since last asked. */
  news(): Frame[] {
    return this.heard.splice(0);
  }
}

describe('a room', () => {
  let log: HeldLog;
  let metrics: Metrics;
  let rooms: Rooms;
  let room: Room;
  let ana: Person;
  let bo: Person;
  beforeEach(async () => {
    log = new HeldLog();
    metrics = new Metrics();
    rooms = new Rooms(log, metrics);
    room = await rooms.lease('docs/a').room;
    ana = new Person();
    bo = new Person();
    room.enter(ana);
    room.enter(bo);
  });
  const durable = (next: number): Frame => ({
    type: 'ack',
    handle: 1,
    level: 'durable',
    version: new Map([[ana.replica, next]]),
  });

  it('[M1] peers get a change at once, its author hears of it when it is on disk', async () => {
    room.append(ana, [change(ana.replica, 0), change(ana.replica, 1)]);
    expect(bo.news()).toMatchObject([
      { type: 'ops', changes: [change(ana.replica, 0), change(ana.replica, 1)] },
    ]);
    await settled();
    expect(ana.news()).toEqual([]);
    await log.end('written');
    expect(ana.news()).toEqual([durable(2)]);
    expect(bo.news()).toEqual([]);
  });

  it('[M2] a change sent twice is passed on once and acknowledged twice', async () => {
    room.append(ana, [change(ana.replica, 0)]);
    room.append(ana, [change(ana.replica, 0)]);
    expect(bo.news()).toHaveLength(1);
    expect(ana.news()).toEqual([]);
    await log.end('written');
    expect(ana.news()).toEqual([durable(1)]);
    room.append(ana, [change(ana.replica, 0)]);
    expect(ana.news()).toEqual([durable(1)]);
    expect(bo.news()).toEqual([]);
    expect(log.written).toHaveLength(1);
  });

  it('[M3] takes nothing past a gap, and tells it once', async () => {
    room.append(ana, [change(ana.replica, 0), change(ana.replica, 2), change(ana.replica, 3)]);
    expect(ana.news()).toMatchObject([{ type: 'reject', code: 'gap', replica: ana.replica, expected: 1 }]);
    await log.end('written');
    expect(log.written).toEqual([change(ana.replica, 0)]);
    expect(ana.news()).toEqual([durable(1)]);
  });

  it('[M4] after a failed write nothing is acknowledged, everyone has to join again, and brings what was lost', async () => {
    room.append(ana, [change(ana.replica, 0)]);
    await log.end('failed');
    expect(ana.news()).toEqual([]);
    expect([ana.evicted, bo.evicted, metrics.healthy]).toEqual([true, true, false]);
    room.append(ana, [change(ana.replica, 1)]);
    await log.end('written');
    expect(log.written).toEqual([]);
    const again = await rooms.lease('docs/a').room;
    expect(again).not.toBe(room);
    const back = new Person();
    again.enter(back);
    again.append(back, [change(ana.replica, 0), change(ana.replica, 1)]);
    await log.end('written');
    expect(log.written).toHaveLength(2);
    expect([back.evicted, metrics.healthy]).toEqual([false, true]);
  });

  it('[M5] who joins gets what is on disk and what is on its way there', async () => {
    room.append(ana, [change(ana.replica, 0)]);
    await log.end('written');
    room.append(ana, [change(ana.replica, 1)]);
    bo.news();
    for await (const page of room.missing(bo, new Map())) bo.send(page);
    expect(bo.news().flatMap((frame) => (frame.type === 'ops' ? frame.changes : []))).toEqual([
      change(ana.replica, 0),
      change(ana.replica, 1),
    ]);
    expect(room.version).toEqual(new Map([[ana.replica, 1]]));
  });

  it('[M6] is forgotten when it is empty and on disk, not before', async () => {
    const open = (): string | undefined => metrics.text().match(/concord_rooms_open (\d+)/)?.[1];
    const lease = rooms.lease('docs/b');
    const other = await lease.room;
    other.enter(ana);
    other.append(ana, [change(ana.replica, 0)]);
    other.leave(ana);
    lease.release();
    await settled();
    expect(open()).toBe('2');
    await log.end('written');
    expect(open()).toBe('1');
  });
});
