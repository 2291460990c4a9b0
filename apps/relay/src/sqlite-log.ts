import type { DatabaseSync } from 'node:sqlite';
import { type Change, type ReplicaId, sizeOf, type VersionVector } from '@concord/sync/protocol';
import {
  BatchesRefused,
  DamagedError,
  ErasedError,
  type LogStore,
  type RoomBatch,
  type RoomRecord,
} from './log-store.ts';
import { changeChecksum } from './sqlite-checksum.ts';
import { openLogFile, reason } from './sqlite-file.ts';
import { isErased, quarantine, unpackVersion } from './sqlite-rooms.ts';

/** Bytes of changes that `read` gives at once, more or less. */
const PAGE = 256 * 1024;
const ROWS = 1000;
/** Rooms and replicas remembered between commits. */
const REMEMBERED = 20_000;

export interface LogPage {
  readonly changes: readonly Change[];
  readonly cursor: number | null;
}

interface RoomRow {
  readonly id: number;
  readonly epoch: string;
}

interface HeadRow {
  readonly id: number;
  next: number;
}

interface ChangeRow {
  readonly place: number;
  readonly head: number;
  readonly replica: ReplicaId | null;
  readonly first: number;
  readonly next: number;
  readonly crc: number;
  readonly bytes: Uint8Array;
}

/** The log in one SQLite file. Every row is checked when it is read. */
export class SqliteLog implements LogStore {
  readonly db: DatabaseSync;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #rooms = new Map<string, RoomRow>();
  readonly #heads = new Map<string, HeadRow>();
  #lastAt = 0;

  /** Opens `<dataDir>/log.sqlite`, made if missing. Throws LogError with one clear line if it cannot. */
  constructor(dataDir: string) {
    this.db = openLogFile(dataDir);
    this.#sql = prepare(this.db);
  }

  async find(room: string): Promise<RoomRecord | null> {
    const row = this.#sql.record.get(room) as
      | { id: number; epoch: string; floor: string; weight: number }
      | undefined;
    if (!row) {
      if (isErased(this.db, room)) throw new ErasedError(`${room} was erased`);
      return null;
    }
    const heads = this.#sql.heads.all(row.id) as unknown as {
      replica: ReplicaId;
      next: number;
      owner: string | null;
    }[];
    const mark = this.#sql.newest.get(row.id) as
      | { id: number; version: string; hash: string; attested: number; size: number }
      | undefined;
    return {
      epoch: row.epoch,
      version: new Map(heads.map(({ replica, next }) => [replica, next])),
      owners: new Map(heads.flatMap(({ replica, owner }) => (owner === null ? [] : [[replica, owner]]))),
      floor: unpackVersion(row.floor),
      weight: row.weight,
      snapshot: mark
        ? {
            id: mark.id,
            version: unpackVersion(mark.version),
            stateHash: mark.hash,
            size: mark.size,
            attested: mark.attested === 1,
          }
        : null,
    };
  }

  /** One commit. Tried as a whole first; if anything is wrong, batch by batch, so that only the wrong ones fail. */
  async append(batches: readonly RoomBatch[]): Promise<void> {
    const at = Math.max(this.#lastAt, Date.now());
    this.#lastAt = at;
    try {
      this.#transaction(() => batches.forEach((batch) => void this.#appendBatch(batch, at)));
    } catch (error) {
      if (isFatal(error) || batches.length === 1) {
        if (!isFatal(error)) throw new BatchesRefused(new Map([[0, reason(error)]]));
        throw error;
      }
      this.#appendOneByOne(batches, at);
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

  /**
   * One page of `read`, after `cursor` or from the start; the cursor of the next one, null after the last.
   * Throws DamagedError if a row is not what was written; it is set aside, and the room claims it no more.
   */
  page(room: string, since: VersionVector, cursor: number | null): LogPage {
    const changes: Change[] = [];
    const id = this.#room(room)?.id;
    if (id === undefined) return { changes, cursor: null };
    let place = cursor ?? this.#firstMissing(id, since) - 1;
    let size = 0;
    let rows = 0;
    for (const row of this.#sql.page.iterate(id, place) as Iterable<unknown> as Iterable<ChangeRow>) {
      place = row.place;
      rows++;
      if (row.replica === null || changeChecksum(id, row.head, row.first, row.next, row.bytes) !== row.crc) {
        quarantine(this.db, id, place);
        this.forget();
        throw new DamagedError(`${room}: a stored change was damaged and is set aside`);
      }
      if (row.next <= (since.get(row.replica) ?? 0)) continue;
      const change = { replica: row.replica, from: row.first, to: row.next, bytes: row.bytes };
      changes.push(change);
      size += sizeOf(change);
      if (size >= PAGE) break;
    }
    return { changes, cursor: rows < ROWS && size < PAGE ? null : place };
  }

  async close(): Promise<void> {
    if (this.db.isOpen) this.db.close();
  }

  /** To be called when others changed what is stored: nothing is taken as known any more. */
  forget(): void {
    this.#rooms.clear();
    this.#heads.clear();
  }

  #transaction(run: () => void): void {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      run();
      this.db.exec('COMMIT');
    } catch (error) {
      this.forget();
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  #appendOneByOne(batches: readonly RoomBatch[], at: number): void {
    const refused = new Map<number, string>();
    this.#transaction(() => {
      batches.forEach((batch, i) => {
        this.db.exec('SAVEPOINT batch');
        try {
          this.#appendBatch(batch, at);
        } catch (error) {
          if (isFatal(error)) throw error;
          this.forget();
          this.db.exec('ROLLBACK TO batch');
          refused.set(i, reason(error));
        }
        this.db.exec('RELEASE batch');
      });
    });
    if (refused.size > 0) throw new BatchesRefused(refused);
  }

  #appendBatch({ room, epoch, changes, owners }: RoomBatch, at: number): void {
    const { id, epoch: stored } = this.#room(room) ?? this.#addRoom(room, epoch);
    if (stored !== epoch) throw new Error(`${room}: epoch ${epoch} is over`);
    const touched = new Set<HeadRow>();
    let weight = 0;
    for (const { replica, from, to, bytes } of changes) {
      const head = this.#head(id, replica, owners?.get(replica) ?? null);
      if (to <= head.next) continue;
      // One that begins before and ends beyond is kept whole: documents take what they lack of it.
      if (from > head.next) throw new Error(`${room}: ${replica} has ${head.next}, got ${from}–${to}`);
      const crc = changeChecksum(id, head.id, from, to, bytes);
      this.#sql.addChange.run(id, head.id, from, to, at, crc, bytes);
      head.next = to;
      touched.add(head);
      weight += bytes.length;
    }
    for (const head of touched) this.#sql.setHead.run(head.next, head.id);
    if (weight > 0) this.#sql.addWeight.run(weight, id);
  }

  #room(name: string): RoomRow | undefined {
    const known = this.#rooms.get(name);
    if (known) return known;
    const found = this.#sql.room.get(name) as RoomRow | undefined;
    if (found) remember(this.#rooms, name, found);
    return found;
  }

  #addRoom(name: string, epoch: string): RoomRow {
    if (isErased(this.db, name)) throw new ErasedError(`${name} was erased`);
    const { lastInsertRowid } = this.#sql.addRoom.run(name, epoch);
    const row = { id: Number(lastInsertRowid), epoch };
    remember(this.#rooms, name, row);
    return row;
  }

  #head(room: number, replica: ReplicaId, owner: string | null): HeadRow {
    const key = `${room} ${replica}`;
    const known = this.#heads.get(key);
    if (known) return known;
    const found = this.#sql.head.get(room, replica) as unknown as HeadRow | undefined;
    const head = found ?? {
      id: Number(this.#sql.addHead.run(room, replica, owner).lastInsertRowid),
      next: 0,
    };
    remember(this.#heads, key, head);
    return head;
  }

  /** Where the first change stands that a client at `since` lacks. */
  #firstMissing(room: number, since: VersionVector): number {
    if (since.size === 0) return 0;
    let first = Number.MAX_SAFE_INTEGER;
    const heads = this.#sql.heads.all(room) as unknown as (HeadRow & { replica: ReplicaId })[];
    for (const { id, replica, next } of heads) {
      const known = since.get(replica) ?? 0;
      if (known >= next) continue;
      // A change that holds more than the client knows may begin before what it lacks.
      const { place } = this.#sql.firstBeyond.get(id, known) as { place: number | null };
      if (place !== null) first = Math.min(first, place);
    }
    return first;
  }
}

/** After these nothing of the transaction can be trusted: no space, no disk, no memory. */
function isFatal(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  return code === 7 || code === 10 || code === 13 || code === 8 || code === 14;
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  if (map.size >= REMEMBERED) map.clear();
  map.set(key, value);
}

function prepare(db: DatabaseSync) {
  return {
    room: db.prepare('SELECT id, epoch FROM rooms WHERE name = ?'),
    record: db.prepare('SELECT id, epoch, floor, weight FROM rooms WHERE name = ?'),
    addRoom: db.prepare('INSERT INTO rooms (name, epoch) VALUES (?, ?)'),
    addWeight: db.prepare('UPDATE rooms SET weight = weight + ? WHERE id = ?'),
    newest: db.prepare(
      `SELECT id, version, hash, attested, length(bytes) AS size FROM snapshots
       WHERE room = ? ORDER BY id DESC LIMIT 1`,
    ),
    heads: db.prepare('SELECT id, replica, next, owner FROM heads WHERE room = ?'),
    head: db.prepare('SELECT id, next FROM heads WHERE room = ? AND replica = ?'),
    addHead: db.prepare('INSERT INTO heads (room, replica, next, owner) VALUES (?, ?, 0, ?)'),
    setHead: db.prepare('UPDATE heads SET next = ? WHERE id = ?'),
    // What is there already can only be a remnant beyond a hole, and what comes again fills it.
    addChange: db.prepare(
      'INSERT OR REPLACE INTO changes (room, head, first, next, at, crc, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    firstBeyond: db.prepare(
      `SELECT min(place) AS place FROM changes WHERE head = ?1
       AND first >= coalesce((SELECT max(first) FROM changes WHERE head = ?1 AND first <= ?2), 0)`,
    ),
    page: db.prepare(
      `SELECT place, head, replica, first, changes.next, crc, bytes
       FROM changes LEFT JOIN heads ON heads.id = head AND heads.room = ?1
       WHERE changes.room = ?1 AND place > ?2 ORDER BY place LIMIT ${ROWS}`,
    ),
  };
}
