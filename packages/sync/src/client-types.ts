import type { Change, Frame, ReplicaId, VersionVector } from './protocol/index.ts';

/** The document, as far as the client reads it. */
export interface ChangeSource {
  readonly version: VersionVector;
  changesSince(version: VersionVector): readonly Change[];
}

/** What was last heard of a relay's disk. */
export interface RelayRecord {
  readonly epoch: string;
  readonly version: VersionVector;
}

export interface ClientOptions {
  readonly room: string;
  readonly replica: ReplicaId;
  readonly source: ChangeSource;
  readonly relay: RelayRecord | null;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** The token of a share link, shown with each JOIN. */
  readonly grant?: string;
  /** Bits of `Capability`: what the session can do when asked. */
  readonly capabilities?: number;
  /** Whether a fresh token can be had when one is refused. */
  readonly canRefresh?: boolean;
}

/** Why the room is closed to this client. `erased`: it was erased or reset since, and must not be filled again. */
export type Refusal = 'forbidden' | 'erased';

/** What happens to the client. */
export type ClientEvent =
  /** The user wants to be online, or no longer. */
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  /** The network may be back, or gone: an attempt is worth it now. */
  | { readonly type: 'nudge' }
  /** The line is open. `token`: who this is, null for nobody in particular. */
  | { readonly type: 'opened'; readonly token?: string | null }
  /** A piece of a frame came. */
  | { readonly type: 'heard'; readonly bytes: number }
  /** A frame is whole; `bytes`: the size of the packet that it is or that completed it. */
  | { readonly type: 'frame'; readonly frame: Frame; readonly bytes?: number }
  | { readonly type: 'closed'; readonly code: number; readonly reason: string }
  /** The document has changes that may be new to the relay. */
  | { readonly type: 'changes'; readonly changes: readonly Change[] }
  /** The document took what came from the relay. */
  | { readonly type: 'applied'; readonly version: VersionVector }
  /** The document had no room for all that came: it must come again. */
  | { readonly type: 'incomplete' }
  /** Another tab heard what the relay has on its disk. */
  | { readonly type: 'durable'; readonly epoch: string; readonly version: VersionVector }
  /** What this client shows of itself. */
  | { readonly type: 'presence'; readonly state: Uint8Array }
  /** A fresh token. */
  | { readonly type: 'token'; readonly token: string }
  /** Answers to the effects of the same names. */
  | {
      readonly type: 'snapshot';
      readonly version: VersionVector;
      readonly stateHash: string;
      readonly bytes: Uint8Array;
    }
  | { readonly type: 'hash'; readonly version: VersionVector; readonly stateHash: string }
  /** The deadline has come. */
  | { readonly type: 'wake' };

/** What the client wants done, in order. */
export type Effect =
  /** Open a line. `fresh`: the last token was refused. */
  | { readonly type: 'connect'; readonly fresh: boolean }
  | { readonly type: 'disconnect' }
  | { readonly type: 'send'; readonly packets: readonly Uint8Array[] }
  /** Apply, and tell `applied`. */
  | { readonly type: 'apply'; readonly changes: readonly Change[] }
  /** Take in a snapshot, and tell `applied`. */
  | { readonly type: 'merge'; readonly version: VersionVector; readonly bytes: Uint8Array }
  /** Make a snapshot of all that the document knows, and tell `snapshot`. */
  | { readonly type: 'snapshot' }
  /** Tell `hash` of the state at exactly this version, if it can be had. */
  | { readonly type: 'hash'; readonly version: VersionVector }
  /** Get a fresh token, and tell `token`. */
  | { readonly type: 'refresh' }
  /** A peer shows something, or left (null). */
  | {
      readonly type: 'peer';
      readonly replica: ReplicaId;
      readonly user: string | null;
      readonly state: Uint8Array | null;
    }
  /** Nothing is known any more of who is there. */
  | { readonly type: 'alone' }
  /** `client.relay` is other than it was. */
  | { readonly type: 'relay' };
