import { type Crowds, type Gap, type Newcomer, placeLeft, placeRight } from './place.ts';
import { RunIndex } from './run-index.ts';
import { RunList } from './run-list.ts';
import { BACKWARDS, ELEMENT, LEFT, MORE, NIL, RunTable, TAIL } from './run-table.ts';

/** How siblings hang: `rga+side` is Fugue's tree, `rga` knows right children only. */
export type Order = 'rga+side' | 'rga';

/** A delete of a run beside the first: element i was deleted by op `seq + step · i`. */
export interface OtherDelete {
  readonly peer: number;
  readonly seq: number;
  readonly step: number;
}

/**
 * The replicated sequence of a text: RGA (Roh et al. 2011, "Replicated abstract data types", as the timestamped
 * insertion tree), in the default order with the side bit of Fugue (Weidner and Kleppmann 2023, "The Art of the Fugue"),
 * which keeps passages that two users type into one gap apart. Siblings: left ones ascending by (lamport, replica),
 * right ones descending.
 *
 * State: runs in a struct of arrays (`run-table.ts`), their order with counts (`run-list.ts`), an index by id
 * (`run-index.ts`). Elements are never removed: a deleted one stays as a tombstone that names its deletes. What an
 * element holds is the caller's; of deleted text the sequence keeps where the caller put it.
 *
 * O(log runs) to find an index or an id and to insert, plus the concurrent siblings that are passed; O(1) next to the
 * last place. Left out on purpose: discarding tombstones, and FugueMax's order of right siblings.
 */
export class RunSequence {
  readonly table = new RunTable();
  readonly list = new RunList(this.table);
  readonly index = new RunIndex(this.table);
  readonly compare: (a: number, b: number) => number;
  readonly order: Order;
  readonly crowds: Crowds = new Map();
  /** The further deletes of runs that have the flag MORE. */
  readonly others = new Map<number, readonly OtherDelete[]>();

  /** Where `originAt…` says that an element would hang. */
  originPeer = NIL;
  originSeq = 0;
  originLeft = false;
  /** The gap found last. */
  readonly gap: Gap = { run: NIL, offset: 0 };
  /** The element of the last `insert`, the first or only one. */
  run = NIL;
  offset = 0;
  readonly #newcomer: Newcomer = { peer: 0, seq: 0, lamport: 0 };

  /** `compare` orders replicas as their ids do. */
  constructor(compare: (a: number, b: number) => number, order: Order) {
    this.compare = compare;
    this.order = order;
  }

  /** The number of visible elements. */
  get length(): number {
    return this.list.visible;
  }

  /** Sets `gap` and `origin…` for a local insert right after an element (NIL: at the start), before tombstones that follow. */
  originAfter(run: number, offset: number): void {
    const { table, gap } = this;
    gap.run = run;
    this.originLeft = false;
    if (run === NIL) {
      gap.offset = 0;
      const { first } = this.list;
      if (first === NIL || this.order === 'rga') this.originPeer = NIL;
      else this.#originLeftOf(first, 0);
      return;
    }
    gap.offset = offset + 1;
    if (this.order === 'rga+side') {
      if (gap.offset < (table.length[run] as number)) {
        this.#originLeftOf(run, gap.offset);
        return;
      }
      if (((table.flags[run] as number) & TAIL) !== 0) {
        this.#originLeftOf(table.next[run] as number, 0);
        return;
      }
    }
    this.originPeer = table.peer[run] as number;
    this.originSeq = (table.seq[run] as number) + offset;
  }

  #originLeftOf(run: number, offset: number): void {
    this.originPeer = this.table.peer[run] as number;
    this.originSeq = (this.table.seq[run] as number) + offset;
    this.originLeft = true;
  }

  /** `originAfter` the visible element left of `index`, which must be in [0, length]. */
  originAt(index: number): void {
    if (index === 0) this.originAfter(NIL, 0);
    else {
      const run = this.list.seek(index - 1);
      this.originAfter(run, this.list.offset);
    }
  }

  /** Sets `gap` for an element from elsewhere. Its parent (NIL: the origin) must be known and before it in ≺. */
  place(
    parentPeer: number,
    parentSeq: number,
    left: boolean,
    peer: number,
    seq: number,
    lamport: number,
  ): void {
    const e = this.#newcomer;
    e.peer = peer;
    e.seq = seq;
    e.lamport = lamport;
    let run = NIL;
    let offset = 0;
    if (parentPeer !== NIL) {
      run = this.index.find(parentPeer, parentSeq);
      offset = parentSeq - (this.table.seq[run] as number);
    }
    if (left) placeLeft(this, run, offset, e, this.gap);
    else placeRight(this, run, offset, e, this.gap);
  }

  /** The visible index of the gap. */
  get gapIndex(): number {
    const { run, offset } = this.gap;
    if (run === NIL) return 0;
    const start = this.list.startOf(run);
    return (this.table.deleterPeer[run] as number) < 0 ? start + offset : start;
  }

  /** Puts visible elements into the gap. `run` and `offset` are where the first one is then. */
  insert(
    peer: number,
    seq: number,
    lamport: number,
    length: number,
    parentPeer: number,
    parentSeq: number,
    left: boolean,
    cover: number,
    element: boolean,
  ): void {
    const { table, list, gap } = this;
    const before = gap.run;
    const visible = before === NIL ? 0 : this.gapIndex;
    if (before !== NIL && gap.offset < (table.length[before] as number)) this.split(before, gap.offset);
    if (before !== NIL && !left && parentPeer === peer && parentSeq === seq - 1 && !element) {
      const size = table.length[before] as number;
      if (
        table.peer[before] === peer &&
        (table.seq[before] as number) + size === seq &&
        (table.lamport[before] as number) + size === lamport &&
        (table.deleterPeer[before] as number) < 0 &&
        table.cover[before] === cover &&
        ((table.flags[before] as number) & ELEMENT) === 0
      ) {
        table.length[before] = size + length;
        (table.flags[before] as number) &= ~TAIL;
        list.count(before, length);
        list.remember(before, visible - size);
        this.run = before;
        this.offset = size;
        return;
      }
    }
    if (parentPeer !== NIL && !left) {
      const parent = this.index.find(parentPeer, parentSeq);
      if (parentSeq === (table.seq[parent] as number) + (table.length[parent] as number) - 1) {
        (table.flags[parent] as number) |= TAIL;
      }
    }
    const run = table.allocate();
    table.peer[run] = peer;
    table.seq[run] = seq;
    table.lamport[run] = lamport;
    table.length[run] = length;
    table.parentPeer[run] = parentPeer;
    table.parentSeq[run] = parentSeq;
    table.deleterPeer[run] = NIL;
    table.cover[run] = cover;
    table.flags[run] = (left ? LEFT : 0) | (element ? ELEMENT : 0);
    list.insert(run, before);
    list.remember(run, visible);
    this.index.add(run);
    this.run = run;
    this.offset = 0;
  }

  /** The run that holds the id, or NIL. */
  find(peer: number, seq: number): number {
    return this.index.find(peer, seq);
  }

  /** Whether all ids of the range are elements'. */
  hasAll(peer: number, seq: number, length: number): boolean {
    const { table } = this;
    for (let at = seq; at < seq + length; ) {
      const run = this.index.find(peer, at);
      if (run === NIL) return false;
      at = (table.seq[run] as number) + (table.length[run] as number);
    }
    return true;
  }

  /** Cuts so that a run starts with this element, which must be there, and returns that run. */
  cutBefore(peer: number, seq: number): number {
    const run = this.index.find(peer, seq);
    const offset = seq - (this.table.seq[run] as number);
    return offset === 0 ? run : this.split(run, offset);
  }

  /** Cuts a run after `at` elements and returns the right half. */
  split(run: number, at: number): number {
    const { table, list } = this;
    const right = table.allocate();
    const size = table.length[run] as number;
    const flags = table.flags[run] as number;
    table.peer[right] = table.peer[run] as number;
    table.seq[right] = (table.seq[run] as number) + at;
    table.lamport[right] = (table.lamport[run] as number) + at;
    table.length[right] = size - at;
    table.parentPeer[right] = table.peer[run] as number;
    table.parentSeq[right] = (table.seq[run] as number) + at - 1;
    table.cover[right] = table.cover[run] as number;
    table.flags[right] = flags & ~LEFT;
    const deleter = table.deleterPeer[run] as number;
    table.deleterPeer[right] = deleter;
    if (deleter >= 0) {
      table.deleterSeq[right] = (table.deleterSeq[run] as number) + at * table.step(run);
      table.text[right] = (table.text[run] as number) + ((flags & BACKWARDS) !== 0 ? -at : at);
      if ((flags & MORE) !== 0) {
        const others = this.others.get(run) as readonly OtherDelete[];
        this.others.set(
          right,
          others.map(({ peer, seq, step }) => ({ peer, seq: seq + step * at, step })),
        );
      }
    }
    const start = list.startOf(run);
    if (deleter < 0) list.count(run, at - size);
    table.length[run] = at;
    (table.flags[run] as number) |= TAIL;
    list.insert(right, run);
    list.remember(run, start);
    this.index.add(right);
    return right;
  }
}
