import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32c, Writer } from '@concord/crdt/bytes';
import { writeReplica } from '@concord/crdt/core';
import {
  Assembler,
  CloseCode,
  encodeFrame,
  type Frame,
  newReplicaId,
  opsPackets,
  type ReplicaId,
  type VersionVector,
} from '@concord/sync/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Connection, type Socket } from './connection.ts';
import { type LogService, logService } from './log-service.ts';
import { Metrics } from './metrics.ts';
import { Rooms } from './rooms.ts';

/** A line that a test can clog. */
class TestSocket implements Socket {
  buffered = 0;
  closed: number | null = null;
  readonly frames: Frame[] = [];
  readonly #assembler = new Assembler();
  #drained: (() => void)[] = [];
  #clogged = false;

  send(packet: Uint8Array): void {
    const frame = this.#assembler.take(packet);
    if (frame) this.frames.push(frame);
  }

  drained(): Promise<void> {
    return this.#clogged ? new Promise((resolve) => this.#drained.push(resolve)) : Promise.resolve();
  }

  close(code: number): void {
    this.closed = code;
  }

  clog(): void {
    this.#clogged = true;
  }

  /** Lets one wait for room end. */
  drain(): void {
    this.#drained.shift()?.();
  }

  count(type: Frame['type']): number {
    return this.frames.filter((frame) => frame.type === type).length;
  }
}

/** A change of one id with a body of nothing, as a document would seal it. */
function changeBytes(replica: ReplicaId, from: number, size: number): Uint8Array {
  const w = new Writer();
  w.u8(1);
  writeReplica(w, replica);
  w.varint(from);
  w.varint(1);
  w.raw(new Uint8Array(size));
  w.u32(crc32c(w.finish()));
  return w.finish();
}

/** All that needs no time to pass has happened. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
}

describe('a connection', () => {
  let folder: string;
  let log: LogService;
  let rooms: Rooms;
  let metrics: Metrics;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'concord-'));
    log = logService(folder);
    metrics = new Metrics();
    rooms = new Rooms(log, metrics);
  });
  afterEach(async () => {
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const person = async (room = 'docs/a', version: VersionVector = new Map()) => {
    const socket = new TestSocket();
    const replica = newReplicaId();
    const connection = new Connection(socket, rooms, metrics);
    const say = (frame: Frame): void => connection.receive(encodeFrame(frame));
    say({ type: 'hello', oldest: 1, newest: 2, replica, token: null });
    say({ type: 'join', handle: 1, room, epoch: '', version });
    await settle();
    return { socket, replica, connection, say };
  };
  const changes = (replica: ReplicaId, from: number, count: number, size = 10) =>
    Array.from({ length: count }, (_, i) => ({
      replica,
      from: from + i,
      to: from + i + 1,
      bytes: changeBytes(replica, from + i, size),
    }));

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
    const damaged = own.bytes.slice();
    damaged[15] = 1;
    cy.say({ type: 'ops', handle: 1, changes: [{ ...own, bytes: damaged }] });
    expect(cy.socket.frames.at(-1)).toMatchObject({ type: 'reject', code: 'invalid' });
    bo.say({ type: 'ops', handle: 1, changes: changes(bo.replica, 0, 1) });
    await settle();
    expect(bo.socket.count('ack')).toBe(1);
    expect((await person()).socket.count('ops')).toBe(1);
  });
});
