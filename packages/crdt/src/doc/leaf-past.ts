import { DecodeError, Reader } from '../bytes/index.ts';
import { InvalidOp } from '../core/crdt-type.ts';
import { formatId, type Id, type OpId } from '../core/ids.ts';
import type { PeerRange, TypeEnv } from '../core/journal.ts';
import type { LeafContainer } from '../schema/container.ts';
import { type Author, FORM, MULTI, UNREAD } from './author.ts';
import type { Log } from './log.ts';
import type { Part } from './walk.ts';

/** By peer the first id that is not known. */
export type Nexts = Float64Array;

const NOTHING: Nexts = new Float64Array();

const knowsIn =
  (nexts: Nexts) =>
  (peer: number, seq: number): boolean =>
    seq < (nexts[peer] ?? 0);

/** Ops of one author to one container, with where they stand: one op, or ids in a row of which a journal knows more. */
interface Stretch {
  readonly author: Author;
  readonly part: Part;
  readonly from: number;
  to: number;
  readonly lamport: number;
  /** Of a type with registers: which one it writes, null if it cannot be read. */
  readonly register: string | null;
}

/** What a container was at one version. */
interface Then {
  readonly nexts: Nexts;
  /** Null once it was taken on to a later version, or if that does not pay. */
  state: unknown;
  readonly view: unknown;
  ids: readonly PeerRange[] | null;
}

/** How many versions are held: one looks at two, goes back and forth, and those before are made ready in between. */
const HELD = 24;

/**
 * The past of one container. What it was at a version is held for a while: a later version is made from that by adding
 * what came since, and a version between which and another nothing was written here is the same.
 */
export class LeafPast {
  readonly #leaf: LeafContainer;
  readonly #log: Log;
  readonly #env: TypeEnv;
  readonly #stretches: Stretch[] = [];
  /** By peer, in the order of their ids. */
  readonly #byPeer = new Map<number, Stretch[]>();
  #isSorted = true;
  #held: readonly Then[] = [];

  constructor(leaf: LeafContainer, log: Log, env: TypeEnv) {
    this.#leaf = leaf;
    this.#log = log;
    this.#env = env;
  }

  /** More ops of it became known. */
  add(author: Author, part: Part, lamport: number): void {
    const { from, to } = part;
    // Asked for a version of which not all was here yet.
    this.#held = this.#held.filter(({ nexts }) => from >= (nexts[author.peer] ?? 0));
    const last = this.#stretches.at(-1);
    if (this.#leaf.type.journal !== undefined && last?.author === author && last.to === from) last.to = to;
    else {
      this.#isSorted &&= last === undefined || last.lamport < lamport;
      const stretch = { author, part, from, to, lamport, register: this.#registerOf(author, part) };
      this.#stretches.push(stretch);
      const own = this.#byPeer.get(author.peer);
      if (own === undefined) this.#byPeer.set(author.peer, [stretch]);
      else own.push(stretch);
    }
  }

  view(nexts: Nexts): unknown {
    const { type, state } = this.#leaf;
    const isNow = [...this.#byPeer].every(([peer, own]) => own.at(-1)?.to === endOf(own, nexts[peer] ?? 0));
    return isNow ? type.view(state) : this.#then(nexts).view;
  }

  /** On the way to `target` the version `stop` is behind what is held already. */
  isPassed(stop: Nexts, target: Nexts): boolean {
    return this.#held.some(
      ({ nexts, state }) =>
        this.#isSame(nexts, target) || (state !== null && isWithin(stop, nexts) && isWithin(nexts, target)),
    );
  }

  /** The ids of a sequence's visible elements. Throws RangeError if the container is none. */
  ids(nexts: Nexts): readonly PeerRange[] {
    const then = this.#then(nexts);
    then.ids ??= this.#idsOf(then.state);
    if (then.ids === null)
      throw new RangeError(`${this.#leaf.path} is no sequence of which authors are known`);
    return then.ids;
  }

  /** The ops that make the container show what it showed at `nexts`. Each is applied before the next is asked for. */
  *restore(nexts: Nexts): Iterable<unknown> {
    const { type, state } = this.#leaf;
    const lacking = this.#sorted().filter(({ author, to }) => to > (nexts[author.peer] ?? 0));
    if (lacking.length === 0 || same(this.view(nexts), type.view(state))) return;
    if (type.restore !== undefined) yield* type.restore(state, this.#stateAt(nexts, null, NOTHING));
    else if (type.journal !== undefined) {
      for (const { author, from, to } of lacking.reverse())
        yield* type.journal.invert(state, author.peer, Math.max(from, nexts[author.peer] ?? 0), to);
    } else yield* this.#inverses(nexts, lacking);
  }

  /** What takes back the ops of `lacking`, judged on the version that they followed. */
  #inverses(nexts: Nexts, lacking: readonly Stretch[]): unknown[] {
    const { type } = this.#leaf;
    const past = this.#replay(nexts, null, NOTHING);
    const inverses = new Map<OpId, readonly unknown[]>();
    const retracted = this.#retracted(nexts);
    for (const stretch of this.#lastOfEach(lacking)) {
      const op = this.#read(stretch);
      if (op === null) continue;
      const stamp = this.#stamp(stretch);
      const target = type.retracts?.(op);
      // What came later, or what somebody else had taken back already: this took nothing back.
      const isNeutral = target && (this.#lacks(nexts, target) || retracted.has(formatId(target)));
      if (!isNeutral) inverses.set(formatId(stamp.id), type.invert(past, op, stamp));
      if (target) {
        retracted.add(formatId(target));
        inverses.delete(formatId(target));
      }
      if (type.register === undefined) this.#apply(past, op, stretch);
    }
    return [...inverses.values()].reverse().flat();
  }

  /** The ops that were taken back at a version. */
  #retracted(nexts: Nexts): Set<OpId> {
    const { retracts } = this.#leaf.type;
    const ids = new Set<OpId>();
    if (retracts === undefined) return ids;
    for (const stretch of this.#stretches) {
      const op = stretch.from < (nexts[stretch.author.peer] ?? 0) ? this.#read(stretch) : null;
      const target = op === null ? null : retracts(op);
      if (target !== null) ids.add(formatId(target));
    }
    return ids;
  }

  #lacks(nexts: Nexts, { replica, seq }: Id): boolean {
    return seq >= (nexts[this.#log.peers.find(replica)] ?? 0);
  }

  #then(nexts: Nexts): Then {
    const then = this.#held.find((each) => this.#isSame(each.nexts, nexts)) ?? this.#make(nexts);
    this.#held = [then, ...this.#held.filter((each) => each !== then)].slice(0, HELD);
    return then;
  }

  /** Was nothing written here between two versions? */
  #isSame(a: Nexts, b: Nexts): boolean {
    return [...this.#byPeer].every(
      ([peer, own]) => a[peer] === b[peer] || endOf(own, a[peer] ?? 0) === endOf(own, b[peer] ?? 0),
    );
  }

  #make(nexts: Nexts): Then {
    const { type } = this.#leaf;
    // Of those that can be taken on the latest: most of it is there.
    let base: Then | undefined;
    for (const then of this.#held)
      if (then.state !== null && isWithin(then.nexts, nexts) && (!base || isWithin(base.nexts, then.nexts)))
        base = then;
    const before = base?.state ?? null;
    const had = base?.nexts ?? NOTHING;
    if (base !== undefined) {
      base.ids ??= this.#idsOf(before);
      base.state = null;
    }
    const state = this.#stateAt(nexts, before, had);
    return { nexts, state: type.register === undefined ? state : null, view: type.view(state), ids: null };
  }

  /** The state at a version: made anew, or `before`, which is the one at `had`, with more added. */
  #stateAt(nexts: Nexts, before: unknown, had: Nexts): unknown {
    const { type, state } = this.#leaf;
    return type.journal === undefined
      ? this.#replay(nexts, before, had)
      : type.journal.replay(state, knowsIn(nexts), before, knowsIn(had));
  }

  #replay(nexts: Nexts, before: unknown, had: Nexts): unknown {
    const { type } = this.#leaf;
    const past = before ?? type.create(this.#env);
    const added = this.#sorted().filter(
      ({ author: { peer }, from }) => from < (nexts[peer] ?? 0) && from >= (had[peer] ?? 0),
    );
    for (const stretch of this.#lastOfEach(added)) {
      const op = this.#read(stretch);
      if (op !== null) this.#apply(past, op, stretch);
    }
    type.settle?.(past);
    return past;
  }

  /** The last op to each register; of a type without registers all. */
  #lastOfEach(stretches: readonly Stretch[]): readonly Stretch[] {
    const { type } = this.#leaf;
    if (type.register === undefined) return stretches;
    const last = new Map<string, Stretch>();
    for (let i = stretches.length - 1; i >= 0; i--) {
      const stretch = stretches[i] as Stretch;
      const { register } = stretch;
      if (register !== null && !last.has(register)) last.set(register, stretch);
    }
    return [...last.values()].reverse();
  }

  #registerOf(author: Author, part: Part): string | null {
    const { type } = this.#leaf;
    if (type.register === undefined) return null;
    const op = this.#read({ author, part });
    return op === null ? null : type.register(op);
  }

  /** In ≺. */
  #sorted(): Stretch[] {
    if (!this.#isSorted) {
      const { peers } = this.#log;
      this.#stretches.sort((a, b) => a.lamport - b.lamport || peers.compare(a.author.peer, b.author.peer));
      this.#isSorted = true;
    }
    return this.#stretches;
  }

  #stamp({ author, from, lamport }: Stretch) {
    return { id: { replica: this.#log.peers.replica(author.peer), seq: from }, lamport };
  }

  /** An op as it came; null if nobody here can read it. */
  #read({ author, part }: Pick<Stretch, 'author' | 'part'>): unknown {
    const r = new Reader(this.#log.heap.buffer, part.bodyFrom, part.bodyTo);
    try {
      // Perhaps it could not be read when it came, by an older app: what still cannot is passed over.
      const flags = author.flags(author.find(part.from));
      if ((flags & UNREAD) !== 0 && (flags & FORM) !== MULTI) r.varint();
      const op = this.#leaf.type.decode(r);
      r.end();
      return this.#leaf.type.width(op) === part.to - part.from ? op : null;
    } catch (error) {
      if (error instanceof DecodeError || error instanceof InvalidOp) return null;
      throw error;
    }
  }

  #apply(state: unknown, op: unknown, stretch: Stretch): void {
    try {
      this.#leaf.type.apply(state, op, this.#stamp(stretch));
    } catch (error) {
      if (!(error instanceof InvalidOp)) throw error;
    }
  }

  #idsOf(state: unknown): readonly PeerRange[] | null {
    return this.#leaf.type.journal?.ids?.(state, 0, Number.POSITIVE_INFINITY) ?? null;
  }
}

const isWithin = (some: Nexts, all: Nexts): boolean => some.every((next, peer) => next <= (all[peer] ?? 0));

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** The end of what is known of an author's stretches by who knows their ids below `next`. */
function endOf(own: readonly Stretch[], next: number): number {
  let [low, high] = [0, own.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((own[middle] as Stretch).from < next) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : Math.min(next, (own[low - 1] as Stretch).to);
}
