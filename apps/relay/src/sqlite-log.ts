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
import { fold, openLogFile, reason } from './sqlite-file.ts';
import { isErased, repair, unpackVersion } from './sqlite-rooms.ts';

/** Bytes of changes that `read` gives at once, more or less. */
const PAGE = 256 * 1024;
const ROWS = 1000;
/** So many changes are stored before the indexes are brought up to date. */
const FOLD_AT = 2_000;
/** Rooms and replicas remembered between commits. */
const REMEMBERED = 20_000;

/** How far a reading has come. */
export interface PageCursor {
  readonly place: number;
  readonly known: VersionVector;
}

export interface LogPage {
  readonly changes: readonly Change[];
  readonly cursor: PageCursor | null;
}

interface RoomRow {
  readonly id: number;
  readonly epoch: string;
}

interface HeadRow {
  readonly id: number;
  next: number;
}

interface NamedHead extends HeadRow {
  readonly replica: ReplicaId;
  readonly owner: string | null;
}

interface ChangeRow {
  readonly head: number;
  readonly first: number;
  readonly next: number;
  readonly crc: number;
  readonly bytes: Uint8Array;
}

/** What is stored of a room beyond the indexes. */
interface Recent {
  readonly places: number[];
  bytes: number;
}

/** The log in one SQLite file. Every row is checked when it is read. */
export class SqliteLog implements LogStore {
  readonly db: DatabaseSync;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #rooms = new Map<string, RoomRow>();
  readonly #heads = new Map<string, HeadRow>();
  /** What was stored since the indexes were brought up to date, by room; and by head, the next id. */
  readonly #recent = new Map<number, Recent>();
  readonly #ahead = new Map<number, number>();
  #unfolded = 0;
  #lastPlace: number;
  #lastAt = 0;

  /** Opens `<dataDir>/log.sqlite`, made if missing. Throws LogError with one clear line if it cannot. */
  constructor(dataDir: string) {
    this.db = openLogFile(dataDir);
    this.#sql = prepare(this.db);
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
    const heads = this.#headsOf(row.id);
    const mark = this.#sql.newest.get(row.id) as
      | { id: number; version: string; hash: string; attested: number; size: number }
      | undefined;
    return {
      epoch: row.epoch,
      version: new Map(heads.map(({ replica, next }) => [replica, next])),
      owners: new Map(heads.flatMap(({ replica, owner }) => (owner === null ? [] : [[replica, owner]]))),
      floor: unpackVersion(row.floor),
      weight: row.weight + (this.#recent.get(row.id)?.bytes ?? 0),
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
      this.#commit(() => batches.flatMap((batch) => this.#appendBatch(batch, at)));
    } catch (error) {
      if (isFatal(error)) throw error;
      this.#appendOneByOne(batches, at);
    }
    if (this.#unfolded < FOLD_AT) return;
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
    const heads = this.#headsOf(room);
    const start = cursor ?? this.#start(room, since, heads);
    const known = new Map(start.known);
    const replicas = new Map(heads.map(({ id, replica }) => [id, replica]));
    const places = this.#placesAfter(room, start.place);
    const changes: Change[] = [];
    let size = 0;
    for (const place of places) {
      const change = this.#change(room, place, replicas);
      // Each change follows on what went before of its replica: nothing is missing in between.
      if (!change || change.from > (known.get(change.replica) ?? 0)) return this.#repair(name, room);
      const { replica, to } = change;
      known.set(replica, Math.max(to, known.get(replica) ?? 0));
      if (to <= (since.get(replica) ?? 0)) continue;
      changes.push(change);
      size += sizeOf(change);
      if (size >= PAGE) return { changes, cursor: { place, known } };
    }
    const last = places.at(-1);
    if (places.length === ROWS && last !== undefined) return { changes, cursor: { place: last, known } };
    // And in the end there is all that the room claims.
    if (heads.some(({ replica, next }) => (known.get(replica) ?? 0) < next)) return this.#repair(name, room);
    return { changes, cursor: null };
  }

  /** Brings the indexes up to date. To be called now and then, and before others look at the tables. */
  fold(): void {
    if (this.#unfolded === 0) return;
    fold(this.db);
    this.#unfolded = 0;
    this.#recent.clear();
    this.#ahead.clear();
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
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const stored = run();
      this.db.exec('COMMIT');
      for (const one of stored) this.#note(one);
    } catch (error) {
      this.#lastPlace = before;
      this.forget();
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  #note({ room, head, next, place, size }: Stored): void {
    const recent = this.#recent.get(room);
    if (recent) {
      recent.places.push(place);
      recent.bytes += size;
    } else this.#recent.set(room, { places: [place], bytes: size });
    this.#ahead.set(head, next);
    this.#unfolded++;
  }

  #appendOneByOne(batches: readonly RoomBatch[], at: number): void {
    const refused = new Map<number, string>();
    const ahead = new Map(this.#ahead);
    try {
      this.#commit(() =>
        batches.flatMap((batch, i) => this.#appendAlone(batch, at, (why) => refused.set(i, why))),
      );
    } catch (error) {
      this.#ahead.clear();
      for (const [head, next] of ahead) this.#ahead.set(head, next);
      throw error;
    }
    if (refused.size > 0) throw new BatchesRefused(refused);
  }

  #appendAlone(batch: RoomBatch, at: number, refuse: (why: string) => void): readonly Stored[] {
    let stored: readonly Stored[] = [];
    this.db.exec('SAVEPOINT batch');
    try {
      stored = this.#appendBatch(batch, at);
    } catch (error) {
      if (isFatal(error)) throw error;
      this.forget();
      this.db.exec('ROLLBACK TO batch');
      refuse(reason(error));
    }
    this.db.exec('RELEASE batch');
    // What is taken as known may be forgotten before the next batch of this room.
    for (const { head, next } of stored) this.#ahead.set(head, next);
    return stored;
  }

  #appendBatch({ room, epoch, changes, owners }: RoomBatch, at: number): readonly Stored[] {
    const { id, epoch: current } = this.#room(room) ?? this.#addRoom(room, epoch);
    if (current !== epoch) throw new Error(`${room}: epoch ${epoch} is over`);
    const stored: Stored[] = [];
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
    return stored;
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
      ? { id: found.id, next: this.#ahead.get(found.id) ?? found.next }
      : { id: Number(this.#sql.addHead.run(room, replica, owner).lastInsertRowid), next: 0 };
    remember(this.#heads, key, head);
    return head;
  }

  #headsOf(room: number): readonly NamedHead[] {
    const rows = this.#sql.heads.all(room) as unknown as NamedHead[];
    return rows.map((row) => ({ ...row, next: this.#ahead.get(row.id) ?? row.next }));
  }

  #placesAfter(room: number, place: number): readonly number[] {
    const indexed = (this.#sql.placesAfter.all(room, place) as unknown as { place: number }[]).map(
      (r) => r.place,
    );
    if (indexed.length === ROWS) return indexed;
    const recent = this.#recent.get(room)?.places.filter((one) => one > place) ?? [];
    return [...indexed, ...recent.slice(0, ROWS - indexed.length)];
  }

  /** The change at a place, or null if it is not what was written. */
  #change(room: number, place: number, replicas: ReadonlyMap<number, ReplicaId>): Change | null {
    const row = this.#sql.change.get(place) as ChangeRow | undefined;
    if (!row || !(row.bytes instanceof Uint8Array)) return null;
    const { head, first: from, next: to, crc, bytes } = row;
    const replica = replicas.get(head);
    return replica && changeChecksum(room, head, from, to, bytes) === crc
      ? { replica, from, to, bytes }
      : null;
  }

  #repair(name: string, room: number): never {
    this.fold();
    repair(this.db, room);
    this.forget();
    throw new DamagedError(`${name}: something that was stored is damaged and set aside`);
  }

  /** Where to begin reading for a client at `since`, and what is known there: also what only a snapshot holds. */
  #start(room: number, since: VersionVector, heads: readonly NamedHead[]): PageCursor {
    const { floor } = this.#sql.floor.get(room) as { floor: string };
    const known = new Map(unpackVersion(floor));
    for (const [replica, next] of since) known.set(replica, Math.max(next, known.get(replica) ?? 0));
    return { place: this.#firstMissing(room, since, heads) - 1, known };
  }

  /**
   * The first place from which on everything must be looked at that a client at `since` lacks. Found from the end: each
   * replica's changes stand in order, so the walk is no longer than the reading after it.
   */
  #firstMissing(room: number, since: VersionVector, heads: readonly NamedHead[]): number {
    if (since.size === 0) return 0;
    const behind = new Map<number, number>();
    for (const { id, replica, next } of heads) {
      const known = since.get(replica) ?? 0;
      if (known < next) behind.set(id, known);
    }
    let first = Number.MAX_SAFE_INTEGER;
    const look = (place: number, head: number, from: number): void => {
      const known = behind.get(head);
      if (known === undefined) return;
      first = place;
      if (from <= known) behind.delete(head);
    };
    for (const place of this.#recent.get(room)?.places.toReversed() ?? []) {
      if (behind.size === 0) return first;
      const row = this.#sql.change.get(place) as ChangeRow | undefined;
      if (row) look(place, row.head, row.first);
    }
    const walk = this.#sql.fromTheEnd.iterate(room) as Iterable<unknown> as Iterable<
      ChangeRow & { place: number }
    >;
    for (const { place, head, first: from } of walk) {
      if (behind.size === 0) break;
      look(place, head, from);
    }
    return first;
  }
}

/** A change of a commit that is under way. */
interface Stored {
  readonly room: number;
  readonly head: number;
  readonly next: number;
  readonly place: number;
  readonly size: number;
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
    newest: db.prepare(
      `SELECT id, version, hash, attested, length(bytes) AS size FROM snapshots
       WHERE room = ? ORDER BY id DESC LIMIT 1`,
    ),
    heads: db.prepare('SELECT id, replica, next, owner FROM heads WHERE room = ?'),
    head: db.prepare('SELECT id, next FROM heads WHERE room = ? AND replica = ?'),
    addHead: db.prepare('INSERT INTO heads (room, replica, next, owner) VALUES (?, ?, 0, ?)'),
    lastPlace: db.prepare(
      'SELECT max(folded, coalesce((SELECT max(place) FROM changes), 0)) AS place FROM meta',
    ),
    addChange: db.prepare(
      'INSERT INTO changes (place, room, head, first, next, at, crc, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    change: db.prepare('SELECT head, first, next, crc, bytes FROM changes WHERE place = ?'),
    floor: db.prepare('SELECT floor FROM rooms WHERE id = ?'),
    placesAfter: db.prepare(
      `SELECT place FROM arrivals WHERE room = ? AND place > ? ORDER BY place LIMIT ${ROWS}`,
    ),
    fromTheEnd: db.prepare(
      `SELECT place, head, first FROM arrivals JOIN changes USING (place)
       WHERE arrivals.room = ? ORDER BY arrivals.place DESC`,
    ),
  };
}
