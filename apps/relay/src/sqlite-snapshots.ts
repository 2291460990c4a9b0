import type { DatabaseSync } from 'node:sqlite';
import { covers, type ReplicaId, snapshotCrc, type VersionVector } from '@concord/sync/protocol';
import type { Snapshot, SnapshotStore } from './log-store.ts';
import { settleHeads } from './sqlite-repair.ts';
import { deleteChanges, packVersion, roomId, transaction, unpackVersion } from './sqlite-rooms.ts';

export interface SnapshotRow {
  readonly id: number;
  readonly version: string;
  readonly hash: string;
  readonly crc: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Snapshots and what they make needless, in the log's SQLite file. */
export class SqliteSnapshots implements SnapshotStore {
  readonly #db: DatabaseSync;
  readonly #changed: () => void;

  /** `changed` is called when heads were taken back. */
  constructor(db: DatabaseSync, changed: () => void) {
    this.#db = db;
    this.#changed = changed;
  }

  async snapshot(room: string): Promise<Snapshot | null> {
    const id = roomId(this.#db, room);
    if (id === undefined) return null;
    const newest = this.#db.prepare(
      'SELECT id, version, hash, crc, bytes FROM snapshots WHERE room = ? ORDER BY id DESC LIMIT 1',
    );
    for (let row = newest.get(id); row; row = newest.get(id)) {
      const found = row as unknown as SnapshotRow;
      const snapshot = unpackSnapshot(found);
      if (snapshot) return snapshot;
      this.#setAside(id, found.id);
    }
    return null;
  }

  async install(room: string, epoch: string, previous: number, snapshot: Snapshot): Promise<number | null> {
    const { version, stateHash, bytes } = snapshot;
    return transaction(this.#db, () => {
      const row = this.#db.prepare('SELECT id, epoch FROM rooms WHERE name = ?').get(room) as
        | { id: number; epoch: string }
        | undefined;
      if (row?.epoch !== epoch || this.#newest(row.id) !== previous) return null;
      if (!covers(this.#heads(row.id), version)) return null;
      const { lastInsertRowid } = this.#db
        .prepare('INSERT INTO snapshots (room, version, hash, at, crc, bytes) VALUES (?, ?, ?, ?, ?, ?)')
        .run(
          row.id,
          packVersion(version),
          stateHash,
          Date.now(),
          snapshotCrc(version, stateHash, bytes),
          bytes,
        );
      // What came since the client made it is little.
      this.#db.prepare('UPDATE rooms SET weight = 0 WHERE id = ?').run(row.id);
      return Number(lastInsertRowid);
    });
  }

  async attest(room: string, id: number): Promise<void> {
    const of = roomId(this.#db, room) ?? null;
    this.#db.prepare('UPDATE snapshots SET attested = 1 WHERE id = ? AND room = ?').run(id, of);
  }

  async trimDue(before: number, most: number): Promise<ReadonlyMap<string, VersionVector>> {
    const due = this.#db.prepare(
      `SELECT DISTINCT rooms.id, name FROM snapshots JOIN rooms ON rooms.id = room
       WHERE attested = 1 AND trimmed = 0 AND at < ? LIMIT ?`,
    );
    const floors = new Map<string, VersionVector>();
    for (const { id, name } of due.all(before, most) as unknown as { id: number; name: string }[])
      floors.set(
        name,
        transaction(this.#db, () => trimRoom(this.#db, id, before)),
      );
    // In small steps: commits wait meanwhile.
    if (floors.size > 0) this.#db.exec('PRAGMA incremental_vacuum(2000)');
    return floors;
  }

  #newest(room: number): number {
    const row = this.#db.prepare('SELECT max(id) AS id FROM snapshots WHERE room = ?').get(room);
    return (row as { id: number | null }).id ?? 0;
  }

  #heads(room: number): VersionVector {
    const rows = this.#db.prepare('SELECT replica, next FROM heads WHERE room = ?').all(room);
    return new Map(
      (rows as unknown as { replica: ReplicaId; next: number }[]).map((r) => [r.replica, r.next]),
    );
  }

  /** A damaged snapshot is never served. What only it held is claimed no more: clients bring it again. */
  #setAside(room: number, snapshot: number): void {
    transaction(this.#db, () => {
      this.#db
        .prepare(
          `INSERT INTO quarantine (room, what, at, bytes)
           SELECT room, 'snapshot', ?, CAST(bytes AS BLOB) FROM snapshots WHERE id = ?`,
        )
        .run(Date.now(), snapshot);
      this.#db.prepare('DELETE FROM snapshots WHERE id = ?').run(snapshot);
      const older = this.#db
        .prepare('SELECT version FROM snapshots WHERE room = ? ORDER BY id DESC LIMIT 1')
        .get(room) as { version: string } | undefined;
      const row = this.#db.prepare('SELECT floor FROM rooms WHERE id = ?').get(room) as { floor: string };
      const held = unpackVersion(older?.version ?? '[]');
      if (covers(held, unpackVersion(row.floor))) return;
      this.#db.prepare('UPDATE rooms SET floor = ? WHERE id = ?').run(older?.version ?? '[]', room);
      settleHeads(this.#db, room);
    });
    this.#changed();
  }
}

/** `trimDue` for one room, inside a transaction. */
export function trimRoom(db: DatabaseSync, room: number, before: number): VersionVector {
  const { floor } = db.prepare('SELECT floor FROM rooms WHERE id = ?').get(room) as { floor: string };
  const base = db
    .prepare(
      'SELECT id, version, hash, crc, bytes FROM snapshots WHERE room = ? AND attested = 1 AND at < ? ORDER BY id DESC LIMIT 1',
    )
    .get(room, before) as SnapshotRow | undefined;
  // Looked at once more before what it replaces goes.
  const held = base && unpackSnapshot(base);
  if (!base) return unpackVersion(floor);
  db.prepare('UPDATE snapshots SET trimmed = 1 WHERE room = ? AND id <= ?').run(room, base.id);
  if (!held) return unpackVersion(floor);
  const heads = db.prepare('SELECT id, replica FROM heads WHERE room = ?').all(room);
  for (const { id, replica } of heads as unknown as { id: number; replica: ReplicaId }[]) {
    const next = held.version.get(replica);
    if (next !== undefined) deleteChanges(db, room, 'head = ? AND next <= ?', id, next);
  }
  db.prepare('UPDATE rooms SET floor = ? WHERE id = ?').run(base.version, room);
  db.prepare(
    `DELETE FROM snapshots WHERE room = ?1 AND id != ?2
     AND id NOT IN (SELECT id FROM snapshots WHERE room = ?1 ORDER BY id DESC LIMIT 2)`,
  ).run(room, base.id);
  return held.version;
}

/** Null if it is not what was stored. */
export function unpackSnapshot({ version: text, hash: stateHash, crc, bytes }: SnapshotRow): Snapshot | null {
  try {
    const version = unpackVersion(text);
    return snapshotCrc(version, stateHash, bytes) === crc ? { version, stateHash, bytes } : null;
  } catch {
    // A version that is no longer JSON, or names no replicas.
    return null;
  }
}
