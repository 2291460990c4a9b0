import { crc32c } from '@concord/crdt/bytes';
import { covers } from '@concord/crdt/core';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { RelayRecord } from '../client-types.ts';
import {
  type Change,
  changeCrc,
  type ReplicaId,
  snapshotCrc,
  type VersionVector,
} from '../protocol/index.ts';
import type { RoomStore, Spare, Store } from '../store.ts';

/** Rows of version 1 have no checksum, and are believed. */
interface ChangeRow extends Change {
  readonly room: string;
  readonly crc?: number;
}

interface SnapshotRow {
  readonly bytes: Uint8Array;
  readonly version: VersionVector;
  readonly crc?: number;
}

interface Tables extends DBSchema {
  changes: { key: [room: string, replica: ReplicaId, from: number]; value: ChangeRow };
  /** The newest snapshot, and the one before. */
  snapshots: { key: string; value: SnapshotRow };
  previous: { key: string; value: SnapshotRow };
  relays: { key: string; value: RelayRecord };
  /** `crc` is that of `undo`. An older version of the app writes `next` alone. */
  spares: { key: [room: string, replica: ReplicaId]; value: Partial<Spare> & { readonly crc?: number } };
  /** What was found damaged, as it was found, for whoever wants to look. */
  damaged: { key: number; value: { readonly room: string; readonly row: unknown } };
}

type Database = IDBPDatabase<Tables>;

const VERSION = 2;
/** Before a commit is reported it is on the disk, not merely with the operating system. */
const STRICT = { durability: 'strict' } as const;

/** A store in the browser's IndexedDB database `name`: one database for all rooms and tabs. */
export function indexedDbStore({ name }: { readonly name: string }): Store {
  const connection = new Connection(name);
  return {
    shared: name,
    open: async (room) => {
      await connection.use(async () => {});
      return openRoom(connection, room);
    },
  };
}

/** The database, opened again when the browser or a newer version of the app has closed it. */
class Connection {
  readonly #name: string;
  #opening: Promise<Database> | null = null;
  #open: Database | null = null;

  constructor(name: string) {
    this.#name = name;
  }

  /** Calls `act` at once if the database is open: a page that goes away has no time to wait. */
  use<T>(act: (db: Database) => Promise<T>): Promise<T> {
    return this.#open ? act(this.#open) : this.#connect().then(act);
  }

  #connect(): Promise<Database> {
    const lost = (): void => {
      this.#open = null;
      this.#opening = null;
    };
    this.#opening ??= openDatabase(this.#name, lost).then(
      (db) => {
        this.#open = db;
        return db;
      },
      (error: unknown) => {
        lost();
        throw error;
      },
    );
    return this.#opening;
  }
}

async function openDatabase(name: string, lost: () => void): Promise<Database> {
  if (typeof indexedDB === 'undefined') throw new Error('this browser has no IndexedDB');
  const db = await openDB<Tables>(name, VERSION, {
    upgrade: (fresh, from) => {
      if (from < 1) {
        fresh.createObjectStore('changes', { keyPath: ['room', 'replica', 'from'] });
        fresh.createObjectStore('snapshots');
        fresh.createObjectStore('relays');
        fresh.createObjectStore('spares');
      }
      if (from < 2) {
        fresh.createObjectStore('previous');
        fresh.createObjectStore('damaged', { autoIncrement: true });
      }
    },
    // A newer version of the app waits for the database: it goes first, this tab's store then says that it is gone.
    blocking: () => {
      db.close();
      lost();
    },
    terminated: lost,
  });
  return db;
}

function openRoom(connection: Connection, room: string): RoomStore {
  const all = IDBKeyRange.bound([room], [room, []]);
  return {
    load: () =>
      connection.use(async (db) => {
        const tx = db.transaction(['changes', 'snapshots', 'previous', 'relays']);
        const [rows, newest, previous, relay] = await Promise.all([
          tx.objectStore('changes').getAll(all),
          tx.objectStore('snapshots').get(room),
          tx.objectStore('previous').get(room),
          tx.objectStore('relays').get(room),
          tx.done,
        ]);
        const found = [newest, previous].filter((row) => row !== undefined);
        const snapshots = found.filter(isWholeSnapshot);
        const changes = rows.filter(isWholeChange);
        const damaged = found.length - snapshots.length + rows.length - changes.length;
        if (damaged > 0) await setAside(db, room, rows, { newest, previous }).catch(() => {});
        return {
          snapshots: snapshots.map(({ bytes }) => bytes),
          changes: changes.map(({ replica, from, to, bytes }) => ({ replica, from, to, bytes })),
          relay: relay ?? null,
          damaged,
        };
      }),
    append: (changes) =>
      connection.use(async (db) => {
        const tx = db.transaction('changes', 'readwrite', STRICT);
        for (const change of changes) {
          const { replica, from, to, bytes } = change;
          // A view of a larger buffer would be stored with all of that buffer.
          const row = { room, replica, from, to, bytes: bytes.slice(), crc: changeCrc(change) };
          quietly(tx.store.put(row));
        }
        tx.commit();
        await tx.done;
      }),
    compact: (bytes, version) =>
      connection.use(async (db) => {
        const tx = db.transaction(['changes', 'snapshots', 'previous'], 'readwrite', STRICT);
        const present = await tx.objectStore('snapshots').get(room);
        if (!present || covers(version, present.version)) {
          const crc = snapshotCrc(version, '', bytes);
          const row = { bytes: bytes.slice(), version: new Map(version), crc };
          quietly(tx.objectStore('snapshots').put(row, room));
          if (present) quietly(tx.objectStore('previous').put(present, room));
          const changes = tx.objectStore('changes');
          for (const [replica, next] of present?.version ?? []) {
            const begun = IDBKeyRange.bound([room, replica, 0], [room, replica, next], false, true);
            const rows = await changes.getAll(begun);
            // Another tab may know some of it as one change with what came after.
            const covered = rows.filter(({ to }) => to <= next);
            if (covered.length === rows.length) quietly(changes.delete(begun));
            else for (const { from } of covered) quietly(changes.delete([room, replica, from]));
          }
        }
        await tx.done;
      }),
    saveRelay: (relay) =>
      connection.use(async (db) => {
        await db.put('relays', { epoch: relay.epoch, version: new Map(relay.version) }, room);
      }),
    spareReplicas: () =>
      connection.use(async (db) => {
        const tx = db.transaction('spares');
        const [keys, values] = await Promise.all([tx.store.getAllKeys(all), tx.store.getAll(all), tx.done]);
        return new Map(keys.map(([, replica], i) => [replica, spareOf(values[i])]));
      }),
    takeReplica: (replica) =>
      connection.use(async (db) => {
        const tx = db.transaction('spares', 'readwrite', STRICT);
        const isThere = (await tx.store.getKey([room, replica])) !== undefined;
        if (isThere) quietly(tx.store.delete([room, replica]));
        await tx.done;
        return isThere;
      }),
    returnReplica: (replica, { next, at, undo }) =>
      connection.use(async (db) => {
        // Also called while a page goes away: nothing may wait between these lines.
        const tx = db.transaction('spares', 'readwrite');
        const row = undo ? { next, at, undo: undo.slice(), crc: crc32c(undo) } : { next, at };
        quietly(tx.store.put(row, [room, replica]));
        tx.commit();
        await tx.done;
      }),
    erase: () =>
      connection.use(async (db) => {
        const tables = ['changes', 'snapshots', 'previous', 'relays', 'spares'] as const;
        const tx = db.transaction(tables, 'readwrite', STRICT);
        quietly(tx.objectStore('changes').delete(all));
        for (let row = await tx.objectStore('spares').openCursor(all); row; row = await row.continue())
          quietly(row.update({ next: row.value.next ?? 0, at: row.value.at ?? 0 }));
        for (const table of ['snapshots', 'previous', 'relays'] as const)
          quietly(tx.objectStore(table).delete(room));
        tx.commit();
        await tx.done;
      }),
    close: async () => {},
  };
}

/** Moves what is damaged out of the way, so that what replaces it is not kept out, and nothing meets it again. */
async function setAside(
  db: Database,
  room: string,
  rows: readonly ChangeRow[],
  snapshots: { readonly newest: SnapshotRow | undefined; readonly previous: SnapshotRow | undefined },
): Promise<void> {
  const tx = db.transaction(['changes', 'snapshots', 'previous', 'damaged'], 'readwrite', STRICT);
  const keep = (row: unknown): void => quietly(tx.objectStore('damaged').add({ room, row }));
  for (const row of rows) {
    if (isWholeChange(row)) continue;
    keep(row);
    quietly(tx.objectStore('changes').delete([room, row.replica, row.from]));
  }
  for (const [table, row] of [
    ['snapshots', snapshots.newest],
    ['previous', snapshots.previous],
  ] as const) {
    if (row === undefined || isWholeSnapshot(row)) continue;
    keep(row);
    quietly(tx.objectStore(table).delete(room));
  }
  await tx.done;
}

function isWholeChange({ replica, from, to, bytes, crc }: ChangeRow): boolean {
  if (!(bytes instanceof Uint8Array) || !Number.isSafeInteger(to) || to <= from) return false;
  return crc === undefined || crc === checksum(() => changeCrc({ replica, from, to, bytes }));
}

function spareOf({ next = 0, at = 0, undo, crc }: Tables['spares']['value'] = {}): Spare {
  const isWhole = undo instanceof Uint8Array && crc === crc32c(undo);
  return { next, at, undo: isWhole ? undo : null };
}

function isWholeSnapshot({ bytes, version, crc }: SnapshotRow): boolean {
  if (!(bytes instanceof Uint8Array) || !(version instanceof Map)) return false;
  return crc === undefined || crc === checksum(() => snapshotCrc(version, '', bytes));
}

/** Null if the row is so damaged that it has no checksum. */
function checksum(of: () => number): number | null {
  try {
    return of();
  } catch {
    return null;
  }
}

/** The transaction as a whole fails with its requests: `tx.done` tells. */
function quietly(request: Promise<unknown>): void {
  request.catch(() => {});
}
