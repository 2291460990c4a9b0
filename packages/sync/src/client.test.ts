import { newReplicaId, type ReplicaId, type VersionVector } from '@concord/crdt/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Effect, SyncClient } from './client.ts';
import { Assembler, type Change, type Frame } from './protocol/index.ts';

const ANA = newReplicaId();
const BO = newReplicaId();
const change = (replica: ReplicaId, from: number, size = 10): Change => ({
  replica,
  from,
  to: from + 1,
  bytes: new Uint8Array(size),
});

/** A document that is only a list of changes. */
class Changes {
  readonly list: Change[] = [];

  get version(): VersionVector {
    return new Map(this.list.map(({ replica, to }) => [replica, to]));
  }

  changesSince(version: VersionVector): readonly Change[] {
    return this.list.filter(({ replica, to }) => to > (version.get(replica) ?? 0));
  }
}

describe('the client', () => {
  let source: Changes;
  let client: SyncClient;
  let now: number;
  let effects: readonly Effect[];

  const make = (relay: VersionVector | null = null): void => {
    client = new SyncClient({
      room: 'docs/a',
      replica: ANA,
      source,
      relay: relay && { epoch: 'old', version: relay },
      random: () => 0.5,
    });
  };
  const tell = (event: Parameters<SyncClient['handle']>[0]): readonly Effect[] => {
    effects = client.handle(event, now);
    return effects;
  };
  const hear = (frame: Frame): readonly Effect[] => tell({ type: 'frame', frame });
  const sent = (): Frame[] => {
    const assembler = new Assembler();
    return effects.flatMap((effect) =>
      effect.type === 'send' ? effect.packets.flatMap((p) => assembler.take(p) ?? []) : [],
    );
  };
  const edit = (...changes: Change[]): readonly Effect[] => {
    source.list.push(...changes);
    return tell({ type: 'changes', changes });
  };
  const version = (next: number): VersionVector => new Map(next === 0 ? [] : [[ANA, next]]);
  const joined = (next: number, epoch = 'e'): readonly Effect[] =>
    hear({ type: 'joined', handle: 1, epoch, role: 'editor', version: version(next), head: 0 });
  const welcome = (): readonly Effect[] =>
    hear({
      type: 'welcome',
      version: 2,
      session: 's',
      limits: { frame: 0, message: 0, changes: 0, bytes: 0, presence: 0 },
      user: null,
      expires: null,
    });
  const goLive = (next = 0): void => {
    tell({ type: 'start' });
    tell({ type: 'opened' });
    welcome();
    joined(next);
    hear({ type: 'caught-up', handle: 1 });
  };
  const wakeAt = (time: number): readonly Effect[] => {
    now = time;
    return tell({ type: 'wake' });
  };

  beforeEach(() => {
    source = new Changes();
    now = 1_000_000;
    make();
  });

  it('[L1] greets, joins with what it has, and is live when caught up', () => {
    source.list.push(change(BO, 0));
    make(new Map([[BO, 1]]));
    expect(tell({ type: 'start' })).toEqual([{ type: 'connect' }]);
    expect(client.remote).toBe('connecting');
    tell({ type: 'opened' });
    expect(sent()).toMatchObject([{ type: 'hello', replica: ANA, token: null }]);
    welcome();
    expect(sent()).toMatchObject([
      { type: 'join', room: 'docs/a', epoch: 'old', version: new Map([[BO, 1]]) },
    ]);
    joined(0);
    expect(client.remote).toBe('connecting');
    hear({ type: 'caught-up', handle: 1 });
    expect(client.remote).toBe('live');
  });

  it('[L2] a change counts as waiting until the relay says durable', () => {
    goLive();
    edit(change(ANA, 0));
    expect(sent()).toMatchObject([{ type: 'ops', changes: [change(ANA, 0)] }]);
    expect(client.waiting).toBe(1);
    hear({ type: 'ack', handle: 1, level: 'received', version: version(1) });
    expect(client.waiting).toBe(1);
    hear({ type: 'ack', handle: 1, level: 'durable', version: version(1) });
    expect(client.waiting).toBe(0);
    expect(client.relay.version).toEqual(version(1));
  });

  it('[L3] what was made offline waits, and is sent after the next JOIN, less what the relay has', () => {
    edit(change(ANA, 0), change(ANA, 1));
    expect(effects).toEqual([]);
    expect(client.waiting).toBe(2);
    tell({ type: 'start' });
    tell({ type: 'opened' });
    welcome();
    joined(1);
    expect(sent()).toMatchObject([{ type: 'ops', changes: [change(ANA, 1)] }]);
    expect(client.waiting).toBe(1);
  });

  it('[L4] a relay that lost its disk gets everything again, whoever wrote it', () => {
    source.list.push(change(ANA, 0), change(BO, 0));
    make(source.version);
    expect(client.waiting).toBe(0);
    tell({ type: 'start' });
    tell({ type: 'opened' });
    welcome();
    joined(0, 'new');
    expect(client.waiting).toBe(2);
    expect(sent()).toMatchObject([{ type: 'ops', changes: source.list }]);
    expect(client.relay.epoch).toBe('new');
  });

  it('[L5] a gap is answered by comparing notes, once', () => {
    goLive();
    edit(change(ANA, 0), change(ANA, 1));
    hear({ type: 'reject', handle: 1, detail: '', code: 'gap', replica: ANA, expected: 0 });
    expect(sent()).toMatchObject([{ type: 'join' }]);
    hear({ type: 'reject', handle: 1, detail: '', code: 'gap', replica: ANA, expected: 0 });
    expect(sent()).toEqual([]);
    joined(0);
    expect(sent()).toMatchObject([{ type: 'ops', changes: source.list }]);
  });

  it('[L6] keeps no more than a window on the way', () => {
    goLive();
    edit(...Array.from({ length: 30 }, (_, i) => change(ANA, i, 60_000)));
    const first = sent().flatMap((frame) => (frame.type === 'ops' ? frame.changes : []));
    expect(first.length).toBeLessThan(10);
    hear({ type: 'ack', handle: 1, level: 'durable', version: version(first.length) });
    const second = sent().flatMap((frame) => (frame.type === 'ops' ? frame.changes : []));
    expect(second[0]?.from).toBe(first.length);
    expect(client.waiting).toBe(30 - first.length);
  });

  it('[L7] comes back with full jitter, later each time, and at once when nudged', () => {
    tell({ type: 'start' });
    const delays: number[] = [];
    for (let n = 0; n < 10; n++) {
      tell({ type: 'closed', code: 1006, reason: '' });
      expect(client.remote).toBe('offline');
      delays.push((client.deadline ?? 0) - now);
      expect(wakeAt(client.deadline ?? 0)).toEqual([{ type: 'connect' }]);
    }
    expect(delays).toEqual([125, 250, 500, 1000, 2000, 4000, 7500, 7500, 7500, 7500]);
    tell({ type: 'closed', code: 1006, reason: '' });
    expect(tell({ type: 'nudge' })).toEqual([{ type: 'connect' }]);
  });

  it('[L8] a refusal that will not pass is told, and tried again slowly', () => {
    tell({ type: 'start' });
    tell({ type: 'closed', code: 4402, reason: 'too old' });
    expect(client.error).toBe('too old');
    expect((client.deadline ?? 0) - now).toBe(15_000);
  });

  it('[L9] after silence it asks; without an answer the line is dead', () => {
    goLive();
    const asked = client.deadline ?? 0;
    expect(asked - now).toBe(20_000);
    wakeAt(asked);
    expect(sent()).toMatchObject([{ type: 'join' }]);
    const dead = client.deadline ?? 0;
    expect(dead - asked).toBe(10_000);
    wakeAt(dead);
    expect(effects).toContainEqual({ type: 'disconnect' });
    expect(client.remote).toBe('offline');
  });

  it('[L10] changes that are never acknowledged mean a dead line, however much else is heard', () => {
    goLive();
    edit(change(ANA, 0));
    for (let n = 0; n < 9; n++) {
      now += 1_000;
      hear({ type: 'ops', handle: 1, changes: [change(BO, n)] });
    }
    wakeAt(client.deadline ?? 0);
    expect(effects).toContainEqual({ type: 'disconnect' });
    expect(client.waiting).toBe(1);
  });

  it('[L11] presence goes out at most 20 times a second, the newest wins, and again after a reconnect', () => {
    goLive();
    tell({ type: 'presence', state: Uint8Array.of(1) });
    expect(sent()).toMatchObject([{ type: 'presence', state: Uint8Array.of(1) }]);
    tell({ type: 'presence', state: Uint8Array.of(2) });
    tell({ type: 'presence', state: Uint8Array.of(3) });
    expect(sent()).toEqual([]);
    expect((client.deadline ?? 0) - now).toBe(50);
    wakeAt(client.deadline ?? 0);
    expect(sent()).toMatchObject([{ type: 'presence', state: Uint8Array.of(3) }]);
    now += 1_000;
    expect(tell({ type: 'closed', code: 1006, reason: '' })).toContainEqual({ type: 'alone' });
    edit(change(ANA, 0));
    source.list.push(change(ANA, 0));
    wakeAt(client.deadline ?? 0);
    tell({ type: 'opened' });
    welcome();
    joined(0);
    // Who comes back is named before what they bring.
    expect(sent()).toMatchObject([{ type: 'presence', state: Uint8Array.of(3) }, { type: 'ops' }]);
  });

  it('[L12] stopped means stopped', () => {
    goLive();
    expect(tell({ type: 'stop' })).toEqual([{ type: 'disconnect' }, { type: 'alone' }]);
    expect(client.deadline).toBeNull();
    expect(tell({ type: 'nudge' })).toEqual([]);
    edit(change(ANA, 0));
    expect(effects).toEqual([]);
    expect(client).toMatchObject({ remote: 'offline', waiting: 1 });
  });

  it('[L13] a change that no relay takes stays, says so, and holds up what builds on it', () => {
    goLive();
    edit(change(ANA, 0, 9 * 1024 * 1024), change(ANA, 1));
    expect(sent()).toEqual([]);
    expect(client.waiting).toBe(2);
    expect(client.error).toMatch(/too large/);
  });
});
