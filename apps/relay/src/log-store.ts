import type { Change, ReplicaId, VersionVector } from '@concord/sync/protocol';

/** Changes of one room that were accepted together. */
export interface RoomBatch {
  readonly room: string;
  /** Stored with the room's first change. A batch of another epoch is refused. */
  readonly epoch: string;
  readonly changes: readonly Change[];
  /** Whose replicas these are, for those that are new: what a replica once belongs to is kept. */
  readonly owners?: ReadonlyMap<ReplicaId, string>;
}

/** A state of a room in one piece, made by a client. `id` grows with each. */
export interface SnapshotMark {
  readonly id: number;
  readonly version: VersionVector;
  readonly stateHash: string;
  /** Size in bytes. */
  readonly size: number;
  /** Whether a second session saw the same state hash. */
  readonly attested: boolean;
}

export interface Snapshot extends Pick<SnapshotMark, 'version' | 'stateHash'> {
  readonly bytes: Uint8Array;
}

/** What is on disk of a room. */
export interface RoomRecord {
  readonly epoch: string;
  readonly version: VersionVector;
  /** The users to whom replicas belong. */
  readonly owners?: ReadonlyMap<ReplicaId, string>;
  readonly snapshot?: SnapshotMark | null;
  /** Changes below this are no longer kept one by one: who lacks any of them needs the snapshot. */
  readonly floor?: VersionVector;
  /** Bytes of changes that the newest snapshot does not hold. */
  readonly weight?: number;
}

/** Some batches of an `append` were refused, by their index; all others are durable. */
export class BatchesRefused extends Error {
  override name = 'BatchesRefused';
  readonly reasons: ReadonlyMap<number, string>;

  constructor(reasons: ReadonlyMap<number, string>) {
    super([...reasons.values()].join('; '));
    this.reasons = reasons;
  }
}

/** What was stored of a room is damaged. The damaged part is set aside; the room must be found again. */
export class DamagedError extends Error {
  override name = 'DamagedError';
}

/** The room was erased for good: nothing of that name is stored any more. */
export class ErasedError extends Error {
  override name = 'ErasedError';
}

/**
 * Where changes are kept for good. A log is a set of changes keyed by (room, replica, from): adding one twice is
 * adding it once.
 *
 * What an implementation promises: when `append` resolves, all of its batches survive a power cut; when it rejects
 * with BatchesRefused, all but those named do; when it rejects otherwise, the caller must assume that any of them may be
 * missing. It refuses what would leave a gap in a replica's ids, so that a version vector always tells the truth.
 * `find` and `read` tell only what is durable, and never what is damaged.
 */
export interface LogStore {
  /** Null if nothing was ever stored of the room. Rejects with ErasedError if it was erased. */
  find(room: string): Promise<RoomRecord | null>;
  append(batches: readonly RoomBatch[]): Promise<void>;
  /** What a client at `since` lacks, in the order of arrival, in pages of bounded size. */
  read(room: string, since: VersionVector): AsyncIterable<readonly Change[]>;
  close(): Promise<void>;
}

/** Where snapshots are kept. Separate, because a relay works without: its rooms then keep every change. */
export interface SnapshotStore {
  /** The newest undamaged snapshot. */
  snapshot(room: string): Promise<Snapshot | null>;
  /**
   * Keeps the snapshot if the room still has this epoch and its newest snapshot is `previous` (0: none). The id, or null
   * if another came first.
   */
  install(room: string, epoch: string, previous: number, snapshot: Snapshot): Promise<number | null>;
  /** Notes that a second session has the same state. */
  attest(room: string, id: number): Promise<void>;
  /**
   * In at most `most` rooms, drops the changes that an attested snapshot made before `before` (ms since 1970) holds, and the
   * snapshots older than that one, but never the newest two. The new floors by room.
   */
  trimDue(before: number, most: number): Promise<ReadonlyMap<string, VersionVector>>;
}
