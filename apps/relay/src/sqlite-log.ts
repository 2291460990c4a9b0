import type { DatabaseSync } from 'node:sqlite';
import type { Change, ReplicaId, VersionVector } from '@concord/sync/protocol';
import {
  BatchesRefused,
  DamagedError,
  ErasedError,
  type LogStore,
  type RoomBatch,
  type RoomRecord,
} from './log-store.ts';
import { changeChecksum } from './sqlite-checksum.ts';
import { fold, openLogFile, reason } from './sqlite-file.ts';
import { type LogPage, type PageCursor, SqliteReader } from './sqlite-reader.ts';
import { repair } from './sqlite-repair.ts';
import { isErased, unpackVersion } from './sqlite-rooms.ts';
import { type Stored, Unfolded } from './unfolded.ts';

/** So many changes are stored before the indexes are brought up to date. */
const FOLD_AT = 2_000;
/** Rooms and replicas remembered between commits. */
const REMEMBERED = 20_000;

interface RoomRow {
  readonly id: number;
  readonly epoch: string;
}

interface HeadRow {
  readonly id: number;
  next: number;
}

/** The log in one SQLite file. Every row is checked when it is read. */
export class SqliteLog implements LogStore {
  readonly db: DatabaseSync;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #rooms = new Map<string, RoomRow>();
  readonly #heads = new Map<string, HeadRow>();
  readonly #unfolded = new Unfolded();
  readonly #reader: SqliteReader;
  #lastPlace: number;
  #lastAt = 0;

  /** Opens `<dataDir>/log.sqlite`, made if missing. Throws LogError with one clear line if it cannot. */
  constructor(dataDir: string) {
    this.db = openLogFile(dataDir);
    this.#sql = prepare(this.db);
    this.#reader = new SqliteReader(this.db, this.#unfolded);
    this.#lastPlace = (this.#sql.lastPlace.get() as { place: number }).place;
  }

  async find(room: string): Promise<RoomRecord | null> {
    const row = this.#sql.record.get(room) as
      | { id: number; epoch: string; floor: string; weight: number }
      | undefined;
    if (!row) {
      if (isErased(this.db, room)) throw new ErasedError(`${room} was erased`);
      return null;
    }
    const heads = this.#reader.heads(row.id);
    const mark = this.#sql.newest.get(row.id) as
      | { id: number; version: string; hash: string; attested: number; size: number }
      | undefined;
    return {
      epoch: row.epoch,
      version: new Map(heads.map(({ replica, next }) => [replica, next])),
      owners: new Map(heads.flatMap(({ replica, owner }) => (owner === null ? [] : [[replica, owner]]))),
      floor: unpackVersion(row.floor),
      weight: row.weight + this.#unfolded.bytes(row.id),
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
      this.#commit(() => {
        const stored: Stored[] = [];
        for (const batch of batches) this.#appendBatch(batch, at, stored);
        return stored;
      });
    } catch (error) {
      if (isFatal(error)) throw error;
      this.#appendOneByOne(batches, at);
    }
    if (this.#unfolded.size < FOLD_AT) return;
    try {
      this.fold();
    } catch {
      // The changes are on disk, and that is what was asked. The indexes have time.
    }
  }

  async *read(room: string, since: VersionVector): AsyncGenerator<readonly Change[]> {
    let cursor: PageCursor | null = null;
    do {
      const page: LogPage = this.page(room, since, cursor);
      if (page.changes.length > 0) yield page.changes;
      cursor = page.cursor;
    } while (cursor !== null);
  }

  /**
   * One page of `read`, after `cursor` or from the start; the cursor of the next one, null after the last.
   * Throws DamagedError if what is there is not all that was written; the room is put right, and claims less.
   */
  page(name: string, since: VersionVector, cursor: PageCursor | null): LogPage {
    const room = this.#room(name)?.id;
    if (room === undefined) return { changes: [], cursor: null };
    return this.#reader.page(room, since, cursor) ?? this.#repair(name, room);
  }

  /** Brings the indexes up to date. To be called now and then, and before others look at the tables. */
  fold(): void {
    if (this.#unfolded.size === 0) return;
    fold(this.db);
    this.#unfolded.clear();
  }

  async close(): Promise<void> {
    if (!this.db.isOpen) return;
    try {
      this.fold();
    } finally {
      this.db.close();
    }
  }

  /** To be called when others changed what is stored: nothing is taken as known any more. */
  forget(): void {
    this.#rooms.clear();
    this.#heads.clear();
  }

  /** Runs a transaction and, once it is on disk, notes what it stored. */
  #commit(run: () => readonly Stored[]): void {
    const before = this.#lastPlace;
    this.#sql.begin.run();
    try {
      const stored = run();
      this.#sql.commit.run();
      for (const one of stored) this.#unfolded.add(one);
    } catch (error) {
      this.#lastPlace = before;
      this.forget();
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  #appendOneByOne(batches: readonly RoomBatch[], at: number): void {
    const refused = new Map<number, string>();
    const tentatively = this.#unfolded.tentatively();
    try {
      this.#commit(() =>
        batches.flatMap((batch, i) => {
          const stored = this.#appendAlone(batch, at, (why) => refused.set(i, why));
          // What is taken as known may be forgotten before the next batch of this room.
          for (const one of stored) tentatively.note(one);
          return stored;
        }),
      );
    } catch (error) {
      tentatively.undo();
      throw error;
    }
    if (refused.size > 0) throw new BatchesRefused(refused);
  }

  #appendAlone(batch: RoomBatch, at: number, refuse: (why: string) => void): readonly Stored[] {
    let stored: Stored[] = [];
    this.db.exec('SAVEPOINT batch');
    try {
      this.#appendBatch(batch, at, stored);
    } catch (error) {
      if (isFatal(error)) throw error;
      stored = [];
      this.forget();
      this.db.exec('ROLLBACK TO batch');
      refuse(reason(error));
    }
    this.db.exec('RELEASE batch');
    return stored;
  }

  /** Writes a batch's new changes, and adds them to `stored`. */
  #appendBatch({ room, epoch, changes, owners }: RoomBatch, at: number, stored: Stored[]): void {
    const { id, epoch: current } = this.#room(room) ?? this.#addRoom(room, epoch);
    if (current !== epoch) throw new Error(`${room}: epoch ${epoch} is over`);
    for (const { replica, from, to, bytes } of changes) {
      const head = this.#head(id, replica, owners?.get(replica) ?? null);
      if (to <= head.next) continue;
      // One that begins before and ends beyond is kept whole: documents take what they lack of it.
      if (from > head.next) throw new Error(`${room}: ${replica} has ${head.next}, got ${from}–${to}`);
      const place = ++this.#lastPlace;
      const crc = changeChecksum(id, head.id, from, to, bytes);
      this.#sql.addChange.run(place, id, head.id, from, to, at, crc, bytes);
      head.next = to;
      stored.push({ room: id, head: head.id, next: to, place, size: bytes.length });
    }
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
    const head = found
      ? { id: found.id, next: this.#unfolded.next(found.id, found.next) }
      : { id: Number(this.#sql.addHead.run(room, replica, owner).lastInsertRowid), next: 0 };
    remember(this.#heads, key, head);
    return head;
  }

  #repair(name: string, room: number): never {
    this.fold();
    repair(this.db, room);
    this.forget();
    throw new DamagedError(`${name}: something that was stored is damaged and set aside`);
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
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
    room: db.prepare('SELECT id, epoch FROM rooms WHERE name = ?'),
    record: db.prepare('SELECT id, epoch, floor, weight FROM rooms WHERE name = ?'),
    addRoom: db.prepare('INSERT INTO rooms (name, epoch) VALUES (?, ?)'),
    newest: db.prepare(
      `SELECT id, version, hash, attested, length(bytes) AS size FROM snapshots
       WHERE room = ? ORDER BY id DESC LIMIT 1`,
    ),
    head: db.prepare('SELECT id, next FROM heads WHERE room = ? AND replica = ?'),
    addHead: db.prepare('INSERT INTO heads (room, replica, next, owner) VALUES (?, ?, 0, ?)'),
    lastPlace: db.prepare(
      'SELECT max(folded, coalesce((SELECT max(place) FROM changes), 0)) AS place FROM meta',
    ),
    addChange: db.prepare(
      'INSERT INTO changes (place, room, head, first, next, at, crc, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ),
  };
}
