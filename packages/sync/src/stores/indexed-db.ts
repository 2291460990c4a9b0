import { covers } from '@concord/crdt/core';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { RelayRecord } from '../client.ts';
import type { Change, ReplicaId, VersionVector } from '../protocol/index.ts';
import type { RoomStore, Store } from '../store.ts';

interface Tables extends DBSchema {
  changes: {
    key: [room: string, replica: ReplicaId, from: number];
    value: Change & { readonly room: string };
  };
  snapshots: { key: string; value: { readonly bytes: Uint8Array; readonly version: VersionVector } };
  relays: { key: string; value: RelayRecord };
  spares: { key: [room: string, replica: ReplicaId]; value: { readonly next: number } };
}

type Database = IDBPDatabase<Tables>;

/** Before a commit is reported it is on the disk, not merely with the operating system. */
const STRICT = { durability: 'strict' } as const;

/** A store in the browser's IndexedDB database `name`: one database for all rooms and tabs. */
export function indexedDbStore({ name }: { readonly name: string }): Store {
  let database: Promise<Database> | null = null;
  const reset = (): void => {
    database = null;
  };
  return {
    shared: name,
    open: async (room) => {
      database ??= openDatabase(name, reset);
      try {
        return openRoom(await database, room);
      } catch (error) {
        reset();
        throw error;
      }
    },
  };
}

async function openDatabase(name: string, lost: () => void): Promise<Database> {
  const db = await openDB<Tables>(name, 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore('changes', { keyPath: ['room', 'replica', 'from'] });
      fresh.createObjectStore('snapshots');
      fresh.createObjectStore('relays');
      fresh.createObjectStore('spares');
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

function openRoom(db: Database, room: string): RoomStore {
  const all = IDBKeyRange.bound([room], [room, []]);
  return {
    load: async () => {
      const tx = db.transaction(['changes', 'snapshots', 'relays']);
      const [changes, snapshot, relay] = await Promise.all([
        tx.objectStore('changes').getAll(all),
        tx.objectStore('snapshots').get(room),
        tx.objectStore('relays').get(room),
        tx.done,
      ]);
      return { changes, snapshot: snapshot?.bytes ?? null, relay: relay ?? null };
    },
    append: async (changes) => {
      const tx = db.transaction('changes', 'readwrite', STRICT);
      for (const { replica, from, to, bytes } of changes) {
        // A view of a larger buffer would be stored with all of that buffer.
        quietly(tx.store.put({ room, replica, from, to, bytes: bytes.slice() }));
      }
      tx.commit();
      await tx.done;
    },
    compact: async (bytes, version) => {
      const tx = db.transaction(['changes', 'snapshots'], 'readwrite', STRICT);
      const present = await tx.objectStore('snapshots').get(room);
      if (!present || covers(version, present.version)) {
        quietly(tx.objectStore('snapshots').put({ bytes: bytes.slice(), version: new Map(version) }, room));
        for (const [replica, next] of version) {
          const covered = IDBKeyRange.bound([room, replica, 0], [room, replica, next], false, true);
          quietly(tx.objectStore('changes').delete(covered));
        }
      }
      await tx.done;
    },
    saveRelay: async (relay) => {
      await db.put('relays', { epoch: relay.epoch, version: new Map(relay.version) }, room);
    },
    spareReplicas: async () => {
      const tx = db.transaction('spares');
      const [keys, values] = await Promise.all([tx.store.getAllKeys(all), tx.store.getAll(all), tx.done]);
      return new Map(keys.map(([, replica], i) => [replica, values[i]?.next ?? 0]));
    },
    takeReplica: async (replica) => {
      const tx = db.transaction('spares', 'readwrite', STRICT);
      const isThere = (await tx.store.getKey([room, replica])) !== undefined;
      if (isThere) quietly(tx.store.delete([room, replica]));
      await tx.done;
      return isThere;
    },
    returnReplica: async (replica, next) => {
      // Also called while a page goes away: nothing may wait between these lines.
      const tx = db.transaction('spares', 'readwrite');
      quietly(tx.store.put({ next }, [room, replica]));
      tx.commit();
      await tx.done;
    },
    close: async () => {},
  };
}

/** The transaction as a whole fails with its requests: `tx.done` tells. */
function quietly(request: Promise<unknown>): void {
  request.catch(() => {});
}
