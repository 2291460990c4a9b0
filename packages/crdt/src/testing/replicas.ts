import { Reader, Writer } from '../bytes/index.ts';
import type { CrdtType } from '../core/crdt-type.ts';
import { formatId, type Id, type ReplicaId, replicaId, type Stamp } from '../core/ids.ts';
import { testEnv } from './env.ts';
import type { Random } from './random.ts';

/** An op with its place in ≺ and in causality. `deps[i]` is how many ids of replica i its author had seen. */
export interface TestOp<Op> {
  readonly author: number;
  readonly op: Op;
  readonly stamp: Stamp;
  readonly width: number;
  readonly deps: readonly number[];
}

interface TestReplica<State> {
  state: State;
  readonly seen: number[];
  lamport: number;
}

/** The id of test replica `index`: replica 0 has the smallest in ≺. */
export function testReplicaId(index: number): ReplicaId {
  return replicaId((index + 1).toString(16).padStart(16, '0'));
}

/**
 * Replicas of one container, without documents and networks: ids, Lamport times, causal delivery in an order of
 * the test's choosing. Every op travels through the type's own bytes.
 */
export class Replicas<State, Op, View, Mut, Patch> {
  readonly type: CrdtType<State, Op, View, Mut, Patch>;
  /** All ops ever, in the order of their making. */
  readonly log: TestOp<Op>[] = [];
  /** Called after each apply, for oracles that watch every step. */
  onApply: (replica: number, op: TestOp<Op>, patches: readonly Patch[]) => void = () => {};
  readonly #replicas: TestReplica<State>[];
  /** Gathers the inverses of what a `transact` emits, in the order of the ops. */
  #inverses: (readonly Op[])[] | null = null;

  constructor(type: CrdtType<State, Op, View, Mut, Patch>, count: number) {
    this.type = type;
    this.#replicas = Array.from({ length: count }, () => ({
      state: type.create(testEnv()),
      seen: new Array<number>(count).fill(0),
      lamport: 0,
    }));
  }

  get count(): number {
    return this.#replicas.length;
  }

  state(replica: number): State {
    return this.#at(replica).state;
  }

  view(replica: number): View {
    return this.type.view(this.state(replica));
  }

  /** The canonical bytes as text, for comparison. */
  canonical(replica: number): string {
    return canonicalText(this.type, this.state(replica));
  }

  /** A `Mut` that works on `replica`; each of its writes becomes one op of the log. */
  mut(replica: number): Mut {
    const { state } = this.#at(replica);
    return this.type.mutate({ state, replica: testReplicaId(replica), emit: (op) => this.emit(replica, op) });
  }

  /** Runs `body` on the `Mut` of `replica` and returns the ops that undo it, in the order to apply them. */
  transact(replica: number, body: (mut: Mut) => void): readonly Op[] {
    const inverses: (readonly Op[])[] = [];
    this.#inverses = inverses;
    try {
      body(this.mut(replica));
    } finally {
      this.#inverses = null;
    }
    return inverses.reverse().flat();
  }

  /** `transact` for ops that are there already, an undo for example. */
  emitAll(replica: number, ops: readonly Op[]): readonly Op[] {
    return this.transact(replica, () => {
      for (const op of ops) this.emit(replica, op);
    });
  }

  /** Applies `op` at its author and logs it. Returns its first id. */
  emit(author: number, op: Op): Id {
    const me = this.#at(author);
    const id: Id = { replica: testReplicaId(author), seq: me.seen[author] as number };
    const ready = this.type.prepare?.(me.state, op) ?? op;
    const made: TestOp<Op> = {
      author,
      op: recode(this.type, ready),
      stamp: { id, lamport: me.lamport + 1 },
      width: this.type.width(ready),
      deps: [...me.seen],
    };
    this.#inverses?.push(this.type.invert(me.state, made.op, made.stamp));
    this.#apply(author, made);
    this.log.push(made);
    return id;
  }

  /** The ops that `replica` lacks and whose dependencies it has. */
  deliverable(replica: number): TestOp<Op>[] {
    const { seen } = this.#at(replica);
    return this.log.filter((op) => isReady(op, seen));
  }

  deliver(replica: number, op: TestOp<Op>): void {
    if (!isReady(op, this.#at(replica).seen)) throw new Error(`not deliverable: ${formatId(op.stamp.id)}`);
    this.#apply(replica, op);
  }

  /** Delivers one random op to one random replica; false if `replica` had nothing to receive. */
  deliverOne(random: Random): boolean {
    const to = random.int(this.count);
    const ready = this.deliverable(to);
    if (ready.length === 0) return false;
    this.deliver(to, random.pick(ready));
    return true;
  }

  /** Delivers everything to everybody, in random causal orders. */
  settle(random: Random): void {
    for (let to = 0; to < this.count; to++) {
      for (let ready = this.deliverable(to); ready.length > 0; ready = this.deliverable(to)) {
        this.deliver(to, random.pick(ready));
      }
    }
  }

  /** Throws unless all replicas have equal canonical bytes and views. */
  expectConverged(): void {
    const first = viewText(this.view(0));
    for (let i = 1; i < this.count; i++) {
      const other = viewText(this.view(i));
      if (other !== first) throw new Error(`replica ${i} sees ${other}, replica 0 sees ${first}`);
      if (this.canonical(i) !== this.canonical(0)) throw new Error(`canonical bytes differ: ${i} and 0`);
    }
  }

  #apply(to: number, op: TestOp<Op>): void {
    const me = this.#at(to);
    const made = this.type.apply(me.state, op.op, op.stamp);
    const put = this.type.settle?.(me.state) ?? [];
    const patches = put.length === 0 ? made : [...made, ...put];
    me.seen[op.author] = op.stamp.id.seq + op.width;
    me.lamport = Math.max(me.lamport, op.stamp.lamport + op.width - 1);
    this.onApply(to, op, patches);
  }

  #at(replica: number): TestReplica<State> {
    const found = this.#replicas[replica];
    if (found === undefined) throw new RangeError(`no replica ${replica}`);
    return found;
  }
}

/** The op after a trip through its bytes; throws if the bytes change on the second trip. */
export function recode<Op>(type: Codec<Op>, op: Op): Op {
  const bytes = encodeOp(type, op);
  const r = new Reader(bytes);
  const decoded = type.decode(r);
  r.end();
  if (encodeOp(type, decoded).join() !== bytes.join()) throw new Error('the op does not survive its bytes');
  return decoded;
}

/** The part of a type that turns ops into bytes. */
export interface Codec<Op> {
  encode(op: Op, w: Writer): void;
  decode(r: Reader): Op;
}

export function encodeOp<Op>(type: Codec<Op>, op: Op): Uint8Array {
  const w = new Writer();
  type.encode(op, w);
  return w.finish();
}

/** The canonical bytes of a state as text. */
export function canonicalText<State>(
  type: { canonical(state: State, w: Writer): void },
  state: State,
): string {
  const w = new Writer();
  type.canonical(state, w);
  return w.finish().join(' ');
}

/** Plain data as text, with the keys of records in order: equal for equal views. */
export function viewText(view: unknown): string {
  return JSON.stringify(view, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Every causal order of `ops` (all linear extensions of their dependencies). */
export function* causalOrders<Op>(ops: readonly TestOp<Op>[]): Generator<readonly TestOp<Op>[]> {
  const replicas = Math.max(0, ...ops.map((op) => op.deps.length));
  yield* extend([], new Array<number>(replicas).fill(0));

  function* extend(order: readonly TestOp<Op>[], seen: readonly number[]): Generator<readonly TestOp<Op>[]> {
    if (order.length === ops.length) yield order;
    for (const op of ops) {
      if (!isReady(op, seen)) continue;
      yield* extend([...order, op], seen.with(op.author, op.stamp.id.seq + op.width));
    }
  }
}

/** Applies `ops` in the given order to a fresh state. */
export function replay<State, Op, View, Mut, Patch>(
  type: CrdtType<State, Op, View, Mut, Patch>,
  ops: Iterable<TestOp<Op>>,
): State {
  const state = type.create(testEnv());
  for (const { op, stamp } of ops) type.apply(state, op, stamp);
  return state;
}

function isReady<Op>(op: TestOp<Op>, seen: readonly number[]): boolean {
  return op.stamp.id.seq === seen[op.author] && op.deps.every((n, i) => n <= (seen[i] as number));
}
