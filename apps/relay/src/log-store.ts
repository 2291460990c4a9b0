import type { Change, VersionVector } from '@concord/sync/protocol';

/** Changes of one room that were accepted together. */
export interface RoomBatch {
  readonly room: string;
  /** Stored with the room's first change, and never changed after. */
  readonly epoch: string;
  readonly changes: readonly Change[];
}

/** What is on disk of a room. */
export interface RoomRecord {
  readonly epoch: string;
  readonly version: VersionVector;
}

/**
 * Where changes are kept for good. A log is a set of changes keyed by (room, replica, from): adding one twice is
 * adding it once.
 *
 * What an implementation promises: when `append` resolves, all of its batches survive a power cut; when it rejects,
 * the caller must assume that any of them may be missing. It rejects what would leave a gap in a replica's ids, so that
 * a version vector always tells the truth. `find` and `read` tell only what is durable.
 */
export interface LogStore {
  /** Null if nothing was ever stored of the room. */
  find(room: string): Promise<RoomRecord | null>;
  append(batches: readonly RoomBatch[]): Promise<void>;
  /** What a client at `since` lacks, in the order of arrival, in pages of bounded size. */
  read(room: string, since: VersionVector): AsyncIterable<readonly Change[]>;
  close(): Promise<void>;
}
