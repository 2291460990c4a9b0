import type { Reader, Writer } from '../bytes/index.ts';
import type { Peers } from './peers.ts';

/** What a document offers to the types in it. */
export interface TypeEnv {
  readonly peers: Peers;
  /** The Lamport time of a known id. */
  lamportOf(peer: number, seq: number): number;
  /** The wall clock, milliseconds since 1970. */
  now(): number;
}

/** A replica on the wire: as the author's small number, defined at its first use by the op with this `seq`. */
export interface RefWriter {
  peer(w: Writer, peer: number, seq: number): void;
}

export interface RefReader {
  /** Throws DecodeError on a number that the author never defined. */
  peer(r: Reader): number;
}

/** Columns as `Journal.save` named them. */
export interface ColumnSource {
  /** Checked and inflated at the first call. Null if there is no such column. Throws DecodeError if it is damaged. */
  get(name: string): Uint8Array | null;
}

/** `length` consecutive ids of one peer. */
export interface PeerRange {
  readonly peer: number;
  readonly seq: number;
  readonly length: number;
}

/** Tells single ops that follow each other as one, which is faster to read. One at a time in all documents. */
export interface OpJoiner {
  /** Begins anew. */
  start(): void;
  /** Takes the op of one id that is all of `bytes` from `at` on, if it can be told with those before it. */
  add(bytes: Uint8Array, at: number): boolean;
  /** Writes what it took as one op, which `Journal.read` applies as a whole or not at all. */
  finish(w: Writer): void;
}

/**
 * What a type does that keeps its own ops in columns instead of handing each to the document's log as bytes. The
 * document then only knows which ids are its ops, and asks for the bytes of any range when somebody wants them.
 */
export interface Journal<State, Op, Patch> {
  /** Writes the ops with ids [from, to) of `peer` as `read` takes them. An insert may be cut anywhere; other ops are never cut. */
  write(state: State, peer: number, from: number, to: number, w: Writer, refs: RefWriter): void;
  /**
   * Reads ops up to the end of `r`, applies and journals each. The first has id (peer, from) and Lamport time
   * `lamport`; none may take an id from `to` on (DecodeError). Ids below `known` are there already: read over them, an
   * insert may be cut there. Appends patches unless null. Returns the ids taken.
   * On a bad op throws DecodeError or InvalidOp with nothing of that op and of all after it applied.
   */
  read(
    state: State,
    r: Reader,
    peer: number,
    from: number,
    to: number,
    known: number,
    lamport: number,
    refs: RefReader,
    patches: Patch[] | null,
  ): number;
  /**
   * Applies and journals the op of one id that is all of `bytes` from `at` on, if it just goes on where the last op of the
   * same author left off, and does it faster than `read`. False, with nothing done, if it is anything else.
   */
  readKey?(
    state: State,
    bytes: Uint8Array,
    at: number,
    peer: number,
    seq: number,
    lamport: number,
    patches: Patch[] | null,
  ): boolean;
  readonly joiner?: OpJoiner;
  /** The ops of [from, to) as plain data, for tools, oracles and tests. */
  ops(state: State, peer: number, from: number, to: number): readonly Op[];
  /**
   * The ops that take back [from, to) of `peer`, in the order to apply them; asked when the user undoes, not before. Each
   * is applied before the next is asked for: a generator judges each on the state that it will meet.
   */
  invert(state: State, peer: number, from: number, to: number): Iterable<Op>;
  /** The whole journal as columns, uncompressed. Without `history` deleted content and ops that left no trace are left out. */
  save(state: State, options: { readonly history: boolean }): ReadonlyMap<string, Uint8Array>;
  /** Takes what `save` gave, into a fresh state; may keep `columns` and read them only when needed. Throws DecodeError. */
  load(state: State, columns: ColumnSource): void;
  /**
   * A state with those ops alone that `knows` tells. With `past`, which was made so for `had`: adds to that one what
   * `knows` tells beyond `had`.
   */
  replay(
    state: State,
    knows: (peer: number, seq: number) => boolean,
    past: State | null,
    had: (peer: number, seq: number) => boolean,
  ): State;
  /** The ids of the visible elements [start, end), for blame; with `end` Infinity to the last one. */
  ids?(state: State, start: number, end: number): readonly PeerRange[];
}

/** How the `Mut` of a journaled type writes without an op object for each keystroke. */
export interface JournalContext<Patch> {
  readonly peer: number;
  /**
   * Takes the next `width` ids of the running change for an op that the type applies and journals itself, and returns
   * the first seq. Throws Error outside of a change: call it before anything is touched.
   */
  claim(width: number): number;
  /** The Lamport time of the first id of the last claim. */
  readonly lamport: number;
  /** Where patches go, or null if nobody listens. */
  readonly patches: Patch[] | null;
}
