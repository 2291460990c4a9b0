import { Names } from './names.ts';

/** What the entry holds: a run of single-op changes to one journaled container, which may be cut anywhere … */
export const RUN = 0;
/** … or one change of several ops to one journaled container … */
export const ATOMIC = 1;
/** … or one change to several containers … */
export const MULTI = 2;
/** … or one op of an ordinary type. */
export const OP = 3;
export const FORM = 3;
/** The ops, or some of them, could not be read: kept as the bytes that came. */
export const UNREAD = 4;
/** The ops were left out when the document was saved without its history. */
export const DROPPED = 8;

/** Of a row. */
const WIDTH = 7;
const LAMPORT = 1;
const TIME = 2;
const TARGET = 3;
const FLAGS = 4;
const BODY_FROM = 5;
const BODY_TO = 6;

/**
 * The changes of one replica in rows, in the order of their seqs, without gaps. An entry is one change, or a run of
 * changes that each extend the one before: same journaled container, one op, nothing new seen from others, less than a
 * minute later. Such a run costs no more than its first change.
 */
export class Author {
  readonly peer: number;
  readonly names: Names;
  /** How many entries there are. */
  count = 0;
  /** The first id that is not here. */
  next = 0;
  /** Lamport time of the last id. */
  lamport = 0;
  /** Nobody has built on the last change yet. */
  isHead = false;
  /** The version vector in use has an older `next`. */
  isStale = false;
  /** Names of ids below this are in the table: all of them, unless the author writes here. */
  named = Number.POSITIVE_INFINITY;
  /** A row for each entry: from, Lamport time, time, target, flags, body from, body to. One array: authors are many. */
  #rows = new Float64Array(WIDTH);
  /** By first seq of the entry: pairs of peer and seq. */
  #deps: Map<number, readonly number[]> | null = null;

  constructor(peer: number) {
    this.peer = peer;
    this.names = new Names(peer);
  }

  from(entry: number): number {
    return this.#rows[entry * WIDTH] as number;
  }

  to(entry: number): number {
    return entry + 1 < this.count ? (this.#rows[(entry + 1) * WIDTH] as number) : this.next;
  }

  lamportAt(entry: number): number {
    return this.#rows[entry * WIDTH + LAMPORT] as number;
  }

  /** Seconds since 1970 by the author's clock. */
  time(entry: number): number {
    return entry < 0 ? 0 : (this.#rows[entry * WIDTH + TIME] as number);
  }

  /** The index of its target; of no meaning in a MULTI entry. */
  target(entry: number): number {
    return this.#rows[entry * WIDTH + TARGET] as number;
  }

  flags(entry: number): number {
    return this.#rows[entry * WIDTH + FLAGS] as number;
  }

  /** Where its body is in the log's heap. */
  bodyFrom(entry: number): number {
    return this.#rows[entry * WIDTH + BODY_FROM] as number;
  }

  bodyTo(entry: number): number {
    return this.#rows[entry * WIDTH + BODY_TO] as number;
  }

  /** The last ids of other replicas that it builds on, as pairs of peer and seq, or null. */
  deps(entry: number): readonly number[] | null {
    return this.#deps?.get(this.#rows[entry * WIDTH] as number) ?? null;
  }

  /** The entry that holds `seq`, or `count` if none does yet. */
  find(seq: number): number {
    if (seq >= this.next) return this.count;
    let low = 0;
    let high = this.count - 1;
    if (seq >= (this.#rows[high * WIDTH] as number)) return high;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#rows[middle * WIDTH] as number) <= seq) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  lamportOf(seq: number): number {
    const entry = this.find(seq);
    if (entry >= this.count) throw new RangeError(`no such id: ${seq} of peer ${this.peer}`);
    return (this.#rows[entry * WIDTH + LAMPORT] as number) + (seq - (this.#rows[entry * WIDTH] as number));
  }

  /** May a single op to `target` at `time`, without new deps, be part of the last entry? */
  extends(target: number, time: number): boolean {
    const last = this.count - 1;
    return (
      last >= 0 &&
      this.#rows[last * WIDTH + FLAGS] === RUN &&
      this.#rows[last * WIDTH + TARGET] === target &&
      Math.abs(time - (this.#rows[last * WIDTH + TIME] as number)) < 60
    );
  }

  /** Adds `width` ids to the last entry. */
  extend(width: number): void {
    this.next += width;
    this.lamport += width;
  }

  append(
    width: number,
    lamport: number,
    time: number,
    target: number,
    flags: number,
    bodyFrom: number,
    bodyTo: number,
    deps: readonly number[] | null,
  ): void {
    const entry = this.count;
    if ((entry + 1) * WIDTH > this.#rows.length) this.#grow();
    this.#rows[entry * WIDTH] = this.next;
    this.#rows[entry * WIDTH + LAMPORT] = lamport;
    this.#rows[entry * WIDTH + TIME] = time;
    this.#rows[entry * WIDTH + TARGET] = target;
    this.#rows[entry * WIDTH + FLAGS] = flags;
    this.#rows[entry * WIDTH + BODY_FROM] = bodyFrom;
    this.#rows[entry * WIDTH + BODY_TO] = bodyTo;
    if (deps !== null) {
      this.#deps ??= new Map();
      this.#deps.set(this.next, deps);
    }
    this.count = entry + 1;
    this.next += width;
    this.lamport = lamport + width - 1;
  }

  /** Makes two entries of the run that holds `seq`: the second begins there. */
  split(seq: number): void {
    const entry = this.find(seq);
    const offset = seq - (this.#rows[entry * WIDTH] as number);
    if (offset === 0) return;
    if ((this.count + 1) * WIDTH > this.#rows.length) this.#grow();
    this.#rows.copyWithin((entry + 1) * WIDTH, entry * WIDTH, this.count * WIDTH);
    this.count++;
    this.#rows[(entry + 1) * WIDTH] = seq;
    this.#rows[(entry + 1) * WIDTH + LAMPORT] = (this.#rows[entry * WIDTH + LAMPORT] as number) + offset;
  }

  #grow(): void {
    const wider = new Float64Array(this.#rows.length * 2);
    wider.set(this.#rows);
    this.#rows = wider;
  }
}
