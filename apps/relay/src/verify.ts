import type { DatabaseSync } from 'node:sqlite';
import { covers, type ReplicaId, replicaIn, type VersionVector } from '@concord/sync/protocol';
import { changeChecksum } from './sqlite-checksum.ts';
import { unpackVersion } from './sqlite-rooms.ts';
import { type SnapshotRow, unpackSnapshot } from './sqlite-snapshots.ts';

export interface Verified {
  readonly rooms: number;
  readonly changes: number;
  readonly snapshots: number;
  /** One line for each thing that is not as it should be. */
  readonly problems: readonly string[];
}

interface Row {
  readonly first: number;
  readonly next: number;
  readonly crc: number;
  readonly bytes: Uint8Array;
}

/** Reads all of a log and checks every promise that it makes: checksums, no holes, heads that tell the truth. */
export function verifyLog(db: DatabaseSync): Verified {
  const problems: string[] = [];
  let [changes, snapshots] = [0, 0];
  for (const row of db.prepare('PRAGMA integrity_check(20)').all()) {
    const { integrity_check: told } = row as { integrity_check: string };
    if (told !== 'ok') problems.push(`SQLite: ${told}`);
  }
  const rooms = db.prepare('SELECT id, name, floor FROM rooms').all() as unknown as {
    id: number;
    name: string;
    floor: string;
  }[];
  const counted = db.prepare(`SELECT count(*) AS n FROM changes WHERE room NOT IN (SELECT id FROM rooms)`);
  const { n: homeless } = counted.get() as { n: number };
  if (homeless > 0) problems.push(`${homeless} changes belong to no room`);
  const lost = db.prepare(
    `SELECT count(*) AS n FROM changes LEFT JOIN arrivals USING (room, place) LEFT JOIN heads ON heads.id = head
     WHERE heads.room IS NOT changes.room OR (arrivals.place IS NULL AND place <= (SELECT folded FROM meta))`,
  );
  const { n: unreachable } = lost.get() as { n: number };
  if (unreachable > 0) problems.push(`${unreachable} changes are not found by their room or their replica`);
  for (const { id, name, floor } of rooms) {
    const version = heads(db, id);
    snapshots += verifySnapshots(db, id, name, version, unpackVersion(floor), problems);
    changes += verifyChanges(db, id, name, unpackVersion(floor), problems);
  }
  return { rooms: rooms.length, changes, snapshots, problems };
}

function heads(db: DatabaseSync, room: number): VersionVector {
  const rows = db.prepare('SELECT replica, next FROM heads WHERE room = ?').all(room);
  return new Map((rows as unknown as { replica: ReplicaId; next: number }[]).map((r) => [r.replica, r.next]));
}

function verifySnapshots(
  db: DatabaseSync,
  room: number,
  name: string,
  version: VersionVector,
  floor: VersionVector,
  problems: string[],
): number {
  const rows = db.prepare('SELECT id, version, hash, crc, bytes FROM snapshots WHERE room = ?').all(room);
  let covered = floor.size === 0;
  for (const row of rows as unknown as SnapshotRow[]) {
    const snapshot = unpackSnapshot(row);
    if (!snapshot) problems.push(`${name}: snapshot ${row.id} is damaged`);
    else if (!covers(version, snapshot.version)) problems.push(`${name}: snapshot ${row.id} runs ahead`);
    else covered ||= covers(snapshot.version, floor);
  }
  if (!covered) problems.push(`${name}: no snapshot holds what was dropped`);
  return rows.length;
}

function verifyChanges(
  db: DatabaseSync,
  room: number,
  name: string,
  floor: VersionVector,
  problems: string[],
): number {
  let count = 0;
  const rows = db.prepare(
    `SELECT first, next, crc, bytes FROM changes
     WHERE place IN (SELECT place FROM arrivals WHERE room = ?1 UNION SELECT place FROM changes
                     WHERE place > (SELECT folded FROM meta) AND room = ?1)
     AND head = ?2 ORDER BY first`,
  );
  for (const row of db.prepare('SELECT id, replica, next FROM heads WHERE room = ?').all(room)) {
    const { id, replica, next } = row as { id: number; replica: ReplicaId; next: number };
    let end = floor.get(replica) ?? 0;
    for (const change of rows.iterate(room, id) as Iterable<unknown> as Iterable<Row>) {
      count++;
      if (changeChecksum(room, id, change.first, change.next, change.bytes) !== change.crc)
        problems.push(`${name}: the change ${replica} ${change.first}–${change.next} is damaged`);
      const named = replicaIn({ from: change.first, to: change.next, bytes: change.bytes });
      if (named !== null && named !== replica)
        problems.push(`${name}: the change ${replica} ${change.first}–${change.next} says it is of ${named}`);
      if (change.first <= end) end = Math.max(end, change.next);
    }
    // More than it claims: what came since the indexes were brought up to date.
    if (end < next) problems.push(`${name}: ${replica} claims ${next}, and has ${end}`);
  }
  return count;
}
