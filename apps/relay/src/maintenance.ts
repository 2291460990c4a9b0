import { execFile } from 'node:child_process';
import { closeSync, fsyncSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import {
  type Change,
  commentsOf,
  documentOf,
  isComments,
  opsPackets,
  packBody,
  packets,
  type ReplicaId,
  replicaIn,
} from '@concord/sync/protocol';
import { changeChecksum } from './sqlite-checksum.ts';
import { deleteChanges, erasedDigest, roomId, transaction } from './sqlite-rooms.ts';
import { type SnapshotRow, trimRoom, unpackSnapshot } from './sqlite-snapshots.ts';

// What an operator does to a whole log. The CLI calls these, by way of the running relay if there is one.

const COPY = `const [from, to] = process.argv.slice(1); require('node:fs').copyFileSync(from, to);`;

/**
 * Copies the log, as it is at one moment, while it is written to. The file appears under `path` only when it is whole
 * and on disk. Resolves to its size in bytes.
 *
 * The main file changes at checkpoints only. So: one checkpoint, and none until it is copied; commits go on in the
 * write-ahead log. Another process copies: closing a file gives up all locks that this process has on it, and the log's own
 * lock with them. (SQLite's backup fails when a step of it meets a commit.)
 */
export async function backUp(db: DatabaseSync, path: string): Promise<number> {
  const source = db.location();
  if (source === null) throw new Error('a log in memory has no file');
  const part = `${path}.part`;
  db.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint = 0;');
  try {
    await promisify(execFile)(process.execPath, ['-e', COPY, source, part]);
  } finally {
    db.exec('PRAGMA wal_autocheckpoint = 1000');
  }
  syncFile(part);
  renameSync(part, path);
  return statSync(path).size;
}

/**
 * Drops what snapshots made before `before` (ms since 1970) hold, in all rooms, and gives the space back to the file
 * system. Sizes of the file in bytes, before and after.
 */
export async function compactLog(
  db: DatabaseSync,
  before: number,
): Promise<{ readonly before: number; readonly after: number }> {
  const size = fileSize(db);
  const rooms = db.prepare('SELECT DISTINCT room FROM snapshots').all() as unknown as { room: number }[];
  for (const { room } of rooms) transaction(db, () => trimRoom(db, room, before));
  db.exec('DELETE FROM quarantine');
  scrub(db);
  return { before: size, after: fileSize(db) };
}

/**
 * Deletes a document, its comments, its people and its links, and overwrites where they stood. The name is refused from
 * then on, so that a device that was offline does not bring it back. False if nothing was stored of it.
 */
export async function eraseRoom(db: DatabaseSync, room: string): Promise<boolean> {
  const document = documentOf(room);
  const names = isComments(room) ? [room] : [document, commentsOf(document)];
  const found = transaction(db, () => {
    const deleted = names.map((name) => {
      const id = roomId(db, name);
      db.prepare('INSERT OR IGNORE INTO erased (digest, at) VALUES (?, ?)').run(
        erasedDigest(name),
        Date.now(),
      );
      if (id === undefined) return false;
      deleteChanges(db, id);
      for (const table of ['heads', 'snapshots', 'quarantine'])
        db.prepare(`DELETE FROM ${table} WHERE room = ?`).run(id);
      db.prepare('DELETE FROM rooms WHERE id = ?').run(id);
      return true;
    });
    for (const table of ['people', 'links']) {
      for (const name of names) db.prepare(`DELETE FROM ${table} WHERE room = ?`).run(name);
    }
    return deleted.includes(true);
  });
  scrub(db);
  return found;
}

/**
 * Writes a room to a file as the protocol would send it to a newcomer: one body of packets, a SNAPSHOT if there is one
 * and then OPS. Resolves to the number of changes after the snapshot; -1 if nothing is stored.
 */
export async function exportRoom(db: DatabaseSync, room: string, path: string): Promise<number> {
  const id = roomId(db, room);
  if (id === undefined) return -1;
  const snapshots = db.prepare(
    'SELECT id, version, hash, crc, bytes FROM snapshots WHERE room = ? ORDER BY id DESC',
  );
  const snapshot = (snapshots.all(id) as unknown as SnapshotRow[])
    .map(unpackSnapshot)
    .find((one) => one !== null);
  const rows = db.prepare(
    `SELECT head, replica, first, changes.next, crc, bytes
     FROM arrivals JOIN changes USING (place) JOIN heads ON heads.id = head
     WHERE arrivals.room = ? ORDER BY place`,
  );
  const part = `${path}.part`;
  const file = openSync(part, 'w', 0o600);
  let count = 0;
  try {
    if (snapshot) writeSync(file, packBody(packets({ type: 'snapshot', handle: 1, ...snapshot })));
    for (const row of rows.iterate(id) as Iterable<unknown> as Iterable<ExportRow>) {
      const change: Change = { replica: row.replica, from: row.first, to: row.next, bytes: row.bytes };
      const isAsWritten = changeChecksum(id, row.head, row.first, row.next, row.bytes) === row.crc;
      if (!isAsWritten || (replicaIn(change) ?? row.replica) !== row.replica)
        throw new Error(`a change of ${row.replica} is damaged: run concord verify`);
      if (row.next <= (snapshot?.version.get(row.replica) ?? 0)) continue;
      writeSync(file, packBody(opsPackets(1, [change])));
      count++;
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(part, path);
  return count;
}

interface ExportRow {
  readonly head: number;
  readonly replica: ReplicaId;
  readonly first: number;
  readonly next: number;
  readonly crc: number;
  readonly bytes: Uint8Array;
}

/** Leaves nothing of what was deleted: neither in pages, nor in the write-ahead log, nor at the end of the file. */
function scrub(db: DatabaseSync): void {
  db.exec('PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);');
}

function fileSize(db: DatabaseSync): number {
  const { size } = db
    .prepare('SELECT page_count * page_size AS size FROM pragma_page_count, pragma_page_size')
    .get() as {
    size: number;
  };
  return size;
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
