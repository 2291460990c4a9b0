import { NIL } from '../../sequence/run-table.ts';
import type { TextOp } from './op.ts';

/** Kinds of entries. */
export const INSERT = 0;
/** Single deletes, each of the element left of the one before: backspace. */
export const BACK = 1;
/** Single deletes, each of the element that came to stand where the one before was. */
export const AHEAD = 2;
/** One op that deletes a stretch. */
export const DELETE = 3;
/** One op's delete of a stretch that was hidden already. */
export const HIDDEN = 4;
/** Any other op, kept as plain data. */
export const OTHER = 5;

/** Bits of `OpLog.flags`. */
/** The insert hangs elsewhere than a local one at its index would. */
export const EXPLICIT = 1;
export const LEFT_CHILD = 2;
/** A further stretch of the op of the entry before. */
export const GOES_ON = 4;

/** Elements in a row that an entry deleted, its deletes from number `start` on. */
interface Hit {
  readonly peer: number;
  readonly seq: number;
  length: number;
  readonly start: number;
}

/**
 * The ops of one text in the order in which they were applied here, as runs in columns. `index` is visible at the time
 * of application, so the log can be replayed without ids: a run of inserts stands at [index, index + length), a run of
 * backspaces ends at `index`. Ids are brought in from the front when somebody asks for them (`settle.ts`); the last
 * entry may grow all the same, also when a part of it is settled.
 */
export class OpLog {
  count = 0;
  kind = new Uint8Array(16);
  flags = new Uint8Array(16);
  peer = new Int32Array(16);
  seq = new Int32Array(16);
  /** Of the first id; NIL after loading, until it is asked for. */
  lamport = new Float64Array(16);
  index = new Int32Array(16);
  /** In elements. */
  length = new Int32Array(16);
  /** Of an insert the parent (NIL: the origin), of a delete the first element deleted (NIL: not known yet). */
  refPeer = new Int32Array(16);
  /** Of OTHER its place in `others`. */
  refSeq = new Int32Array(16);
  /** The elements of deletes that are not in a row, by entry; in the order of deletion. */
  readonly stretches = new Map<number, Hit[]>();
  /** What `hit` found, or `traceHit`. */
  hitPeer = NIL;
  hitSeq = 0;
  /** What `traceHit` (`trace.ts`) found last. */
  readonly traced = { entry: NIL, done: 0, peer: NIL, seq: 0, down: 0, up: 0 };
  readonly others: TextOp[] = [];

  /** The first entry that is not settled as a whole, and how much of it is. */
  settled = 0;
  settledLength = 0;
  /** How much of the deleted text the settled entries took. */
  settledDead = 0;

  /** By peer its entries, in the order of their ids; up to entry number `#indexed`. */
  readonly #byPeer: number[][] = [];
  #indexed = 0;

  add(kind: number, peer: number, seq: number, lamport: number, index: number, length: number): number {
    if (this.count === this.kind.length) this.#grow(this.count * 2);
    const entry = this.count++;
    this.kind[entry] = kind;
    this.flags[entry] = 0;
    this.peer[entry] = peer;
    this.seq[entry] = seq;
    this.lamport[entry] = lamport;
    this.index[entry] = index;
    this.length[entry] = length;
    this.refPeer[entry] = NIL;
    this.refSeq[entry] = 0;
    return entry;
  }

  /** How many ids the entry takes. */
  ids(entry: number): number {
    return (this.kind[entry] as number) <= AHEAD ? (this.length[entry] as number) : 1;
  }

  /** Whether a DELETE entry is an op that deletes one element and no more. */
  isLone(entry: number): boolean {
    return (
      this.length[entry] === 1 &&
      ((this.flags[entry] as number) & GOES_ON) === 0 &&
      (entry + 1 === this.count || ((this.flags[entry + 1] as number) & GOES_ON) === 0)
    );
  }

  /** Whether an op with this id and time is the next one of the last entry's author. */
  continues(peer: number, seq: number, lamport: number): boolean {
    const last = this.count - 1;
    if (last < 0 || this.peer[last] !== peer) return false;
    const ids = this.ids(last);
    return (this.seq[last] as number) + ids === seq && (this.lamport[last] as number) + ids === lamport;
  }

  get isSettled(): boolean {
    const last = this.count - 1;
    return last < 0 || (this.settled === last && this.settledLength === this.length[last]);
  }

  /** Says that everything so far is settled. */
  allSettled(dead: number): void {
    this.settled = Math.max(0, this.count - 1);
    this.settledLength = this.count === 0 ? 0 : (this.length[this.settled] as number);
    this.settledDead = dead;
  }

  /** Notes elements that the delete entry hit, `done` of it being noted; downwards for BACK. */
  note(entry: number, done: number, peer: number, seq: number, length: number): void {
    if (done === 0) {
      this.refPeer[entry] = peer;
      this.refSeq[entry] = seq;
      return;
    }
    const sign = this.kind[entry] === BACK ? -1 : 1;
    let stretches = this.stretches.get(entry);
    if (stretches === undefined) {
      const firstPeer = this.refPeer[entry] as number;
      const firstSeq = this.refSeq[entry] as number;
      if (firstPeer === peer && firstSeq + sign * done === seq) return;
      stretches = [{ peer: firstPeer, seq: firstSeq, length: done, start: 0 }];
      this.stretches.set(entry, stretches);
    }
    const last = stretches[stretches.length - 1] as Hit;
    if (last.peer === peer && last.seq + sign * last.length === seq) last.length += length;
    else stretches.push({ peer, seq, length, start: done });
  }

  /**
   * Finds the element that delete number `at` of a settled delete entry hit: `hitPeer` and `hitSeq`. Returns how many
   * deletes from there on go on by one, downwards for BACK.
   */
  hit(entry: number, at: number): number {
    const sign = this.kind[entry] === BACK ? -1 : 1;
    const stretches = this.stretches.get(entry);
    if (stretches === undefined) {
      this.hitPeer = this.refPeer[entry] as number;
      this.hitSeq = (this.refSeq[entry] as number) + sign * at;
      return (this.length[entry] as number) - at;
    }
    let low = 0;
    let high = stretches.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((stretches[middle] as Hit).start <= at) low = middle;
      else high = middle - 1;
    }
    const { peer, seq, length, start } = stretches[low] as Hit;
    this.hitPeer = peer;
    this.hitSeq = seq + sign * (at - start);
    return length - (at - start);
  }

  /** The entry with id (peer, seq), its op's first one; NIL if there is none. */
  find(peer: number, seq: number): number {
    const last = this.count - 1;
    if (last >= 0 && this.peer[last] === peer && ((this.flags[last] as number) & GOES_ON) === 0) {
      const from = this.seq[last] as number;
      if (seq >= from && seq < from + this.ids(last)) return last;
    }
    const entries = this.entriesOf(peer);
    const at = this.placeOf(entries, seq);
    const entry = entries[at];
    return entry !== undefined && seq < (this.seq[entry] as number) + this.ids(entry) ? entry : NIL;
  }

  /** The place in `entries` (of one peer) of the last entry that starts an op at or before `seq`; −1 if none does. */
  placeOf(entries: readonly number[], seq: number): number {
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.seq[entries[middle] as number] as number) <= seq) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The entries of a peer that start an op, in the order of their ids. */
  entriesOf(peer: number): readonly number[] {
    for (; this.#indexed < this.count; this.#indexed++) {
      if (((this.flags[this.#indexed] as number) & GOES_ON) !== 0) continue;
      const author = this.peer[this.#indexed] as number;
      const known = this.#byPeer[author];
      if (known === undefined) this.#byPeer[author] = [this.#indexed];
      else known.push(this.#indexed);
    }
    return this.#byPeer[peer] ?? [];
  }

  /** The entry after the last one of the op that starts at `entry`. */
  endOf(entry: number): number {
    let end = entry + 1;
    while (end < this.count && ((this.flags[end] as number) & GOES_ON) !== 0) end++;
    return end;
  }

  /** Takes all entries out, for `putBack`. */
  takeAll(): { readonly log: OpLog; readonly others: readonly TextOp[] } {
    const log = new OpLog();
    for (let entry = 0; entry < this.count; entry++) log.#copy(this, entry);
    const others = this.others.splice(0);
    this.count = 0;
    this.settled = 0;
    this.settledLength = 0;
    this.settledDead = 0;
    this.#indexed = 0;
    this.traced.entry = NIL;
    this.#byPeer.length = 0;
    this.stretches.clear();
    return { log, others };
  }

  /** Appends entries that were taken out; none of them was settled. */
  putBack({ log, others }: { readonly log: OpLog; readonly others: readonly TextOp[] }): void {
    for (let entry = 0; entry < log.count; entry++) {
      this.#copy(log, entry);
      if (log.kind[entry] === OTHER) (this.refSeq[this.count - 1] as number) += this.others.length;
    }
    this.others.push(...others);
  }

  #copy(from: OpLog, entry: number): void {
    const copy = this.add(
      from.kind[entry] as number,
      from.peer[entry] as number,
      from.seq[entry] as number,
      from.lamport[entry] as number,
      from.index[entry] as number,
      from.length[entry] as number,
    );
    this.flags[copy] = from.flags[entry] as number;
    this.refPeer[copy] = from.refPeer[entry] as number;
    this.refSeq[copy] = from.refSeq[entry] as number;
  }

  /** Makes room for so many entries, most of which are to come. */
  reserve(entries: number): void {
    if (entries > this.kind.length) this.#grow(entries);
  }

  #grow(capacity: number): void {
    const bytes = (old: Uint8Array): Uint8Array<ArrayBuffer> => {
      const array = new Uint8Array(capacity);
      array.set(old);
      return array;
    };
    const wider = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const array = new Int32Array(capacity);
      array.set(old);
      return array;
    };
    this.kind = bytes(this.kind);
    this.flags = bytes(this.flags);
    this.peer = wider(this.peer);
    this.seq = wider(this.seq);
    const lamport = new Float64Array(capacity);
    lamport.set(this.lamport);
    this.lamport = lamport;
    this.index = wider(this.index);
    this.length = wider(this.length);
    this.refPeer = wider(this.refPeer);
    this.refSeq = wider(this.refSeq);
  }
}
