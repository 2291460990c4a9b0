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

/** What is kept with a replica id that was put back. */
export interface Spare {
  /** What it would use next: whoever finds fewer changes of it in the store must not use it. */
  readonly next: number;
  /** When it was put back, milliseconds since 1970; 0 if that is not known. */
  readonly at: number;
  /** What its user could undo and redo, as `Doc.saveUndo` gave it; null if nothing, or found damaged. */
  readonly undo: Uint8Array | null;
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
  /** Replica ids that were put back. */
  spareReplicas(): Promise<ReadonlyMap<ReplicaId, Spare>>;
  /** Takes a spare id for good. True for exactly one of those who try. */
  takeReplica(replica: ReplicaId): Promise<boolean>;
  /** Puts an id back. */
  returnReplica(replica: ReplicaId, spare: Spare): Promise<void>;
  /** Forgets the room: its changes, its snapshots, what the relay has, what could be undone. */
  erase(): Promise<void>;
  close(): Promise<void>;
}
