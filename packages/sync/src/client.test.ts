import { beforeEach, describe, expect, it } from 'vitest';
import { ANA, BO, ClientDriver, change, versionOf } from './testing/client-driver.ts';

describe('the client', () => {
  let t: ClientDriver;
  beforeEach(() => {
    t = new ClientDriver();
  });

  it('[L1] greets, joins with what it has, and is live when caught up', () => {
    t.source.list.push(change(BO, 0));
    t.make(new Map([[BO, 1]]));
    expect(t.tell({ type: 'start' })).toEqual([{ type: 'connect', fresh: false }]);
    expect(t.client.remote).toBe('connecting');
    t.tell({ type: 'opened' });
    expect(t.sent()).toMatchObject([{ type: 'hello', replica: ANA, token: null }]);
    t.welcome();
    expect(t.sent()).toMatchObject([
      { type: 'join', room: 'docs/a', epoch: 'old', version: new Map([[BO, 1]]) },
    ]);
    t.joined(0);
    expect(t.client.remote).toBe('connecting');
    t.hear({ type: 'caught-up', handle: 1 });
    expect(t.client.remote).toBe('live');
  });

  it('[L2] a change counts as waiting until the relay says durable', () => {
    t.goLive();
    t.edit(change(ANA, 0));
    expect(t.sent()).toMatchObject([{ type: 'ops', changes: [change(ANA, 0)] }]);
    expect(t.client.waiting).toBe(1);
    t.hear({ type: 'ack', handle: 1, level: 'received', version: versionOf(1) });
    expect(t.client.waiting).toBe(1);
    t.ack(1);
    expect(t.client.waiting).toBe(0);
    expect(t.client.relay.version).toEqual(versionOf(1));
  });

  it('[L3] what was made offline waits, and is sent after the next JOIN, less what the relay has', () => {
    t.edit(change(ANA, 0), change(ANA, 1));
    expect(t.effects).toEqual([]);
    expect(t.client.waiting).toBe(2);
    t.tell({ type: 'start' });
    t.tell({ type: 'opened' });
    t.welcome();
    t.joined(1);
    expect(t.sent()).toMatchObject([{ type: 'ops', changes: [change(ANA, 1)] }]);
    expect(t.client.waiting).toBe(1);
  });

  it('[L4] a relay that lost its disk gets everything again, whoever wrote it', () => {
    t.source.list.push(change(ANA, 0), change(BO, 0));
    t.make(t.source.version);
    expect(t.client.waiting).toBe(0);
    t.tell({ type: 'start' });
    t.tell({ type: 'opened' });
    t.welcome();
    t.joined(0, 'new');
    expect(t.client.waiting).toBe(2);
    expect(t.sent()).toMatchObject([{ type: 'ops', changes: t.source.list }]);
    expect(t.client.relay.epoch).toBe('new');
  });

  it('[L5] a gap is answered by comparing notes, once', () => {
    t.goLive();
    t.edit(change(ANA, 0), change(ANA, 1));
    t.hear({ type: 'reject', handle: 1, detail: '', code: 'gap', replica: ANA, expected: 0 });
    expect(t.sent()).toMatchObject([{ type: 'join' }]);
    t.hear({ type: 'reject', handle: 1, detail: '', code: 'gap', replica: ANA, expected: 0 });
    expect(t.sent()).toEqual([]);
    t.joined(0);
    expect(t.sent()).toMatchObject([{ type: 'ops', changes: t.source.list }]);
  });

  it('[L6] keeps no more than a window on the way', () => {
    t.goLive();
    t.edit(...Array.from({ length: 30 }, (_, i) => change(ANA, i, 60_000)));
    const first = t.sent().flatMap((frame) => (frame.type === 'ops' ? frame.changes : []));
    expect(first.length).toBeLessThan(10);
    t.ack(first.length);
    const second = t.sent().flatMap((frame) => (frame.type === 'ops' ? frame.changes : []));
    expect(second[0]?.from).toBe(first.length);
    expect(t.client.waiting).toBe(30 - first.length);
  });

  it('[L7] comes back with full jitter, later each time, and at once when nudged', () => {
    t.tell({ type: 'start' });
    const delays: number[] = [];
    for (let n = 0; n < 10; n++) {
      t.tell({ type: 'closed', code: 1006, reason: '' });
      expect(t.client.remote).toBe('offline');
      delays.push(t.due);
      expect(t.wake()).toEqual([{ type: 'connect', fresh: false }]);
    }
    expect(delays).toEqual([125, 250, 500, 1000, 2000, 4000, 7500, 7500, 7500, 7500]);
    t.tell({ type: 'closed', code: 1006, reason: '' });
    expect(t.tell({ type: 'nudge' })).toEqual([{ type: 'connect', fresh: false }]);
  });

  it('[L8] a refusal that will not pass is told, and tried again slowly', () => {
    t.tell({ type: 'start' });
    t.tell({ type: 'closed', code: 4402, reason: 'too old' });
    expect(t.client.problem).toMatchObject({ kind: 'connection-refused', detail: 'too old' });
    expect(t.due).toBe(15_000);
  });

  it('[L9] after silence it asks; without an answer the line is dead', () => {
    t.goLive();
    const asked = t.client.deadline ?? 0;
    expect(asked - t.now).toBe(20_000);
    t.wake(asked);
    expect(t.sent()).toMatchObject([{ type: 'join' }]);
    const dead = t.client.deadline ?? 0;
    expect(dead - asked).toBe(2_400);
    t.wake(dead);
    expect(t.effects).toContainEqual({ type: 'disconnect' });
    expect(t.client.remote).toBe('offline');
  });

  it('[L10] changes that are never acknowledged mean a dead line, however much else is heard', () => {
    t.goLive();
    t.edit(change(ANA, 0));
    for (let n = 0; n < 9; n++) {
      t.now += 1_000;
      t.hear({ type: 'ops', handle: 1, changes: [change(BO, n)] });
    }
    t.wake();
    expect(t.effects).toContainEqual({ type: 'disconnect' });
    expect(t.client.waiting).toBe(1);
  });

  it('[L11] presence goes out at most 20 times a second, the newest wins, and again after a reconnect', () => {
    t.goLive();
    t.tell({ type: 'presence', state: Uint8Array.of(1) });
    expect(t.sent()).toMatchObject([{ type: 'presence', state: Uint8Array.of(1) }]);
    t.tell({ type: 'presence', state: Uint8Array.of(2) });
    t.tell({ type: 'presence', state: Uint8Array.of(3) });
    expect(t.sent()).toEqual([]);
    expect(t.due).toBe(50);
    t.wake();
    expect(t.sent()).toMatchObject([{ type: 'presence', state: Uint8Array.of(3) }]);
    t.now += 1_000;
    expect(t.tell({ type: 'closed', code: 1006, reason: '' })).toContainEqual({ type: 'alone' });
    t.edit(change(ANA, 0));
    t.source.list.push(change(ANA, 0));
    t.wake();
    t.tell({ type: 'opened' });
    t.welcome();
    t.joined(0);
    // Who comes back is named before what they bring.
    expect(t.sent()).toMatchObject([{ type: 'presence', state: Uint8Array.of(3) }, { type: 'ops' }]);
  });

  it('[L12] stopped means stopped', () => {
    t.goLive();
    expect(t.tell({ type: 'stop' })).toEqual([{ type: 'disconnect' }, { type: 'alone' }]);
    expect(t.client.deadline).toBeNull();
    expect(t.tell({ type: 'nudge' })).toEqual([]);
    t.edit(change(ANA, 0));
    expect(t.effects).toEqual([]);
    expect(t.client).toMatchObject({ remote: 'offline', waiting: 1 });
  });
});
