import type { DatabaseSync } from 'node:sqlite';
import { type Change, type ReplicaId, replicaIn, sizeOf, type VersionVector } from '@concord/sync/protocol';
import { changeChecksum } from './sqlite-checksum.ts';
import { unpackVersion } from './sqlite-rooms.ts';
import type { Unfolded } from './unfolded.ts';

/** Bytes of changes in a page, more or less. */
const PAGE = 256 * 1024;
const ROWS = 1000;

/** How far a reading has come. */
export interface PageCursor {
  readonly place: number;
  readonly known: VersionVector;
}

export interface LogPage {
  readonly changes: readonly Change[];
  readonly cursor: PageCursor | null;
}

/** Up to where a replica's changes are stored in a room, and whose they are. */
export interface Head {
  readonly id: number;
  readonly replica: ReplicaId;
  readonly next: number;
  readonly owner: string | null;
}

interface ChangeRow {
  readonly head: number;
  readonly first: number;
  readonly next: number;
  readonly crc: number;
  readonly bytes: Uint8Array;
}

/** Reads rooms from the tables, page by page, and looks at every row. */
export class SqliteReader {
  readonly #sql: ReturnType<typeof prepare>;
  readonly #unfolded: Unfolded;

  constructor(db: DatabaseSync, unfolded: Unfolded) {
    this.#sql = prepare(db);
    this.#unfolded = unfolded;
  }

  heads(room: number): readonly Head[] {
    const rows = this.#sql.heads.all(room) as unknown as Head[];
    return rows.map((row) => ({ ...row, next: this.#unfolded.next(row.id, row.next) }));
  }

  /**
   * What a client at `since` lacks: one page, after `cursor` or from the start; the cursor of the next one, null after the
   * last. Null if what is there is not all that was written.
   */
  page(room: number, since: VersionVector, cursor: PageCursor | null): LogPage | null {
    const heads = this.heads(room);
    const start = cursor ?? this.#start(room, since, heads);
    const known = new Map(start.known);
    const replicas = new Map(heads.map(({ id, replica }) => [id, replica]));
    const claimed = new Map(heads.map(({ replica, next }) => [replica, next]));
    const places = this.#placesAfter(room, start.place);
    const changes: Change[] = [];
    let size = 0;
    for (const place of places) {
      const change = this.#change(room, place, replicas);
      // Each change follows on what went before of its replica: nothing is missing in between.
      if (!change || change.from > (known.get(change.replica) ?? 0)) return null;
      const { replica, to } = change;
      // Nor does the room claim less than is there.
      if (to > (claimed.get(replica) ?? 0)) return null;
      known.set(replica, Math.max(to, known.get(replica) ?? 0));
      if (to <= (since.get(replica) ?? 0)) continue;
      changes.push(change);
      size += sizeOf(change);
      if (size >= PAGE) return { changes, cursor: { place, known } };
    }
    const last = places.at(-1);
    if (places.length === ROWS && last !== undefined) return { changes, cursor: { place: last, known } };
    // And in the end there is all that the room claims.
    if (heads.some(({ replica, next }) => (known.get(replica) ?? 0) < next)) return null;
    return { changes, cursor: null };
  }

  #placesAfter(room: number, place: number): readonly number[] {
    const rows = this.#sql.placesAfter.all(room, place) as unknown as { place: number }[];
    const indexed = rows.map((row) => row.place);
    if (indexed.length === ROWS) return indexed;
    const recent = this.#unfolded.places(room).filter((one) => one > place);
    return [...indexed, ...recent.slice(0, ROWS - indexed.length)];
  }

  /** The change at a place, or null if it is not what was written. */
  #change(room: number, place: number, replicas: ReadonlyMap<number, ReplicaId>): Change | null {
    const row = this.#sql.change.get(place) as ChangeRow | undefined;
    if (!row || !(row.bytes instanceof Uint8Array)) return null;
    const { head, first: from, next: to, crc, bytes } = row;
    const replica = replicas.get(head);
    if (!replica || changeChecksum(room, head, from, to, bytes) !== crc) return null;
    // What a head is called stands under no checksum, but its changes know.
    const named = replicaIn({ from, to, bytes });
    return named === null || named === replica ? { replica, from, to, bytes } : null;
  }

  /** Where to begin reading for a client at `since`, and what is known there: also what only a snapshot holds. */
  #start(room: number, since: VersionVector, heads: readonly Head[]): PageCursor {
    const { floor } = this.#sql.floor.get(room) as { floor: string };
    const known = new Map(unpackVersion(floor));
    for (const [replica, next] of since) known.set(replica, Math.max(next, known.get(replica) ?? 0));
    return { place: this.#firstMissing(room, since, heads) - 1, known };
  }

  /**
   * The first place from which on everything must be looked at that a client at `since` lacks. Found from the end: each
   * replica's changes stand in order, so the walk is no longer than the reading after it.
   */
  #firstMissing(room: number, since: VersionVector, heads: readonly Head[]): number {
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
    for (const place of this.#unfolded.places(room).toReversed()) {
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

function prepare(db: DatabaseSync) {
  return {
    heads: db.prepare('SELECT id, replica, next, owner FROM heads WHERE room = ?'),
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
