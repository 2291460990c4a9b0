import { covers } from '@concord/crdt/core';
import type { RelayRecord } from '../client.ts';
import type { Change, ReplicaId, VersionVector } from '../protocol/index.ts';
import type { RoomStore, Store } from '../store.ts';

interface Room {
  snapshot: { readonly bytes: Uint8Array; readonly version: VersionVector } | null;
  changes: Change[];
  relay: RelayRecord | null;
  readonly spare: Map<ReplicaId, number>;
}

/** A store that lasts as long as the object: for tests, and where the browser gives nothing better. */
export function memoryStore(): Store {
  const rooms = new Map<string, Room>();
  return {
    shared: null,
    open: async (name) => {
      const room = rooms.get(name) ?? { snapshot: null, changes: [], relay: null, spare: new Map() };
      rooms.set(name, room);
      return open(room);
    },
  };
}

function open(room: Room): RoomStore {
  return {
    load: async () => ({
      snapshot: room.snapshot?.bytes ?? null,
      changes: [...room.changes],
      relay: room.relay,
    }),
    append: async (changes) => {
      const known = new Set(room.changes.map(keyOf));
      room.changes.push(...changes.filter((change) => !known.has(keyOf(change))));
    },
    compact: async (bytes, version) => {
      if (room.snapshot && !covers(version, room.snapshot.version)) return;
      room.snapshot = { bytes, version: new Map(version) };
      room.changes = room.changes.filter(({ replica, to }) => to > (version.get(replica) ?? 0));
    },
    saveRelay: async (relay) => {
      room.relay = relay;
    },
    spareReplicas: async () => new Map(room.spare),
    takeReplica: async (replica) => room.spare.delete(replica),
    returnReplica: async (replica, next) => {
      room.spare.set(replica, next);
    },
    close: async () => {},
  };
}

const keyOf = ({ replica, from }: Change): string => `${from}@${replica}`;
