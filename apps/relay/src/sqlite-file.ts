import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { changeChecksum } from './sqlite-checksum.ts';
import { transaction } from './sqlite-rooms.ts';

/** The log cannot be used at all. The message is for the person who runs the relay. */
export class LogError extends Error {
  override name = 'LogError';
}

/** The format of the file, in SQLite's `user_version`. Format 1 is brought up to date when it is opened. */
const FORMAT = 2;

/**
 * Version vectors are JSON. Times are milliseconds since 1970. Checksums are CRC-32C over the row.
 *
 * A commit only appends to `changes`: whatever else it touched would be a page of its own to write. `arrivals` is the index
 * by room, `heads.next` the next id of a replica and `rooms.weight` the bytes that the newest snapshot does not hold: all
 * three as of the place `meta.folded`, and brought up to date many changes at a time.
 */
const SCHEMA = `
  CREATE TABLE meta (folded INTEGER NOT NULL) STRICT;
  INSERT INTO meta VALUES (0);
  CREATE TABLE rooms (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL,
    floor TEXT NOT NULL DEFAULT '[]', weight INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE heads (
    id INTEGER PRIMARY KEY, room INTEGER NOT NULL, replica TEXT NOT NULL, next INTEGER NOT NULL, owner TEXT,
    UNIQUE (room, replica)
  ) STRICT;
  CREATE TABLE changes (
    place INTEGER PRIMARY KEY, room INTEGER NOT NULL, head INTEGER NOT NULL,
    first INTEGER NOT NULL, next INTEGER NOT NULL, at INTEGER NOT NULL, crc INTEGER NOT NULL, bytes BLOB NOT NULL
  ) STRICT;
  CREATE TABLE arrivals (room INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (room, place)) STRICT, WITHOUT ROWID;
  CREATE TABLE snapshots (
    id INTEGER PRIMARY KEY AUTOINCREMENT, room INTEGER NOT NULL, version TEXT NOT NULL, hash TEXT NOT NULL,
    at INTEGER NOT NULL, attested INTEGER NOT NULL DEFAULT 0,
    trimmed INTEGER NOT NULL DEFAULT 0, crc INTEGER NOT NULL, bytes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX snapshots_by_room ON snapshots (room, id);
  CREATE TABLE people (
    room TEXT NOT NULL, user TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY (room, user)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE links (
    id TEXT PRIMARY KEY, room TEXT NOT NULL, role TEXT NOT NULL, digest TEXT NOT NULL, expires INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX links_by_room ON links (room);
  CREATE TABLE quarantine (room INTEGER NOT NULL, what TEXT NOT NULL, at INTEGER NOT NULL, bytes BLOB) STRICT;
  CREATE TABLE erased (digest BLOB PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/**
 * Opens `<dataDir>/log.sqlite`, made if missing: WAL, and a sync of the disk before each commit is reported. What is
 * deleted is overwritten. One process per file: a second one would not see what the first has in memory.
 * Throws LogError with one clear line if it cannot.
 */
export function openLogFile(dataDir: string): DatabaseSync {
  try {
    makeFolder(resolve(dataDir));
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new LogError(`DATA_DIR ${dataDir} cannot be written: ${reason(error)}`);
  }
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(logPath(dataDir));
    prepareFile(db);
    return db;
  } catch (error) {
    if (db?.isOpen) db.close();
    throw new LogError(
      reason(error).includes('locked')
        ? `DATA_DIR ${dataDir} is in use by another relay.`
        : `The log in ${dataDir} cannot be opened: ${reason(error)}`,
    );
  }
}

/** The file of the log in a data folder. */
export function logPath(dataDir: string): string {
  return join(dataDir, 'log.sqlite');
}

/** Sets a connection up and brings the file to today's format. Throws what SQLite throws. */
export function prepareFile(db: DatabaseSync): void {
  db.exec(`
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA auto_vacuum = INCREMENTAL;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA journal_size_limit = 67108864;
  `);
  const { user_version: format } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (format > FORMAT) throw new Error(`it has format ${format}, this relay reads up to ${FORMAT}`);
  if (format === 0) db.exec(`BEGIN; ${SCHEMA} PRAGMA user_version = ${FORMAT}; COMMIT;`);
  else if (format === 1) fromFormat1(db);
  // Also takes the lock when there is nothing to do.
  fold(db);
}

/** Brings the indexes up to the newest change. */
export function fold(db: DatabaseSync): void {
  transaction(db, () =>
    db.exec(`
      INSERT OR IGNORE INTO arrivals SELECT room, place FROM changes
        WHERE place > (SELECT folded FROM meta) ORDER BY room, place;
      UPDATE heads SET next = max(heads.next, new.next)
        FROM (SELECT head, max(next) AS next FROM changes
              WHERE place > (SELECT folded FROM meta) GROUP BY head) AS new
        WHERE heads.id = new.head;
      UPDATE rooms SET weight = weight + new.bytes
        FROM (SELECT room, sum(length(bytes)) AS bytes FROM changes
              WHERE place > (SELECT folded FROM meta) GROUP BY room) AS new
        WHERE rooms.id = new.room;
      UPDATE meta SET folded = (SELECT max(place) FROM changes)
        WHERE folded < (SELECT max(place) FROM changes);
    `),
  );
}

/** Format 1 had no checksums, named replicas in each row and knew neither people nor snapshots. */
function fromFormat1(db: DatabaseSync): void {
  db.function('row_crc', { deterministic: true }, (room, head, first, next, bytes) =>
    changeChecksum(Number(room), Number(head), Number(first), Number(next), bytes as Uint8Array),
  );
  db.exec(`
    BEGIN IMMEDIATE;
    ALTER TABLE rooms RENAME TO rooms1;
    ALTER TABLE heads RENAME TO heads1;
    ALTER TABLE changes RENAME TO changes1;
    DROP INDEX changes_by_arrival;
    ${SCHEMA}
    INSERT INTO rooms (id, name, epoch) SELECT id, name, epoch FROM rooms1;
    INSERT INTO heads (room, replica, next) SELECT room, replica, next FROM heads1;
    INSERT INTO changes (place, room, head, first, next, at, crc, bytes)
      SELECT place, c.room, h.id, first, c.next, 0, row_crc(c.room, h.id, first, c.next, bytes), bytes
      FROM changes1 c JOIN heads h ON h.room = c.room AND h.replica = c.replica;
    DROP TABLE changes1; DROP TABLE heads1; DROP TABLE rooms1;
    PRAGMA user_version = ${FORMAT};
    COMMIT;
    VACUUM;
  `);
}

/** Not `recursive: true`: below /proc Node would try for ever. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

/** An error in words. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
