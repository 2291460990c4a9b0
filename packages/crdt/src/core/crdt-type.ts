import type { Reader, Writer } from '../bytes/index.ts';
import type { Id, ReplicaId, Stamp } from './ids.ts';
import type { Journal, JournalContext, TypeEnv } from './journal.ts';

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
  create(env: TypeEnv): State;
  /**
   * Fills in what must be true when an op is made: called at its author alone, for undo and redo too, before anything
   * else is asked about the op. Default: the op as it is.
   */
  prepare?(state: State, op: Op): Op;
  /** How many ids the op takes: 1, or the number of elements that it inserts. At least 1. */
  width(op: Op): number;
  /**
   * Local and remote ops alike. Must not mutate anything, then throw: throws `InvalidOp` first, if the op names
   * what does not exist.
   */
  apply(state: State, op: Op, stamp: Stamp): readonly Patch[];
  /**
   * Does what `apply` put off, and gives the patches of that: called once after each batch of ops, so that work which a
   * late op causes is done once for all of them. Everything that reads the state must settle it first.
   */
  settle?(state: State): readonly Patch[];
  /**
   * A reason to distrust an op that has just come from a peer, a clock far ahead for example. It is applied all the same,
   * because refusing it here alone would diverge; the reason goes into the report.
   */
  doubt?(state: State, op: Op): string | null;
  /** The ops that undo `op`, judged on the state just before it is applied (`stamp` is what it will get). */
  invert(state: State, op: Op, stamp: Stamp): readonly Op[];
  /**
   * The ops that make `state` show what `past` shows, which has had only some of its ops. Each is applied before the next
   * is asked for. Default: what takes back every op that `past` lacks, the last one first.
   */
  restore?(state: State, past: State): Iterable<Op>;
  /** The op that `op` takes back for ever, if that is what it does: to take back both is to do nothing. */
  retracts?(op: Op): Id | null;
  /**
   * For types whose every op writes one register, won by the greatest op in ≺: which one. So of many ops that went to
   * one register the last says it all, and the past is made, and restored, without the others.
   */
  register?(op: Op): string;
  /**
   * What the op decides, where of two people who decide it without knowing of each other only one can have their way; null
   * if it merges with any other. Default: the register.
   */
  contested?(op: Op): string | null;
  /** Equal states may return the same object; after a change of the state a new one. */
  view(state: State): View;
  mutate(context: MutContext<State, Op, Patch>): Mut;
  encode(op: Op, w: Writer): void;
  /** Throws DecodeError unless the bytes are exactly what `encode` writes for some legal op. */
  decode(r: Reader): Op;
  /** Writes the state so that equal histories give equal bytes, whatever the order of delivery. */
  canonical(state: State, w: Writer): void;
  /** Is the op with this id still needed to rebuild the present state? Asked when saving without history. Default: yes. */
  compact?(state: State, id: Id): boolean;
  /** For types that keep their own ops in columns. */
  readonly journal?: Journal<State, Op, Patch>;
}

/** What a `Mut` works on. Reads see the effect of each emit at once. */
export interface MutContext<State, Op, Patch = unknown> {
  readonly state: State;
  readonly replica: ReplicaId;
  /** Applies the op locally and adds it to the running change; returns its first id. */
  emit(op: Op): Id;
  /** In a document, for types with a `journal`. */
  readonly journal?: JournalContext<Patch> | undefined;
}

/** A peer's op that names what does not exist, or breaks its type's rules. It is set aside, never thrown to the app. */
export class InvalidOp extends Error {
  override name = 'InvalidOp';
}
