import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type Change, type ReplicaId, sizeOf, type VersionVector } from '@concord/sync/protocol';
import type { LogStore, RoomBatch, RoomRecord } from './log-store.ts';

/** The log cannot be used at all. The message is for the person who runs the relay. */
export class LogError extends Error {
  override name = 'LogError';
}

const FORMAT = 1;
/** Bytes of changes that `read` gives at once, more or less. */
const PAGE = 256 * 1024;
const ROWS = 1000;

const SCHEMA = `
  CREATE TABLE rooms (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL) STRICT;
  CREATE TABLE changes (
    place INTEGER PRIMARY KEY,
    room INTEGER NOT NULL,
    replica TEXT NOT NULL,
    first INTEGER NOT NULL,
    next INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (room, replica, first)
  ) STRICT;
  CREATE INDEX changes_by_arrival ON changes (room, place);
  CREATE TABLE heads (
    room INTEGER NOT NULL, replica TEXT NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (room, replica)
  ) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${FORMAT};
`;

export interface LogPage {
  readonly changes: readonly Change[];
  readonly cursor: number | null;
}

interface ChangeRow {
  readonly place: number;
  readonly replica: ReplicaId;
  readonly first: number;
  readonly next: number;
  readonly bytes: Uint8Array;
}

/** The log in one SQLite file: WAL with a sync of the disk before each commit is reported. */
export class SqliteLog implements LogStore {
  readonly #db: DatabaseSync;
  readonly #statements: ReturnType<typeof prepare>;

  /** Opens `<dataDir>/log.sqlite`, made if missing. Throws LogError with one clear line if it cannot. */
  constructor(dataDir: string) {
    try {
      makeFolder(resolve(dataDir));
      accessSync(dataDir, constants.W_OK | constants.X_OK);
    } catch (error) {
      throw new LogError(`DATA_DIR ${dataDir} cannot be written: ${reason(error)}`);
    }
    try {
      this.#db = new DatabaseSync(join(dataDir, 'log.sqlite'));
      // One relay per file: a second one would not see what the first has in memory.
      this.#db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
      this.#migrate();
      this.#statements = prepare(this.#db);
    } catch (error) {
      const busy = reason(error).includes('locked');
      throw new LogError(
        busy
          ? `DATA_DIR ${dataDir} is in use by another relay.`
          : `The log in ${dataDir} cannot be opened: ${reason(error)}`,
      );
    }
  }

  async find(room: string): Promise<RoomRecord | null> {
    const found = this.#room(room);
    if (!found) return null;
    const rows = this.#statements.heads.all(found.id) as unknown as { replica: ReplicaId; next: number }[];
    return { epoch: found.epoch, version: new Map(rows.map(({ replica, next }) => [replica, next])) };
  }

  async append(batches: readonly RoomBatch[]): Promise<void> {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      for (const batch of batches) this.#appendBatch(batch);
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  async *read(room: string, since: VersionVector): AsyncGenerator<readonly Change[]> {
    let cursor: number | null = null;
    do {
      const page = this.page(room, since, cursor);
      if (page.changes.length > 0) yield page.changes;
      cursor = page.cursor;
    } while (cursor !== null);
  }

  /** One page of `read`, after `cursor` or from the start; the cursor of the next one, null after the last. */
  page(room: string, since: VersionVector, cursor: number | null): LogPage {
    const changes: Change[] = [];
    const id = this.#room(room)?.id;
    if (id === undefined) return { changes, cursor: null };
    let place = cursor ?? this.#firstMissing(id, since) - 1;
    let size = 0;
    let rows = 0;
    for (const row of this.#statements.page.iterate(id, place) as Iterable<unknown> as Iterable<ChangeRow>) {
      place = row.place;
      rows++;
      if (row.next <= (since.get(row.replica) ?? 0)) continue;
      const change = { replica: row.replica, from: row.first, to: row.next, bytes: row.bytes };
      changes.push(change);
      size += sizeOf(change);
      if (size >= PAGE) break;
    }
    return { changes, cursor: rows < ROWS && size < PAGE ? null : place };
  }

  async close(): Promise<void> {
    this.#db.close();
  }

  #migrate(): void {
    const row = this.#db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (row.user_version === 0) this.#db.exec(`BEGIN; ${SCHEMA} COMMIT;`);
    else if (row.user_version !== FORMAT)
      throw new Error(`it has format ${row.user_version}, this relay reads ${FORMAT}`);
  }

  #room(name: string): { readonly id: number; readonly epoch: string } | undefined {
    return this.#statements.room.get(name) as { id: number; epoch: string } | undefined;
  }

  #appendBatch({ room, epoch, changes }: RoomBatch): void {
    this.#statements.addRoom.run(room, epoch);
    const id = this.#room(room)?.id ?? 0;
    for (const { replica, from, to, bytes } of changes) {
      const head = this.#statements.head.get(id, replica) as { next: number } | undefined;
      const expected = head?.next ?? 0;
      if (to <= expected) continue;
      if (from !== expected) throw new Error(`${room}: ${replica} has ${expected}, got ${from}–${to}`);
      this.#statements.addChange.run(id, replica, from, to, bytes);
      this.#statements.setHead.run(id, replica, to);
    }
  }

  /** Where the first change stands that a client at `since` lacks. */
  #firstMissing(room: number, since: VersionVector): number {
    let first = Number.MAX_SAFE_INTEGER;
    for (const row of this.#statements.heads.all(room) as unknown as { replica: ReplicaId; next: number }[]) {
      const known = since.get(row.replica) ?? 0;
      if (known >= row.next) continue;
      const found = this.#statements.firstAfter.get(room, row.replica, known) as
        | { place: number }
        | undefined;
      if (found) first = Math.min(first, found.place);
    }
    return first;
  }
}

/** Not `recursive: true`: below /proc Node would try for ever. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

function prepare(db: DatabaseSync) {
  const statement = (sql: string): StatementSync => db.prepare(sql);
  return {
    room: statement('SELECT id, epoch FROM rooms WHERE name = ?'),
    addRoom: statement('INSERT INTO rooms (name, epoch) VALUES (?, ?) ON CONFLICT DO NOTHING'),
    heads: statement('SELECT replica, next FROM heads WHERE room = ?'),
    head: statement('SELECT next FROM heads WHERE room = ? AND replica = ?'),
    setHead: statement(
      'INSERT INTO heads (room, replica, next) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET next = excluded.next',
    ),
    addChange: statement('INSERT INTO changes (room, replica, first, next, bytes) VALUES (?, ?, ?, ?, ?)'),
    firstAfter: statement(
      'SELECT place FROM changes WHERE room = ? AND replica = ? AND first >= ? ORDER BY first LIMIT 1',
    ),
    page: statement(
      `SELECT place, replica, first, next, bytes FROM changes WHERE room = ? AND place > ? ORDER BY place LIMIT ${ROWS}`,
    ),
  };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
