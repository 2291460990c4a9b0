import type { ReplicaId, VersionVector } from '@concord/crdt/core';

/**
 * One change as the protocol carries it: the ids [from, to) of `replica`, and bytes that only the document reads.
 * The same shape as an `EncodedChange` of the CRDT library. On the wire and in every store a CRC-32C goes with it.
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

/** What a client can do beyond changes, in bits. */
export const Capability = {
  /** Takes SNAPSHOT in place of a long history, and makes one when asked. */
  snapshots: 1,
  /** Tells the hash of the state at a version, when asked. */
  attests: 2,
} as const;

/** What a relay allows one connection. 0: it does not say. */
export interface Limits {
  /** The largest frame, and the largest message after its fragments are put together, in bytes. */
  readonly frame: number;
  readonly message: number;
  /** Per second: changes, their bytes, and presence frames. */
  readonly changes: number;
  readonly bytes: number;
  readonly presence: number;
}

/** Opens a connection. Client → relay, first and once. Written as version 1 wrote it, for ever. */
export interface Hello {
  readonly type: 'hello';
  readonly oldest: number;
  readonly newest: number;
  readonly replica: ReplicaId;
  /** Who this is. Never in the address, where logs would keep it. Null: nobody in particular. */
  readonly token: string | null;
}

/** The version that both will speak, the relay's name for the connection, and what it allows. */
export interface Welcome {
  readonly type: 'welcome';
  readonly version: number;
  readonly session: string;
  readonly limits: Limits;
  /** Whom the token names, and until when, in milliseconds since 1970. Null: nobody, for ever. */
  readonly user: string | null;
  readonly expires: number | null;
}

/** Enters a room, or asks an entered one for what was missed. `epoch` is the one last seen, or empty. */
export interface Join {
  readonly type: 'join';
  readonly handle: Handle;
  readonly room: string;
  readonly epoch: string;
  readonly version: VersionVector;
  /** The token of a share link. */
  readonly grant?: string;
  /** Bits of `Capability`. */
  readonly capabilities?: number;
}

/** What the relay has on disk. The client sends what is missing there; SNAPSHOT or OPS with what it lacks follow. */
export interface Joined {
  readonly type: 'joined';
  readonly handle: Handle;
  readonly epoch: string;
  readonly role: Role;
  readonly version: VersionVector;
  /** The offset of the log's end: how far this room is along, for measuring only. */
  readonly head: number;
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

/** A change named by its first id. */
export interface Culprit {
  readonly replica: ReplicaId;
  readonly from: number;
}

/** Why a batch, or a JOIN, was not taken. The connection stays. */
export type Reject = {
  readonly type: 'reject';
  readonly handle: Handle;
  /** For a person; may be empty. */
  readonly detail: string;
} & (
  | /** Nothing of `replica` was taken from this batch on: the id `expected` comes next. */
  { readonly code: 'gap'; readonly replica: ReplicaId; readonly expected: number }
  /** Nothing of the batch was taken: again after `retryAfter` milliseconds. */
  | { readonly code: 'rate'; readonly retryAfter: number }
  /**
   * `forbidden`: the role does not allow it. `invalid`, `too-large`: `culprit` will never be taken, nor what follows it of
   * its replica. `epoch`: the room was erased or reset since. `not-joined`: nothing is known under the handle.
   */
  | {
      readonly code: 'forbidden' | 'invalid' | 'too-large' | 'epoch' | 'not-joined';
      readonly culprit: Culprit | null;
    }
);

export type RejectCode = Reject['code'];

/** The role in a joined room is another from now on. Null: it was revoked, and the handle is no longer joined. */
export interface RoleChange {
  readonly type: 'role';
  readonly handle: Handle;
  readonly role: Role | null;
}

/** A fresh token on a running connection. Client → relay. */
export interface AuthRefresh {
  readonly type: 'auth-refresh';
  readonly token: string;
}

/** Whom the token names and until when. `warn`: the end is near, and a fresh token is wanted. Relay → client. */
export interface Auth {
  readonly type: 'auth';
  readonly user: string | null;
  /** Milliseconds since 1970. */
  readonly expires: number | null;
  readonly warn: boolean;
}

/**
 * Asks one client with the capability. `want` 'snapshot': for a SNAPSHOT that covers `version` and holds nothing that the
 * relay lacks. 'hash': for an ATTEST at exactly `version`.
 */
export interface WantSnapshot {
  readonly type: 'want-snapshot';
  readonly handle: Handle;
  readonly want: 'snapshot' | 'hash';
  readonly version: VersionVector;
}

/** All that is known at `version`, as a file of the document. Either way. Its CRC-32C goes with it. */
export interface Snapshot {
  readonly type: 'snapshot';
  readonly handle: Handle;
  readonly version: VersionVector;
  readonly stateHash: string;
  readonly bytes: Uint8Array;
}

/** The hash of this client's state at exactly `version`. */
export interface Attest {
  readonly type: 'attest';
  readonly handle: Handle;
  readonly version: VersionVector;
  readonly stateHash: string;
}

/** What this client shows of itself. Never stored; the newest wins. */
export interface Presence {
  readonly type: 'presence';
  readonly handle: Handle;
  readonly state: Uint8Array;
}

/** What a peer shows, under the replica id and the user that the relay knows it by. A null state: it left. */
export interface Peer {
  readonly type: 'peer';
  readonly handle: Handle;
  readonly replica: ReplicaId;
  readonly user: string | null;
  readonly state: Uint8Array | null;
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
  | Reject
  | RoleChange
  | AuthRefresh
  | Auth
  | WantSnapshot
  | Snapshot
  | Attest
  | Presence
  | Peer
  | Fragment;
