import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { ReplicaId, VersionVector } from '@concord/sync/protocol';
import { changeChecksum } from './sqlite-checksum.ts';

// What several parts of the SQLite log know about a room's rows.

export function packVersion(version: VersionVector): string {
  return JSON.stringify([...version]);
}

export function unpackVersion(text: string): VersionVector {
  return new Map(JSON.parse(text) as [ReplicaId, number][]);
}

/** Runs all or nothing. */
export function transaction<T>(db: DatabaseSync, run: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = run();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** The id of a room's rows, if any are stored. */
export function roomId(db: DatabaseSync, name: string): number | undefined {
  const row = db.prepare('SELECT id FROM rooms WHERE name = ?').get(name) as { id: number } | undefined;
  return row?.id;
}

/** Of an erased room not even the name is kept. */
export function erasedDigest(name: string): Uint8Array {
  return createHash('sha256').update(`concord erased room\n${name}`).digest();
}

export function isErased(db: DatabaseSync, name: string): boolean {
  return db.prepare('SELECT 1 FROM erased WHERE digest = ?').get(erasedDigest(name)) !== undefined;
}

/**
 * Puts a room right of which something is damaged. Its index is made afresh; changes that are not what was written, and
 * those behind a hole, are set aside; and its heads claim what is left. Whoever has what is missing brings it again.
 */
export function repair(db: DatabaseSync, room: number): void {
  transaction(db, () => {
    db.prepare('DELETE FROM arrivals WHERE room = ?').run(room);
    db.prepare(
      `INSERT INTO arrivals SELECT ?1, place FROM changes
       WHERE head IN (SELECT id FROM heads WHERE room = ?1) OR room = ?1`,
    ).run(room);
    const rows = db.prepare(
      `SELECT place, head, first, next, crc, bytes FROM arrivals JOIN changes USING (place) WHERE arrivals.room = ?`,
    );
    const isOurs = db.prepare('SELECT 1 FROM heads WHERE id = ? AND room = ?');
    const damaged: number[] = [];
    for (const row of rows.iterate(room) as Iterable<unknown> as Iterable<StoredChange>) {
      const { place, head, first, next, crc, bytes } = row;
      const isWhole = bytes instanceof Uint8Array && changeChecksum(room, head, first, next, bytes) === crc;
      if (!isWhole || !isOurs.get(head, room)) damaged.push(place);
    }
    for (const place of damaged) setAside(db, room, place);
    settleHeads(db, room);
  });
}

interface StoredChange {
  readonly place: number;
  readonly head: number;
  readonly first: number;
  readonly next: number;
  readonly crc: number;
  readonly bytes: Uint8Array;
}

function setAside(db: DatabaseSync, room: number, place: number): void {
  // Of a row that is damaged not even the types are as they were.
  db.prepare(
    `INSERT INTO quarantine (room, what, at, bytes)
     SELECT ?, 'change', ?, CAST(bytes AS BLOB) FROM changes WHERE place = ?`,
  ).run(room, Date.now(), place);
  db.prepare('DELETE FROM changes WHERE place = ?').run(place);
  db.prepare('DELETE FROM arrivals WHERE room = ? AND place = ?').run(room, place);
}

/** Makes every head of the room claim what is stored above the floor without a hole. What is behind a hole is set aside. */
export function settleHeads(db: DatabaseSync, room: number): void {
  const row = db.prepare('SELECT floor FROM rooms WHERE id = ?').get(room) as { floor: string } | undefined;
  const floor = unpackVersion(row?.floor ?? '[]');
  const heads = db.prepare('SELECT id, replica, next FROM heads WHERE room = ?').all(room);
  const rows = db.prepare(
    `SELECT place, first, next FROM arrivals JOIN changes USING (place)
     WHERE arrivals.room = ? AND head = ? ORDER BY first`,
  );
  const set = db.prepare('UPDATE heads SET next = ? WHERE id = ?');
  for (const { id, replica, next } of heads as unknown as {
    id: number;
    replica: ReplicaId;
    next: number;
  }[]) {
    let end = floor.get(replica) ?? 0;
    for (const change of rows.all(room, id) as unknown as Pick<StoredChange, 'place' | 'first' | 'next'>[]) {
      if (change.first > end) setAside(db, room, change.place);
      else end = Math.max(end, change.next);
    }
    if (end !== next) set.run(end, id);
  }
}

/** Deletes changes of a room, all or those for which a condition on their row holds. */
export function deleteChanges(db: DatabaseSync, room: number, condition = 'true', ...values: number[]): void {
  const places = `SELECT place FROM arrivals JOIN changes USING (place) WHERE arrivals.room = ? AND (${condition})`;
  db.exec('CREATE TEMP TABLE IF NOT EXISTS gone (place INTEGER PRIMARY KEY)');
  db.prepare(`INSERT INTO gone ${places}`).run(room, ...values);
  db.exec('DELETE FROM changes WHERE place IN gone');
  db.prepare('DELETE FROM arrivals WHERE room = ? AND place IN gone').run(room);
  db.exec('DELETE FROM gone');
}
