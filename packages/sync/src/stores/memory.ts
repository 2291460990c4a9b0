import { covers } from '@concord/crdt/core';
import type { RelayRecord } from '../client-types.ts';
import type { Change, ReplicaId, VersionVector } from '../protocol/index.ts';
import type { RoomStore, Spare, Store } from '../store.ts';

interface Snapshot {
  readonly bytes: Uint8Array;
  readonly version: VersionVector;
}

interface Room {
  /** The newest first, two at most. */
  snapshots: readonly Snapshot[];
  changes: Map<string, Change>;
  relay: RelayRecord | null;
  readonly spare: Map<ReplicaId, Spare>;
}

/** A store that lasts as long as the object: for tests, and where the browser gives nothing better. */
export function memoryStore(): Store {
  const rooms = new Map<string, Room>();
  return {
    shared: null,
    open: async (name) => {
      const room = rooms.get(name) ?? { snapshots: [], changes: new Map(), relay: null, spare: new Map() };
      rooms.set(name, room);
      return open(room);
    },
  };
}

function open(room: Room): RoomStore {
  return {
    load: async () => ({
      snapshots: room.snapshots.map(({ bytes }) => bytes),
      changes: [...room.changes.values()],
      relay: room.relay,
      damaged: 0,
    }),
    append: async (changes) => {
      for (const change of changes) room.changes.set(keyOf(change), change);
    },
    compact: async (bytes, version) => {
      const [present] = room.snapshots;
      if (present && !covers(version, present.version)) return;
      room.snapshots = [{ bytes, version: new Map(version) }, ...(present ? [present] : [])];
      if (!present) return;
      for (const [key, { replica, to }] of room.changes)
        if (to <= (present.version.get(replica) ?? 0)) room.changes.delete(key);
    },
    saveRelay: async (relay) => {
      room.relay = relay;
    },
    spareReplicas: async () => new Map(room.spare),
    takeReplica: async (replica) => room.spare.delete(replica),
    returnReplica: async (replica, spare) => {
      room.spare.set(replica, spare);
    },
    erase: async () => {
      room.snapshots = [];
      room.changes = new Map();
      room.relay = null;
      for (const [replica, spare] of room.spare) room.spare.set(replica, { ...spare, undo: null });
    },
    close: async () => {},
  };
}

const keyOf = ({ replica, from }: Change): string => `${from}@${replica}`;
