import type { ReplicaId, VersionVector } from '@concord/crdt/core';

/**
 * One change as the protocol carries it: the ids [from, to) of `replica`, and bytes that only the document reads.
 * The same shape as an `EncodedChange` of the CRDT library.
 */
export interface Change {
  readonly replica: ReplicaId;
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
}

/** The client's own number for a room on one connection, from 1. */
export type Handle = number;

/** How far a change is safe. The outbox forgets a change only at `durable`: on the disk of the room's home. */
export type AckLevel = 'received' | 'edge' | 'durable';

/** What a client may do in a room. */
export type Role = 'viewer' | 'commenter' | 'editor' | 'owner';

/** Why one request failed. The connection stays. */
export type ErrorCode = 'forbidden' | 'invalid' | 'too-large' | 'rate' | 'not-joined';

/** Opens a connection. Client → relay, first and once. */
export interface Hello {
  readonly type: 'hello';
  readonly oldest: number;
  readonly newest: number;
  readonly replica: ReplicaId;
  /** Who this is. Never in the address, where logs would keep it. Empty: nobody in particular. */
  readonly token: string;
}

/** The version that both will speak, and the relay's name for the connection. */
export interface Welcome {
  readonly type: 'welcome';
  readonly version: number;
  readonly session: string;
}

/** Enters a room, or asks an entered one for what was missed. `epoch` is the one last seen, or empty. */
export interface Join {
  readonly type: 'join';
  readonly handle: Handle;
  readonly room: string;
  readonly epoch: string;
  readonly version: VersionVector;
}

/** What the relay has on disk. The client sends what is missing there; OPS with what it lacks follow. */
export interface Joined {
  readonly type: 'joined';
  readonly handle: Handle;
  readonly epoch: string;
  readonly role: Role;
  readonly version: VersionVector;
}

/** Ends the catch-up that a JOIN began. */
export interface CaughtUp {
  readonly type: 'caught-up';
  readonly handle: Handle;
}

export interface Leave {
  readonly type: 'leave';
  readonly handle: Handle;
}

/** Changes, either way. Receiving one twice is harmless for ever. */
export interface Ops {
  readonly type: 'ops';
  readonly handle: Handle;
  readonly changes: readonly Change[];
}

/** Of each replica named, every id below the number is safe as far as `level` says. */
export interface Ack {
  readonly type: 'ack';
  readonly handle: Handle;
  readonly level: AckLevel;
  readonly version: VersionVector;
}

/** The relay took nothing of `replica` from this batch on: it expects the id `expected` next. */
export interface Gap {
  readonly type: 'gap';
  readonly handle: Handle;
  readonly replica: ReplicaId;
  readonly expected: number;
}

/** What this client shows of itself. Never stored; the newest wins. */
export interface Presence {
  readonly type: 'presence';
  readonly handle: Handle;
  readonly state: Uint8Array;
}

/** What a peer shows, under the replica id that the relay knows it by. Null: it left. */
export interface Peer {
  readonly type: 'peer';
  readonly handle: Handle;
  readonly replica: ReplicaId;
  readonly state: Uint8Array | null;
}

export interface Failure {
  readonly type: 'error';
  readonly handle: Handle;
  readonly code: ErrorCode;
  readonly detail: string;
}

/** A piece of a larger frame. Pieces come in order, and no two frames' pieces mix. */
export interface Fragment {
  readonly type: 'fragment';
  readonly total: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export type Frame =
  | Hello
  | Welcome
  | Join
  | Joined
  | CaughtUp
  | Leave
  | Ops
  | Ack
  | Gap
  | Presence
  | Peer
  | Failure
  | Fragment;
