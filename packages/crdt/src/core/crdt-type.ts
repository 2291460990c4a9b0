import type { Reader, Writer } from '../bytes/index.ts';
import type { Id, ReplicaId, Stamp } from './ids.ts';

/**
 * The one door through which every strategy enters a document, the built-ins included.
 *
 * `State` is private to the type. `Op` is plain data. `View` is immutable plain data. `Mut` offers only the
 * legal operations. `Patch` tells a view what one op changed, in coordinates of the moment after that op.
 *
 * The document delivers ops in causal order, each exactly once; concurrent ops arrive in any order, and
 * `apply` must reach the same state whatever that order was.
 */
export interface CrdtType<State, Op, View, Mut, Patch> {
  /** Name and version, for example `text@1`. Written into every change; a replica without it keeps the ops unread. */
  readonly kind: string;
  create(): State;
  /** How many ids the op takes: 1, or the number of elements that it inserts. At least 1. */
  width(op: Op): number;
  /**
   * Local and remote ops alike. Must not mutate anything, then throw: throws `InvalidOp` first, if the op names
   * what does not exist.
   */
  apply(state: State, op: Op, stamp: Stamp): readonly Patch[];
  /** The ops that undo `op`, judged on the state just before it is applied (`stamp` is what it will get). */
  invert(state: State, op: Op, stamp: Stamp): readonly Op[];
  /** Equal states may return the same object; after a change of the state a new one. */
  view(state: State): View;
  mutate(context: MutContext<State, Op>): Mut;
  encode(op: Op, w: Writer): void;
  /** Throws DecodeError unless the bytes are exactly what `encode` writes for some legal op. */
  decode(r: Reader): Op;
  /** Writes the state so that equal histories give equal bytes, whatever the order of delivery. */
  canonical(state: State, w: Writer): void;
}

/** What a `Mut` works on. Reads see the effect of each emit at once. */
export interface MutContext<State, Op> {
  readonly state: State;
  readonly replica: ReplicaId;
  /** Applies the op locally and adds it to the running change; returns its first id. */
  emit(op: Op): Id;
}

/** A peer's op that names what does not exist, or breaks its type's rules. It is set aside, never thrown to the app. */
export class InvalidOp extends Error {
  override name = 'InvalidOp';
}
