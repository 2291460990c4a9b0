import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Change, newReplicaId } from '@concord/sync/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DamagedError } from './log-store.ts';
import { SqliteLog } from './sqlite-log.ts';
import { changesOf } from './testing/changes.ts';
import { DamagedLog, type Reading } from './testing/damage.ts';
import { verifyLog } from './verify.ts';

const LIMIT = 4 * 3_600_000;
/**
 * The long runs: `DAMAGE=bytes` tears at every byte and flips a bit of each, in minutes; `DAMAGE=bits` flips every bit, in
 * hours. The usual run takes as many as fit into seconds. `TMPDIR` in memory makes all of them several times faster.
 */
const { DAMAGE } = process.env;
const isLong = DAMAGE === 'bytes' || DAMAGE === 'bits';

describe('[K14] a log torn at any byte', () => {
  const COMMITS = 24;
  let log: DamagedLog;
  beforeAll(async () => {
    log = await DamagedLog.make(COMMITS, 'killed');
  });
  afterAll(() => log.end());

  it(
    'holds every commit that was whole, and no part of another',
    async () => {
      const wal = log.bytes('log.sqlite-wal');
      const last = log.commits.at(-6) ?? 0;
      // Every byte of the last commits would be 24,000 openings: a prime step meets all parts of a frame.
      for (let cut = wal.length; cut >= last; cut -= isLong ? 1 : 97) {
        const { refused, claimed, read, wrong } = await log.read('log.sqlite-wal', wal.subarray(0, cut));
        const whole = log.commits.filter((size) => size <= cut).length;
        expect({ cut, refused, claimed, read: read.length, wrong }).toEqual({
          cut,
          refused: null,
          claimed: log.changesIn(whole),
          read: log.changesIn(whole),
          wrong: 0,
        });
      }
    },
    LIMIT,
  );
});

describe('[K15] a head that says less than is there', () => {
  it('is put right when the room is read', async () => {
    const log = await DamagedLog.make(60, 'closed');
    try {
      const bytes = Buffer.from(log.bytes('log.sqlite'));
      // The last byte of the page of heads is the only head's next id: 120.
      const at = 6 * 4096 - 1;
      expect(bytes[at]).toBe(120);
      bytes[at] = 88;
      const reading = await log.read('log.sqlite', bytes);
      expect(reading.refused).toMatch(/damaged and set aside/);
      expect(reading.wrong).toBe(0);
    } finally {
      log.end();
    }
  });
});

describe('[K15] a bit flipped in what a replica is called', () => {
  it('is noticed when the room is read, in its row and in the index; afterwards the room has all under the right name', async () => {
    const log = await DamagedLog.make(60, 'closed');
    try {
      const bytes = log.bytes('log.sqlite');
      const name = Buffer.from(log.replica);
      const places: number[] = [];
      for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + 1)) places.push(at);
      expect(places.length).toBeGreaterThanOrEqual(2);
      for (const at of places) {
        const damaged = Buffer.from(bytes);
        damaged[at + 3] = (damaged[at + 3] ?? 0) ^ 1;
        const [once, again] = await log.readTwice('log.sqlite', damaged);
        expect(once.wrong).toBe(0);
        expect({ at, ...again, read: again.read.length }).toEqual({
          at,
          refused: null,
          claimed: 120,
          read: 120,
          wrong: 0,
        });
      }
    } finally {
      log.end();
    }
  });
});

describe('[K15] a name whose index led astray', () => {
  it('and under which all came a second time: it is one again, and has all once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'concord-'));
    const path = join(folder, 'log.sqlite');
    const changes = changesOf(newReplicaId(), 0, 20);
    const { replica } = changes[0] as Change;
    const append = (log: SqliteLog, more: readonly Change[]): Promise<void> =>
      log.append([{ room: 'docs/a', epoch: 'e', changes: more, owners: new Map([[replica, 'ana']]) }]);
    const readAll = async (log: SqliteLog): Promise<Change[]> => {
      const all: Change[] = [];
      for await (const page of log.read('docs/a', new Map())) all.push(...page);
      return all;
    };
    let log = new SqliteLog(folder);
    await append(log, changes.slice(0, 10));
    await log.close();
    const whole = readFileSync(path);
    let led = 0;
    for (let at = whole.indexOf(replica); at >= 0; at = whole.indexOf(replica, at + 1)) {
      const damaged = Buffer.from(whole);
      damaged[at + 3] = (damaged[at + 3] ?? 0) ^ 1;
      writeFileSync(path, damaged);
      log = new SqliteLog(folder);
      // As its author does, to whom the room claimed to have nothing of it.
      await append(log, changes);
      const { n } = log.db.prepare('SELECT count(*) AS n FROM heads NOT INDEXED').get() as { n: number };
      if (n === 2) {
        led++;
        expect(verifyLog(log.db).problems).not.toEqual([]);
        await expect(readAll(log)).rejects.toThrow(DamagedError);
      }
      const found = await log.find('docs/a');
      const read = await readAll(log).catch(() => readAll(log));
      expect([found?.version, found?.owners]).toEqual([
        new Map([[replica, 20]]),
        new Map([[replica, 'ana']]),
      ]);
      expect(read).toEqual(changes);
      // In the row alone it does no harm, and nobody notices but who verifies.
      if (n === 2) expect(verifyLog(log.db).problems).toEqual([]);
      await append(log, changesOf(replica, 20, 1));
      await log.close();
    }
    expect(led).toBe(1);
    rmSync(folder, { recursive: true });
  });
});

describe('[K15] an index of names that led astray in two rooms', () => {
  it('is made anew for both when either is read, though it may hold no name twice', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'concord-'));
    const path = join(folder, 'log.sqlite');
    const rooms = ['docs/a', 'docs/b'].map((room) => ({ room, changes: changesOf(newReplicaId(), 0, 20) }));
    const append = (log: SqliteLog, to: number): Promise<void> =>
      log.append(rooms.map(({ room, changes }) => ({ room, epoch: 'e', changes: changes.slice(0, to) })));
    let log = new SqliteLog(folder);
    await append(log, 10);
    await log.close();
    const whole = readFileSync(path);
    const [first = [], second = []] = rooms.map(({ changes: [change] }) => {
      const places: number[] = [];
      const name = change?.replica ?? '';
      for (let at = whole.indexOf(name); at >= 0; at = whole.indexOf(name, at + 1)) places.push(at);
      return places;
    });
    let led = 0;
    for (const at of first.flatMap((a) => second.map((b) => [a, b]))) {
      const damaged = Buffer.from(whole);
      for (const one of at) damaged[one + 3] = (damaged[one + 3] ?? 0) ^ 1;
      writeFileSync(path, damaged);
      log = new SqliteLog(folder);
      await append(log, 20);
      const { n } = log.db.prepare('SELECT count(*) AS n FROM heads NOT INDEXED').get() as { n: number };
      if (n === 4) led++;
      for (const { room, changes } of rooms) {
        const readAll = async (): Promise<Change[]> => {
          const all: Change[] = [];
          for await (const page of log.read(room, new Map())) all.push(...page);
          return all;
        };
        const read = await readAll().catch((error: unknown) => {
          expect(error).toBeInstanceOf(DamagedError);
          return readAll();
        });
        expect(read).toEqual(changes);
      }
      if (n === 4) expect(verifyLog(log.db).problems).toEqual([]);
      await log.close();
    }
    expect(led).toBe(1);
    rmSync(folder, { recursive: true });
  });
});

/** What a client may be told: all that is claimed, or an error. What is handed out is what was written. */
function isHonest({ refused, claimed, read, wrong }: Reading): boolean {
  return wrong === 0 && (refused !== null || read.length === claimed);
}

describe.each(['killed', 'closed'] as const)(
  '[K15] a flipped bit in the log of a relay that was %s',
  (how) => {
    let log: DamagedLog;
    beforeAll(async () => {
      log = await DamagedLog.make(how === 'killed' ? 12 : 60, how);
    });
    afterAll(() => log.end());

    it(
      'is refused, set aside or cut off: nothing false is handed out, and no more is claimed than is there',
      async () => {
        const file = how === 'killed' ? 'log.sqlite-wal' : 'log.sqlite';
        const bytes = log.bytes(file);
        const bits = bytes.length * 8;
        let noticed = 0;
        // Nine bits on is the next bit of the next byte, but for the last bit.
        const nextByte = (bit: number): number => ((bit & 7) === 7 ? 1 : 9);
        const step = (bit: number): number =>
          DAMAGE === 'bits' ? 1 : isLong ? nextByte(bit) : Math.ceil(bits / 1_500);
        let flips = 0;
        const found: string[] = [];
        for (let bit = 0; bit < bits; bit += step(bit)) {
          flips++;
          const damaged = Buffer.from(bytes);
          damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          const reading = await log.read(file, damaged);
          if (!isHonest(reading))
            found.push(`bit ${bit}: ${JSON.stringify({ ...reading, read: reading.read.length })}`);
          if (reading.refused !== null || reading.read.length < log.changesIn(log.commits.length)) noticed++;
        }
        console.info(`${file}: ${flips} flips in ${bytes.length} bytes, ${noticed} noticed`);
        expect(found).toEqual([]);
        // If no flip was ever noticed, none was made where it counts.
        expect(noticed).toBeGreaterThan(50);
      },
      LIMIT,
    );
  },
);
