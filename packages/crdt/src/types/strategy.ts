import { DecodeError, type Json, type Reader, readJson, type Writer, writeJson } from '../bytes/index.ts';
import { type CrdtType, InvalidOp } from '../core/crdt-type.ts';
import { type Id, type ReplicaId, readId, type Stamp, writeId } from '../core/ids.ts';
import { FoldLog } from './fold-log.ts';
import { plain } from './plain.ts';

/*
 * Strategies in a few lines, for who needs no hand-made type: a plain state, plain ops, and a pure reducer.
 *
 * `commutative`: concurrent ops may be reduced in any order with the same outcome (op-based CRDTs, Shapiro et al. 2011).
 * `ordered`: the reducer may do what it likes; ops are folded in ≺, and a late one is folded into its place with a
 * rollback (Bayou, Terry et al. 1995; see fold-log.ts). This is how conflicts are resolved by rules of one's own.
 *
 * Undo: with `inverse` a new op of the strategy's own. Without it the op is taken back: the fold leaves it out, and
 * redo puts it back into its old place.
 */

export interface StrategySpec<State, Op, Mut, View> {
  /** Name and version, `booking@1`. A new version for each change of what the same ops mean. */
  readonly kind: string;
  /** Plain data, never mutated. */
  readonly initial: State;
  /** What is taken from peers; the rest is set aside as malformed. */
  readonly accepts: (op: Json) => op is Op & Json;
  /** Pure: never mutates `state`. If it throws, the op has no effect. `stamp` says who wrote it, and its place in ≺. */
  readonly reduce: (state: State, op: Op, stamp: Stamp) => State;
  /** The legal operations. */
  readonly mut: (context: StrategyContext<State, Op>) => Mut;
  /** What readers see of the state; the state itself unless told. */
  readonly view?: (state: State) => View;
  /** The op that undoes `op`, judged on the state just before it; null if nothing is to be undone. */
  readonly inverse?: (op: Op, before: State) => Op | null;
  /** Ops as bytes; plain data as it is unless told. */
  readonly encoding?: Encoding<Op>;
  /** Is `op` still needed to make `state`, whatever else may come? Asked when a document is saved without its history. */
  readonly compact?: (state: State, op: Op) => boolean;
}

export interface StrategyContext<State, Op> {
  readonly replica: ReplicaId;
  /** The state now, with all that was emitted before. */
  state(): State;
  /** Throws TypeError if the strategy does not accept `op`. */
  emit(op: Op): void;
}

export interface Encoding<Op> {
  write(op: Op, w: Writer): void;
  /** Throws DecodeError on what `write` never writes. */
  read(r: Reader): Op;
}

export type StrategyOp<Op> =
  | { readonly type: 'do'; readonly op: Op }
  | { readonly type: 'retract'; readonly target: Id }
  | { readonly type: 'restore'; readonly target: Id };

/** Says that the view may have changed, not how. */
export interface StrategyPatch {
  readonly type: 'changed';
}

export interface StrategyState<State, Op, View> {
  readonly fold: Fold<State, Op>;
  shown: { readonly state: State; readonly view: View } | null;
}

/** What a strategy's state is kept in. */
interface Fold<State, Op> {
  readonly state: State;
  add(op: Op, stamp: Stamp): void;
  /** Null if ops are not kept. */
  readonly log: FoldLog<State, Op> | null;
}

export type StrategyType<State, Op, Mut, View> = CrdtType<
  StrategyState<State, Op, View>,
  StrategyOp<Op>,
  View,
  Mut,
  StrategyPatch
>;

/**
 * A strategy whose concurrent ops may be reduced in any order. With `inverse` only the state is kept, and every op costs
 * one reduction; without it the ops are kept, so that undo can leave them out. Throws TypeError on a bad `kind`.
 */
export function commutative<State, Op, Mut, View = State>(
  spec: StrategySpec<State, Op, Mut, View>,
): StrategyType<State, Op, Mut, View> {
  return strategy(spec, () =>
    spec.inverse ? running(spec) : kept(new FoldLog(spec.initial, spec.reduce, 'arrival')),
  );
}

/**
 * A strategy whose ops are folded in ≺, the same on every replica, whatever the reducer does with them. An op that
 * arrives late costs the reductions after its place, once per look. Throws TypeError on a bad `kind`.
 */
export function ordered<State, Op, Mut, View = State>(
  spec: StrategySpec<State, Op, Mut, View>,
): StrategyType<State, Op, Mut, View> {
  return strategy(spec, () => kept(new FoldLog(spec.initial, spec.reduce, 'precedence')));
}

function kept<State, Op>(log: FoldLog<State, Op>): Fold<State, Op> {
  return {
    log,
    get state() {
      return log.state;
    },
    add: (op, stamp) => log.add(op, stamp),
  };
}

/** A log of which only the outcome is kept. */
function running<State, Op>({ initial, reduce }: StrategySpec<State, Op, unknown, unknown>): Fold<State, Op> {
  let state = initial;
  return {
    log: null,
    get state() {
      return state;
    },
    add(op, stamp) {
      try {
        state = reduce(state, op, stamp);
      } catch (error) {
        throw new InvalidOp(error instanceof Error ? error.message : String(error), { cause: error });
      }
    },
  };
}

const CHANGED: readonly StrategyPatch[] = Object.freeze([Object.freeze({ type: 'changed' } as const)]);

function strategy<State, Op, Mut, View>(
  spec: StrategySpec<State, Op, Mut, View>,
  create: () => Fold<State, Op>,
): StrategyType<State, Op, Mut, View> {
  const { kind, inverse } = spec;
  if (!/^[a-z][a-z0-9-]*@[1-9][0-9]*$/.test(kind)) throw new TypeError(`no name@version: ${kind}`);
  return {
    kind,
    create: () => ({ fold: create(), shown: null }),
    width: () => 1,
    apply({ fold }, op, stamp) {
      if (op.type === 'do') fold.add(op.op, stamp);
      else fold.log?.judge(op.target, op.type === 'restore', stamp);
      return CHANGED;
    },
    invert({ fold }, op, stamp) {
      if (op.type === 'retract') return [{ type: 'restore', target: op.target }];
      if (op.type === 'restore') return [{ type: 'retract', target: op.target }];
      if (inverse === undefined) return [{ type: 'retract', target: stamp.id }];
      const back = inverse(op.op, fold.state);
      return back === null ? [] : [{ type: 'do', op: back }];
    },
    view(holder) {
      const { state } = holder.fold;
      if (holder.shown === null || holder.shown.state !== state) {
        holder.shown = { state, view: spec.view ? spec.view(state) : (state as unknown as View) };
      }
      return holder.shown.view;
    },
    mutate: ({ state: { fold }, replica, emit }) =>
      spec.mut({
        replica,
        state: () => fold.state,
        emit(op) {
          const copy = plain(op as Json);
          if (!spec.accepts(copy)) throw new TypeError(`${kind} does not accept ${JSON.stringify(op)}`);
          emit({ type: 'do', op: copy });
        },
      }),
    encode: (op, w) => encode(op, w, spec.encoding),
    decode: (r) => decode(r, spec),
    compact({ fold }, id) {
      const folded = fold.log?.at(id);
      return !folded?.standing || (spec.compact?.(fold.state, folded.op) ?? true);
    },
    canonical: ({ fold }, w) => writeJson(w, fold.state as Json),
  };
}

const TAGS = { do: 0, retract: 1, restore: 2 } as const;

function encode<Op>(op: StrategyOp<Op>, w: Writer, encoding: Encoding<Op> | undefined): void {
  w.u8(TAGS[op.type]);
  if (op.type !== 'do') writeId(w, op.target);
  else if (encoding) encoding.write(op.op, w);
  else writeJson(w, op.op as Json);
}

function decode<State, Op, Mut, View>(
  r: Reader,
  { encoding, accepts, inverse }: StrategySpec<State, Op, Mut, View>,
): StrategyOp<Op> {
  const tag = r.u8();
  if (tag === TAGS.do) {
    const op = encoding ? (encoding.read(r) as Json) : readJson(r);
    if (!accepts(op)) throw new DecodeError('an op that this strategy does not accept');
    return { type: 'do', op };
  }
  // Who has an inverse never takes back.
  if (inverse === undefined && tag === TAGS.retract) return { type: 'retract', target: readId(r) };
  if (inverse === undefined && tag === TAGS.restore) return { type: 'restore', target: readId(r) };
  throw new DecodeError(`unknown strategy op ${tag}`);
}
