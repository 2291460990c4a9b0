import { Capability, CloseCode, snapshotCrc } from '@concord/sync/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changesOf } from './testing/changes.ts';
import { type Person, settle, TestRelay } from './testing/test-relay.ts';

const ROOM = 'docs/a';
const BOTH = Capability.snapshots | Capability.attests;
/** Changes that together outweigh what makes a snapshot worth while. */
const COUNT = 30;
const SIZE = 10_000;

describe('compaction', () => {
  let relay: TestRelay;
  beforeEach(() => {
    relay = new TestRelay({ retention: 60_000 });
  });
  afterEach(() => relay.close());

  const enter = async (capabilities = BOTH): Promise<Person> => {
    const one = await relay.person();
    await one.join(ROOM, { capabilities });
    return one;
  };
  const write = async (ana: Person, from = 0, count = COUNT): Promise<void> => {
    for (let i = 0; i < count; i += 5)
      ana.say({ type: 'ops', handle: 1, changes: changesOf(ana.replica, from + i, 5, SIZE) });
    await settle();
  };
  const wanted = ({ socket }: Person, want: 'snapshot' | 'hash') =>
    socket.frames.flatMap((frame) => (frame.type === 'want-snapshot' && frame.want === want ? [frame] : []));
  const bytes = new Uint8Array(5_000).fill(7);
  const answer = async (ana: Person, upTo: number, stateHash = 'h'): Promise<void> => {
    ana.say({ type: 'snapshot', handle: 1, version: new Map([[ana.replica, upTo]]), stateHash, bytes });
    await settle();
  };
  const mark = async () => (await relay.log.find(ROOM))?.snapshot;

  it('[Z1] asks one client that can when the history has grown, keeps what it makes, and shows it to newcomers', async () => {
    const ana = await enter();
    await write(ana);
    expect(wanted(ana, 'snapshot')).toHaveLength(1);
    await answer(ana, COUNT);
    expect(await mark()).toMatchObject({ version: new Map([[ana.replica, COUNT]]), attested: false });
    const bo = await enter();
    const shown = bo.socket.frames.find((frame) => frame.type === 'snapshot');
    expect(shown).toMatchObject({ stateHash: 'h', version: new Map([[ana.replica, COUNT]]) });
    expect(bo.socket.count('ops')).toBe(0);
    // Who takes no snapshots gets the changes.
    expect((await enter(0)).socket.count('snapshot')).toBe(0);
  });

  it('[Z1] asks another when nothing comes, counts that, and keeps every change meanwhile', async () => {
    const missed = (): number => relay.metrics.counted('concord_snapshots_missed_total');
    const [ana, bo] = [await enter(), await enter()];
    await write(ana);
    await relay.pass(29_000);
    await write(ana, COUNT);
    expect([wanted(ana, 'snapshot').length, wanted(bo, 'snapshot').length, missed()]).toEqual([1, 0, 0]);
    await relay.pass(2_000);
    await write(ana, 2 * COUNT);
    expect([wanted(ana, 'snapshot').length, wanted(bo, 'snapshot').length, missed()]).toEqual([1, 1, 1]);
    expect((await relay.log.find(ROOM))?.version).toEqual(new Map([[ana.replica, 3 * COUNT]]));
  });

  it('[Z2] takes no snapshot that lacks what was asked for, or holds what is not on disk', async () => {
    const ana = await enter();
    await write(ana);
    await answer(ana, COUNT - 10);
    expect(await mark()).toBeNull();
    await write(ana, COUNT);
    await answer(ana, 10 * COUNT);
    expect(await mark()).toBeNull();
    expect(relay.metrics.counted('concord_snapshots_refused_total')).toBe(2);
  });

  it('[Z2] of two snapshots that follow the same one, the first is kept', async () => {
    const ana = await enter();
    await write(ana);
    const { epoch } = (await relay.log.find(ROOM)) ?? { epoch: '' };
    const version = new Map([[ana.replica, COUNT]]);
    const first = await relay.log.install(ROOM, epoch, 0, { version, stateHash: 'h', bytes });
    expect(first).toBeGreaterThan(0);
    expect(await relay.log.install(ROOM, epoch, 0, { version, stateHash: 'x', bytes })).toBeNull();
    expect(
      await relay.log.install(ROOM, 'another', first ?? 0, { version, stateHash: 'x', bytes }),
    ).toBeNull();
    expect(await mark()).toMatchObject({ id: first, stateHash: 'h' });
  });

  it('[Z3] changes go only after another session told the same hash, and after the retention', async () => {
    const ana = await enter();
    await write(ana);
    await answer(ana, COUNT);
    const bo = await enter();
    expect(wanted(bo, 'hash')).toHaveLength(1);
    const version = new Map([[ana.replica, COUNT]]);
    const kept = async (): Promise<number> => {
      let count = 0;
      for await (const page of relay.log.read(ROOM, new Map())) count += page.length;
      return count;
    };
    const sweep = (ms: number) => relay.log.trimDue(Date.now() + ms, 10);
    await sweep(1);
    expect(await kept()).toBe(COUNT);
    // Neither the author's own word nor another hash counts.
    ana.say({ type: 'attest', handle: 1, version, stateHash: 'h' });
    bo.say({ type: 'attest', handle: 1, version, stateHash: 'x' });
    await settle();
    expect(await mark()).toMatchObject({ attested: false });
    expect(relay.metrics.counted('concord_attest_mismatches_total')).toBe(1);
    bo.say({ type: 'attest', handle: 1, version, stateHash: 'h' });
    await settle();
    expect(await mark()).toMatchObject({ attested: true });
    await sweep(-60_000);
    expect(await kept()).toBe(COUNT);
    expect([...(await sweep(1))]).toEqual([[ROOM, version]]);
    expect(await kept()).toBe(0);
    expect(await relay.log.find(ROOM)).toMatchObject({ version, floor: version });
  });

  it('[K15] a trimmed replica whose name is damaged is claimed no more, and whoever has its changes brings them again', async () => {
    const ana = await enter();
    await write(ana);
    await answer(ana, COUNT);
    const bo = await enter();
    const version = new Map([[ana.replica, COUNT]]);
    bo.say({ type: 'attest', handle: 1, version, stateHash: 'h' });
    await settle();
    await relay.log.trimDue(Date.now() + 1, 10);
    relay.damage(`UPDATE heads SET replica = '${bo.replica}'`);
    for (const one of [ana, bo]) one.connection.ended();
    await settle();
    // The first who reads it notices.
    await enter();
    expect((await relay.log.find(ROOM))?.version.get(bo.replica)).toBe(0);
    const back = await relay.person(null, ana.replica);
    await back.join(ROOM, { capabilities: BOTH, version });
    expect(back.socket.frames.find(({ type }) => type === 'joined')).toMatchObject({ version: new Map() });
    await write(back);
    expect((await relay.log.find(ROOM))?.version.get(ana.replica)).toBe(COUNT);
    const late = await enter();
    expect(late.socket.frames.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['joined', 'snapshot', 'caught-up']),
    );
  });

  it('[Z4] after that, newcomers and latecomers get the snapshot and what follows; who cannot take it is told', async () => {
    const ana = await enter();
    await write(ana);
    await answer(ana, COUNT);
    const bo = await enter();
    const version = new Map([[ana.replica, COUNT]]);
    bo.say({ type: 'attest', handle: 1, version, stateHash: 'h' });
    await settle();
    await relay.log.trimDue(Date.now() + 1, 10);
    for (const one of [ana, bo]) one.connection.ended();
    await settle();
    const cy = await enter();
    cy.say({ type: 'ops', handle: 1, changes: changesOf(cy.replica, 0, 1) });
    await settle();
    const late = await relay.person();
    await late.join(ROOM, { capabilities: BOTH, version: new Map([[ana.replica, COUNT - 3]]) });
    expect(late.socket.frames.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['joined', 'snapshot', 'ops', 'caught-up']),
    );
    const old = await enter(0);
    expect(old.socket.closed).toBe(CloseCode.versionUnsupported);
    const current = await relay.person();
    await current.join(ROOM, { version: new Map([[ana.replica, COUNT]]) });
    expect(current.socket.count('caught-up')).toBe(1);
    expect(current.socket.count('ops')).toBe(1);
  });

  it('[Z5] 150 who come at once share one reading of the disk', async () => {
    let [snapshots, pages] = [0, 0];
    await relay.close();
    relay = new TestRelay({
      log: (log) => ({
        ...log,
        snapshot: (room) => {
          snapshots++;
          return log.snapshot(room);
        },
        read: async function* (room, since) {
          for await (const page of log.read(room, since)) {
            pages++;
            yield page;
          }
        },
      }),
    });
    const ana = await enter();
    await write(ana);
    await answer(ana, COUNT);
    await write(ana, COUNT, 5);
    [snapshots, pages] = [0, 0];
    const crowd = Array.from({ length: 150 }, () => relay.person());
    const all = await Promise.all(crowd);
    for (const one of all)
      one.say({ type: 'join', handle: 1, room: ROOM, epoch: '', version: new Map(), capabilities: BOTH });
    await settle();
    await settle();
    expect(
      all.filter(({ socket }) => socket.count('caught-up') === 1 && socket.count('snapshot') === 1),
    ).toHaveLength(150);
    expect([snapshots, pages]).toEqual([1, 1]);
  });

  it('[Z6] a damaged snapshot is never shown: the one before is, or the changes', async () => {
    const ana = await enter();
    await write(ana);
    await answer(ana, COUNT);
    await write(ana, COUNT, COUNT);
    await answer(ana, 2 * COUNT, 'h2');
    expect((await relay.log.snapshot(ROOM))?.stateHash).toBe('h2');
    relay.damage(`UPDATE snapshots SET bytes = zeroblob(length(bytes)) WHERE hash = 'h2'`);
    expect((await relay.log.snapshot(ROOM))?.stateHash).toBe('h');
    relay.damage(`UPDATE snapshots SET hash = 'x'`);
    expect(await relay.log.snapshot(ROOM)).toBeNull();
    const version = new Map([[ana.replica, 2 * COUNT]]);
    expect((await relay.log.find(ROOM))?.version).toEqual(version);
    expect(snapshotCrc(version, 'h', bytes)).not.toBe(snapshotCrc(version, 'x', bytes));
  });

  it('[Z6] what only a damaged snapshot held is claimed no more, so that clients bring it again', async () => {
    const ana = await enter();
    await write(ana);
    await answer(ana, COUNT);
    await relay.log.attest(ROOM, (await mark())?.id ?? 0);
    await relay.log.trimDue(Date.now() + 1, 10);
    ana.connection.ended();
    await settle();
    relay.damage('UPDATE snapshots SET bytes = zeroblob(3)');
    expect(await relay.log.snapshot(ROOM)).toBeNull();
    expect((await relay.log.find(ROOM))?.version).toEqual(new Map([[ana.replica, 0]]));
    const bo = await enter();
    bo.say({ type: 'ops', handle: 1, changes: changesOf(ana.replica, 0, 5) });
    await settle();
    expect((await relay.log.find(ROOM))?.version).toEqual(new Map([[ana.replica, 5]]));
  });

  it('[Z7] with snapshots coming, a room’s disk stays within three times its live size', async () => {
    const live = 400_000;
    const state = new Uint8Array(live).fill(7);
    const [ana, bo] = [await enter(), await enter()];
    let written = 0;
    for (let round = 0; round < 12; round++) {
      for (let n = 0; n < 50; n += 5)
        ana.say({ type: 'ops', handle: 1, changes: changesOf(ana.replica, written + n, 5, SIZE) });
      written += 50;
      await settle();
      const asked = wanted(ana, 'snapshot').length > 0 ? ana : wanted(bo, 'snapshot').length > 0 ? bo : null;
      const other = asked === ana ? bo : ana;
      const version = new Map([[ana.replica, written]]);
      asked?.say({ type: 'snapshot', handle: 1, version, stateHash: `h${round}`, bytes: state });
      await settle();
      other.say({ type: 'attest', handle: 1, version, stateHash: `h${round}` });
      await settle();
      for (const { socket } of [ana, bo]) socket.frames.length = 0;
      await relay.log.trimDue(Date.now() + 1, 10);
    }
    const { size } = relay.fileSize();
    expect(written * SIZE).toBeGreaterThan(10 * live);
    expect(size).toBeLessThan(3 * live);
  });
});
