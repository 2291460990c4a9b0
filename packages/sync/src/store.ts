import type { RelayRecord } from './client.ts';
import type { Change, ReplicaId, VersionVector } from './protocol/index.ts';

/** All that a store holds of a room. */
export interface StoredRoom {
  /** What `compact` was given last. */
  readonly snapshot: Uint8Array | null;
  /** What was appended since, in any order. May repeat what the snapshot holds. */
  readonly changes: readonly Change[];
  readonly relay: RelayRecord | null;
}

/**
 * Where this device keeps documents.
 *
 * What an implementation promises: `append` and `takeReplica` resolve only when a crash of the browser or the machine no longer
 * undoes them; every method that rejects has changed nothing. Appending a change again is harmless. Several tabs may
 * work on one room at once.
 */
export interface Store {
  /** What tells this store from others on the device: tabs with equal names share documents. Null: not shared. */
  readonly shared: string | null;
  /** Rejects where the device has no such storage, or forbids it. */
  open(room: string): Promise<RoomStore>;
}

export interface RoomStore {
  load(): Promise<StoredRoom>;
  append(changes: readonly Change[]): Promise<void>;
  /**
   * Replaces what `version` covers by a snapshot of it. Does nothing if the snapshot in place knows something that this
   * one does not.
   */
  compact(snapshot: Uint8Array, version: VersionVector): Promise<void>;
  /** Need not survive a crash: it says what the relay has, and the relay knows better. */
  saveRelay(relay: RelayRecord): Promise<void>;
  /** Replica ids that were put back, with the id that each would use next. */
  spareReplicas(): Promise<ReadonlyMap<ReplicaId, number>>;
  /** Takes a spare id for good. True for exactly one of those who try. */
  takeReplica(replica: ReplicaId): Promise<boolean>;
  /** Puts an id back. `next` is what it would use next: whoever finds fewer changes of it in the store must not use it. */
  returnReplica(replica: ReplicaId, next: number): Promise<void>;
  close(): Promise<void>;
}
