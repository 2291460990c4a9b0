import type { RelayRecord } from './client-types.ts';
import type { Change, ReplicaId, VersionVector } from './protocol/index.ts';

/** All that a store holds of a room, as far as its checksums are right. */
export interface StoredRoom {
  /** What `compact` was given last, and the time before, the newest first. Damaged ones are left out. */
  readonly snapshots: readonly Uint8Array[];
  /** What was appended since the older of the two, in any order. May repeat what they hold. */
  readonly changes: readonly Change[];
  readonly relay: RelayRecord | null;
  /** How many rows and snapshots were found damaged now. They are set aside, and not met again. */
  readonly damaged: number;
}

/**
 * Where this device keeps documents.
 *
 * What an implementation promises: `append` and `takeReplica` resolve only when a crash of the browser or the machine no longer
 * undoes them; every method that rejects has changed nothing. Appending a change again is harmless, and replaces a
 * damaged one. Every row and every snapshot carries its own checksum; what does not match it is never given out. Several
 * tabs may work on one room at once.
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
   * Keeps a snapshot of `version`, and the one before it; changes that the one before covers are dropped. Does nothing if
   * the snapshot in place knows something that this one does not.
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
  /** Forgets the room: its changes, its snapshots, what the relay has. */
  erase(): Promise<void>;
  close(): Promise<void>;
}
