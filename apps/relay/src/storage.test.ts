import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Change, newReplicaId, type ReplicaId } from '@concord/sync/protocol';
import { mulberry32 } from '@concord/sync/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packBatches, unpackBatches } from './batch-pack.ts';
import { GroupCommit } from './group-commit.ts';
import { BatchesRefused, DamagedError, type LogStore, type RoomBatch } from './log-store.ts';
import { logPath } from './sqlite-file.ts';
import { SqliteLog } from './sqlite-log.ts';
import { changeOf } from './testing/changes.ts';
import { runToEnd } from './testing/process.ts';
import { ThreadedLog } from './threaded-log.ts';
import { verifyLog } from './verify.ts';

const ANA = newReplicaId();
const BO = newReplicaId();
const change = (replica: ReplicaId, from: number, size = 20, fill = from): Change =>
  changeOf(replica, from, from + 1, size, fill);
const batch = (room: string, ...changes: Change[]): RoomBatch => ({ room, epoch: 'e', changes });
const added = (commit: GroupCommit, one: RoomBatch): Promise<void> =>
  new Promise((resolve, reject) => commit.add(one, (error) => (error === null ? resolve() : reject(error))));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concord-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function readAll(log: SqliteLog, room: string): Promise<Change[]> {
  const all: Change[] = [];
  for await (const page of log.read(room, new Map())) all.push(...page);
  return all;
}

describe('what is stored', () => {
  it('[K5] a flipped bit anywhere in a row is found, set aside, claimed no more, and healed by what comes again', async () => {
    const log = new SqliteLog(folder);
    const changes = Array.from({ length: 10 }, (_, i) => change(ANA, i));
    for (const column of ['bytes', 'first', 'next', 'head', 'room', 'crc']) {
      const room = `docs/${column}`;
      await log.append([batch(room, ...changes, change(BO, 0))]);
      log.fold();
      const value = column === 'bytes' ? `CAST(x'ff' || substr(bytes, 2) AS BLOB)` : `${column} + 1`;
      log.db.exec(`UPDATE changes SET ${column} = ${value} WHERE place =
        (SELECT place FROM arrivals JOIN rooms ON rooms.id = room WHERE name = '${room}' ORDER BY place LIMIT 1 OFFSET 4)`);
      if (column === 'room') {
        // Read by way of the index, the row is whole: it is the index that says whose it is.
        expect(verifyLog(log.db).problems).not.toEqual([]);
        continue;
      }
      await expect(readAll(log, room)).rejects.toThrow(DamagedError);
      expect((await log.find(room))?.version).toEqual(
        new Map([
          [ANA, 4],
          [BO, 1],
        ]),
      );
      const served = await readAll(log, room);
      expect(served.some(({ from, replica }) => replica === ANA && from === 4)).toBe(false);
      await log.append([batch(room, ...changes.slice(4))]);
      expect((await log.find(room))?.version.get(ANA)).toBe(10);
      const bytes = new Map((await readAll(log, room)).map((c) => [`${c.replica} ${c.from}`, c.bytes[0]]));
      expect([...bytes.values()].length).toBe(11);
    }
    await log.close();
  });

  it('[K6] survives being cut off between commit and indexes: reopened, everything is found', async () => {
    const log = new SqliteLog(folder);
    await log.append([batch('docs/a', change(ANA, 0), change(ANA, 1)), batch('docs/b', change(BO, 0))]);
    // As after a kill: nothing is folded, nothing closed.
    execFileSync('cp', ['-r', folder, `${folder}-killed`]);
    const killed = new SqliteLog(`${folder}-killed`);
    expect((await killed.find('docs/a'))?.version).toEqual(new Map([[ANA, 2]]));
    expect(await readAll(killed, 'docs/a')).toHaveLength(2);
    await killed.append([batch('docs/a', change(ANA, 2))]);
    expect(await readAll(killed, 'docs/a')).toHaveLength(3);
    expect(verifyLog(killed.db).problems).toEqual([]);
    await killed.close();
    await log.close();
    rmSync(`${folder}-killed`, { recursive: true });
  });

  it('[K7] random commits, refusals, folds and reopenings always read back as a plain model says', async () => {
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
    const random = mulberry32(seed);
    const below = (n: number): number => Math.floor(random() * n);
    let log = new SqliteLog(folder);
    const model = new Map<string, Change[]>();
    const replicas = Array.from({ length: 4 }, () => newReplicaId());
    const next = (room: string, replica: ReplicaId): number =>
      (model.get(room) ?? []).filter((c) => c.replica === replica).length;
    try {
      for (let step = 0; step < 300; step++) {
        const batches: RoomBatch[] = [];
        const wrong = new Set<number>();
        const planned = new Map<string, Change[]>();
        for (let b = below(5); b >= 0; b--) {
          const room = `docs/r${below(3)}`;
          const changes: Change[] = [];
          const isWrong = random() < 0.1;
          const ahead = (replica: ReplicaId): number =>
            next(room, replica) + (planned.get(room) ?? []).filter((c) => c.replica === replica).length;
          for (let n = below(4); n >= 0; n--) {
            const replica = replicas[below(replicas.length)] as ReplicaId;
            const at = ahead(replica) + changes.filter((c) => c.replica === replica).length;
            changes.push(change(replica, at, 1 + below(50), below(250)));
          }
          if (isWrong) changes.push(change(newReplicaId(), 7));
          if (isWrong) wrong.add(batches.length);
          else planned.set(room, [...(planned.get(room) ?? []), ...changes]);
          batches.push(batch(room, ...changes));
        }
        const outcome = await log.append(batches).then(
          () => new Set<number>(),
          (error: BatchesRefused) => new Set(error.reasons.keys()),
        );
        expect(outcome).toEqual(wrong);
        for (const [room, changes] of planned) model.set(room, [...(model.get(room) ?? []), ...changes]);
        if (random() < 0.1) log.fold();
        if (random() < 0.03) {
          await log.close();
          log = new SqliteLog(folder);
        }
        const room = `docs/r${below(3)}`;
        const since = new Map(replicas.map((replica) => [replica, below(next(room, replica) + 1)]));
        const got: string[] = [];
        for await (const page of log.read(room, since))
          for (const c of page) got.push(`${c.replica} ${c.from} ${c.bytes}`);
        const wanted = (model.get(room) ?? []).filter((c) => c.to > (since.get(c.replica) ?? 0));
        expect(got).toEqual(wanted.map((c) => `${c.replica} ${c.from} ${c.bytes}`));
      }
      log.fold();
      expect(verifyLog(log.db).problems).toEqual([]);
    } catch (error) {
      throw new Error(`replay with SEED=${seed}`, { cause: error });
    }
    await log.close();
  });

  it('[K8] a log of format 1 is brought up to date, and what it held is there', async () => {
    mkdirSync(folder, { recursive: true });
    const db = new DatabaseSync(logPath(folder));
    db.exec(`
      CREATE TABLE rooms (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL) STRICT;
      CREATE TABLE changes (place INTEGER PRIMARY KEY, room INTEGER NOT NULL, replica TEXT NOT NULL,
        first INTEGER NOT NULL, next INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (room, replica, first)) STRICT;
      CREATE INDEX changes_by_arrival ON changes (room, place);
      CREATE TABLE heads (room INTEGER NOT NULL, replica TEXT NOT NULL, next INTEGER NOT NULL,
        PRIMARY KEY (room, replica)) STRICT, WITHOUT ROWID;
      INSERT INTO rooms VALUES (1, 'docs/a', 'e');
      INSERT INTO heads VALUES (1, '${ANA}', 2), (1, '${BO}', 1);
      INSERT INTO changes VALUES (1, 1, '${ANA}', 0, 1, x'00'), (2, 1, '${BO}', 0, 1, x'01'), (3, 1, '${ANA}', 1, 2, x'02');
      PRAGMA user_version = 1;
    `);
    db.close();
    const log = new SqliteLog(folder);
    expect((await readAll(log, 'docs/a')).map((c) => c.bytes[0])).toEqual([0, 1, 2]);
    expect((await log.find('docs/a'))?.weight).toBe(3);
    await log.append([batch('docs/a', change(ANA, 2))]);
    expect(verifyLog(log.db).problems).toEqual([]);
    await log.close();
  });

  it('[K9] batches cross threads as they are', () => {
    const batches = [
      { ...batch('docs/a', change(ANA, 0), change(BO, 5, 300)), owners: new Map([[ANA, 'ana']]) },
      batch('docs/b'),
      batch('docs/c', change(ANA, 2 ** 47, 0)),
    ];
    expect(unpackBatches(packBatches(batches))).toEqual(batches);
  });
});

describe('a disk that fails', () => {
  it('[K10] a full disk gives no false acknowledgement, keeps what was stored, and goes on when there is room', async () => {
    const log = new SqliteLog(folder);
    await log.append([batch('docs/a', change(ANA, 0))]);
    log.fold();
    const { page_count: pages } = log.db.prepare('PRAGMA page_count').get() as { page_count: number };
    log.db.exec(`PRAGMA max_page_count = ${pages + 2}`);
    const failed = log.append([batch('docs/b', change(BO, 0)), batch('docs/a', change(ANA, 1, 100_000))]);
    await expect(failed).rejects.toThrow(/full/);
    await expect(failed).rejects.not.toBeInstanceOf(BatchesRefused);
    expect(await log.find('docs/b')).toBeNull();
    expect((await log.find('docs/a'))?.version).toEqual(new Map([[ANA, 1]]));
    log.db.exec('PRAGMA max_page_count = 1000000');
    await log.append([batch('docs/a', change(ANA, 1, 100_000)), batch('docs/b', change(BO, 0))]);
    expect(await readAll(log, 'docs/a')).toHaveLength(2);
    expect(verifyLog(log.db).problems).toEqual([]);
    await log.close();
  });

  it('[K11] a log that fails is left alone for longer and longer, and used again when it is well', async () => {
    let [now, calls, broken] = [0, 0, true];
    const log: Pick<LogStore, 'append'> = {
      append: async () => {
        calls++;
        if (broken) throw new Error('EIO');
      },
    };
    const commit = new GroupCommit(log as LogStore, { now: () => now });
    const pauses: number[] = [];
    for (let i = 0; i < 9; i++) {
      await expect(added(commit, batch('docs/a'))).rejects.toThrow('EIO');
      pauses.push(commit.retryAfter);
      now += commit.retryAfter;
    }
    now += 0.5;
    expect(Number.isInteger(commit.retryAfter)).toBe(true);
    expect(pauses).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
    broken = false;
    await added(commit, batch('docs/a'));
    expect([commit.retryAfter, calls]).toEqual([0, 10]);
    broken = true;
    await expect(added(commit, batch('docs/a'))).rejects.toThrow('EIO');
    expect(commit.retryAfter).toBe(100);
  });

  it('[K12] a refused batch fails alone, and does not count as a failing disk', async () => {
    const log: Pick<LogStore, 'append'> = {
      append: async () => {
        throw new BatchesRefused(new Map([[1, 'a gap']]));
      },
    };
    const commit = new GroupCommit(log as LogStore, { now: () => 0 });
    const [first, second, third] = ['a', 'b', 'c'].map((name) => added(commit, batch(`docs/${name}`)));
    await expect(second).rejects.toThrow('a gap');
    await Promise.all([first, third]);
    expect(commit.retryAfter).toBe(0);
  });

  it('[K13] when the log’s thread dies, all who wait are told, and so is the process', async () => {
    const log = await ThreadedLog.open(folder);
    const waiting = log.append([batch('docs/a', change(ANA, 0))]).catch((error: unknown) => error);
    log.kill();
    expect(await log.died).toBeInstanceOf(Error);
    await waiting;
    await expect(log.find('docs/a')).rejects.toThrow();
    await log.close();
  });

  it('[R3] a data folder that is none stops the start with one line', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const { code, output } = await runToEnd({ PORT: '0', DATA_DIR: file });
    expect([code, output.trim().split('\n').length]).toEqual([1, 1]);
  });
});
