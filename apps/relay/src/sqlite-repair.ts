import type { DatabaseSync } from 'node:sqlite';
import { type ReplicaId, replicaIn, type VersionVector } from '@concord/sync/protocol';
import { changeChecksum } from './sqlite-checksum.ts';
import { transaction, unpackVersion } from './sqlite-rooms.ts';

/**
 * Puts a room right of which something is damaged. Its index is made afresh; changes that are not what was written, and
 * those behind a hole, are set aside; and its heads claim what is left. Whoever has what is missing brings it again.
 * Other rooms where a name is there twice are put right with it: all rooms share one index of names.
 */
export function repair(db: DatabaseSync, room: number): void {
  transaction(db, () => {
    const rooms = [...new Set([room, ...roomsWithDoubles(db)])];
    const wrong = rooms.flatMap((one) => mendHeads(db, one, mendChanges(db, one)));
    // Only now: it fails on names that are there twice.
    db.exec('REINDEX heads');
    const rename = db.prepare('UPDATE heads SET replica = ? WHERE id = ?');
    for (const { id, name } of wrong) rename.run(name, id);
    for (const one of rooms) settleHeads(db, one);
  });
}

/** Rooms in which one replica has two heads. */
function roomsWithDoubles(db: DatabaseSync): number[] {
  const rows = db
    .prepare('SELECT DISTINCT room FROM heads NOT INDEXED GROUP BY room, replica HAVING count(*) > 1')
    .all();
  return (rows as { room: number }[]).map(({ room }) => room);
}

/** Makes the room's index afresh, and sets aside what is not as it was written. Returns what heads are called by their changes. */
function mendChanges(db: DatabaseSync, room: number): ReadonlyMap<number, ReplicaId> {
  db.prepare('DELETE FROM arrivals WHERE room = ?').run(room);
  db.prepare(
    `INSERT INTO arrivals SELECT ?1, place FROM changes
     WHERE head IN (SELECT id FROM heads NOT INDEXED WHERE room = ?1) OR room = ?1`,
  ).run(room);
  const rows = db.prepare(
    `SELECT place, head, first, next, crc, bytes FROM arrivals JOIN changes USING (place) WHERE arrivals.room = ?`,
  );
  const isOurs = db.prepare('SELECT 1 FROM heads WHERE id = ? AND room = ?');
  const damaged: number[] = [];
  const named = new Map<number, ReplicaId>();
  for (const row of rows.iterate(room) as Iterable<unknown> as Iterable<StoredChange>) {
    const { place, head, first, next, crc, bytes } = row;
    const isWhole = bytes instanceof Uint8Array && changeChecksum(room, head, first, next, bytes) === crc;
    if (!isWhole || !isOurs.get(head, room)) damaged.push(place);
    else if (!named.has(head)) {
      const name = replicaIn({ from: first, to: next, bytes });
      if (name !== null) named.set(head, name);
    }
  }
  for (const place of damaged) setAside(db, room, place);
  return named;
}

interface HeadRow {
  readonly id: number;
  readonly replica: ReplicaId;
  readonly next: number;
}

interface StoredChange {
  readonly place: number;
  readonly head: number;
  readonly first: number;
  readonly next: number;
  readonly crc: number;
  readonly bytes: Uint8Array;
}

/**
 * Makes one of the heads that are one replica's by what their changes say (`named`); returns those whose rows are to be called
 * otherwise. Neither the row nor the index of names has a checksum: where the index led astray, a replica may have been given
 * a second head, and the first one takes its changes. A head without changes keeps its name; if that is wrong, it claims
 * nothing from here on, and clients bring what it stood for.
 */
function mendHeads(
  db: DatabaseSync,
  room: number,
  named: ReadonlyMap<number, ReplicaId>,
): readonly { readonly id: number; readonly name: ReplicaId }[] {
  const rows = db
    .prepare('SELECT id, replica, next FROM heads NOT INDEXED WHERE room = ? ORDER BY id')
    .all(room);
  const heads = rows as unknown as HeadRow[];
  const nameOf = ({ id, replica }: HeadRow): ReplicaId => named.get(id) ?? replica;
  const byName = [...Map.groupBy(heads, nameOf)];
  const floor = floorOf(db, room);
  for (const [name, [first, ...others]] of byName)
    for (const other of others) if (first) mergeHeads(db, room, other.id, first.id, floor.get(name) ?? 0);
  return byName.flatMap(([name, [first]]) =>
    first && first.replica !== name ? [{ id: first.id, name }] : [],
  );
}

/** Gives the changes of one head to another of the same replica: those that go on, in order of arrival. The rest is set aside. */
function mergeHeads(db: DatabaseSync, room: number, from: number, to: number, floor: number): void {
  const rows = db.prepare(
    `SELECT place, head, first, next, crc, bytes FROM arrivals JOIN changes USING (place)
     WHERE arrivals.room = ? AND head IN (?, ?) ORDER BY place`,
  );
  const give = db.prepare('UPDATE changes SET head = ?, crc = ? WHERE place = ?');
  let end = floor;
  for (const { place, head, first, next, bytes } of rows.all(room, from, to) as unknown as StoredChange[]) {
    if (first > end || next <= end) {
      setAside(db, room, place);
      continue;
    }
    if (head === from) give.run(to, changeChecksum(room, to, first, next, bytes), place);
    end = next;
  }
  db.prepare(
    'UPDATE heads SET owner = coalesce(owner, (SELECT owner FROM heads WHERE id = ?)) WHERE id = ?',
  ).run(from, to);
  db.prepare('DELETE FROM heads WHERE id = ?').run(from);
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
  const floor = floorOf(db, room);
  const heads = db.prepare('SELECT id, replica, next FROM heads WHERE room = ?').all(room);
  const rows = db.prepare(
    `SELECT place, first, next FROM arrivals JOIN changes USING (place)
     WHERE arrivals.room = ? AND head = ? ORDER BY first`,
  );
  const set = db.prepare('UPDATE heads SET next = ? WHERE id = ?');
  for (const { id, replica, next } of heads as unknown as HeadRow[]) {
    let end = floor.get(replica) ?? 0;
    for (const change of rows.all(room, id) as unknown as Pick<StoredChange, 'place' | 'first' | 'next'>[]) {
      if (change.first > end) setAside(db, room, change.place);
      else end = Math.max(end, change.next);
    }
    if (end !== next) set.run(end, id);
  }
}

function floorOf(db: DatabaseSync, room: number): VersionVector {
  const row = db.prepare('SELECT floor FROM rooms WHERE id = ?').get(room) as { floor: string } | undefined;
  return unpackVersion(row?.floor ?? '[]');
}
