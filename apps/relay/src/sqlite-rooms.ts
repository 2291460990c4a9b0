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

/** Deletes changes of a room, all or those for which a condition on their row holds. */
export function deleteChanges(db: DatabaseSync, room: number, condition = 'true', ...values: number[]): void {
  const places = `SELECT place FROM arrivals JOIN changes USING (place) WHERE arrivals.room = ? AND (${condition})`;
  db.exec('CREATE TEMP TABLE IF NOT EXISTS gone (place INTEGER PRIMARY KEY)');
  db.prepare(`INSERT INTO gone ${places}`).run(room, ...values);
  db.exec('DELETE FROM changes WHERE place IN gone');
  db.prepare('DELETE FROM arrivals WHERE room = ? AND place IN gone').run(room);
  db.exec('DELETE FROM gone');
}
