import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { ReplicaId, VersionVector } from '@concord/sync/protocol';

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
 * Sets a damaged change aside and takes back what the room's heads claim from there on, so that whoever has the change
 * brings it again. Both the room that it was read for and the one that it says it is of may have a hole now.
 */
export function quarantine(db: DatabaseSync, room: number, place: number): void {
  transaction(db, () => {
    const other = db.prepare('SELECT heads.room FROM changes JOIN heads ON heads.id = head WHERE place = ?');
    const rooms = new Set([room, (other.get(place) as { room: number } | undefined)?.room ?? room]);
    db.prepare(
      `INSERT INTO quarantine (room, what, at, bytes) SELECT ?, 'change', ?, bytes FROM changes WHERE place = ?`,
    ).run(room, Date.now(), place);
    db.prepare('DELETE FROM changes WHERE place = ?').run(place);
    db.prepare('DELETE FROM arrivals WHERE place = ? AND room = ?').run(place, room);
    for (const id of rooms) settleHeads(db, id);
  });
}

/** Makes every head of the room claim what is stored without a hole, above the floor: no more and no less. */
export function settleHeads(db: DatabaseSync, room: number): void {
  const row = db.prepare('SELECT floor FROM rooms WHERE id = ?').get(room) as { floor: string } | undefined;
  const floor = unpackVersion(row?.floor ?? '[]');
  const heads = db.prepare('SELECT id, replica, next FROM heads WHERE room = ?').all(room);
  const rows = db.prepare(
    `SELECT first, next FROM arrivals JOIN changes USING (place)
     WHERE arrivals.room = ? AND head = ? ORDER BY first`,
  );
  const set = db.prepare('UPDATE heads SET next = ? WHERE id = ?');
  for (const { id, replica, next } of heads as unknown as {
    id: number;
    replica: ReplicaId;
    next: number;
  }[]) {
    let end = floor.get(replica) ?? 0;
    const stored = rows.iterate(room, id) as Iterable<unknown> as Iterable<{ first: number; next: number }>;
    for (const change of stored) {
      if (change.first > end) break;
      end = Math.max(end, change.next);
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
