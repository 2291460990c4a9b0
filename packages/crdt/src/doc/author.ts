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

/**
 * The changes of one replica as columns, in the order of their seqs, without gaps. An entry is one change, or a run of
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
  #from = new Float64Array(4);
  #lamport = new Float64Array(4);
  #time = new Float64Array(4);
  #target = new Uint32Array(4);
  #flags = new Uint8Array(4);
  #bodyFrom = new Float64Array(4);
  #bodyTo = new Float64Array(4);
  /** By first seq of the entry: pairs of peer and seq. */
  readonly #deps = new Map<number, readonly number[]>();

  constructor(peer: number) {
    this.peer = peer;
    this.names = new Names(peer);
  }

  from(entry: number): number {
    return this.#from[entry] as number;
  }

  to(entry: number): number {
    return entry + 1 < this.count ? (this.#from[entry + 1] as number) : this.next;
  }

  lamportAt(entry: number): number {
    return this.#lamport[entry] as number;
  }

  /** Seconds since 1970 by the author's clock. */
  time(entry: number): number {
    return entry < 0 ? 0 : (this.#time[entry] as number);
  }

  /** The index of its target; of no meaning in a MULTI entry. */
  target(entry: number): number {
    return this.#target[entry] as number;
  }

  flags(entry: number): number {
    return this.#flags[entry] as number;
  }

  /** Where its body is in the log's heap. */
  bodyFrom(entry: number): number {
    return this.#bodyFrom[entry] as number;
  }

  bodyTo(entry: number): number {
    return this.#bodyTo[entry] as number;
  }

  /** The last ids of other replicas that it builds on, as pairs of peer and seq, or null. */
  deps(entry: number): readonly number[] | null {
    return this.#deps.get(this.#from[entry] as number) ?? null;
  }

  /** The entry that holds `seq`, or `count` if none does yet. */
  find(seq: number): number {
    if (seq >= this.next) return this.count;
    let low = 0;
    let high = this.count - 1;
    if (seq >= (this.#from[high] as number)) return high;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#from[middle] as number) <= seq) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  lamportOf(seq: number): number {
    const entry = this.find(seq);
    if (entry >= this.count) throw new RangeError(`no such id: ${seq} of peer ${this.peer}`);
    return (this.#lamport[entry] as number) + (seq - (this.#from[entry] as number));
  }

  /** May a single op to `target` at `time`, without new deps, be part of the last entry? */
  extends(target: number, time: number): boolean {
    const last = this.count - 1;
    return (
      last >= 0 &&
      this.#flags[last] === RUN &&
      this.#target[last] === target &&
      Math.abs(time - (this.#time[last] as number)) < 60
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
    if (entry === this.#from.length) this.#grow();
    this.#from[entry] = this.next;
    this.#lamport[entry] = lamport;
    this.#time[entry] = time;
    this.#target[entry] = target;
    this.#flags[entry] = flags;
    this.#bodyFrom[entry] = bodyFrom;
    this.#bodyTo[entry] = bodyTo;
    if (deps !== null) this.#deps.set(this.next, deps);
    this.count = entry + 1;
    this.next += width;
    this.lamport = lamport + width - 1;
  }

  /** Makes two entries of the run that holds `seq`: the second begins there. */
  split(seq: number): void {
    const entry = this.find(seq);
    const offset = seq - (this.#from[entry] as number);
    if (offset === 0) return;
    if (this.count === this.#from.length) this.#grow();
    for (const column of this.#columns()) column.copyWithin(entry + 1, entry, this.count);
    this.count++;
    this.#from[entry + 1] = seq;
    this.#lamport[entry + 1] = (this.#lamport[entry] as number) + offset;
  }

  #columns() {
    return [
      this.#from,
      this.#lamport,
      this.#time,
      this.#target,
      this.#flags,
      this.#bodyFrom,
      this.#bodyTo,
    ] as const;
  }

  #grow(): void {
    const size = this.#from.length * 2;
    this.#from = bigger(this.#from, new Float64Array(size));
    this.#lamport = bigger(this.#lamport, new Float64Array(size));
    this.#time = bigger(this.#time, new Float64Array(size));
    this.#target = bigger(this.#target, new Uint32Array(size));
    this.#flags = bigger(this.#flags, new Uint8Array(size));
    this.#bodyFrom = bigger(this.#bodyFrom, new Float64Array(size));
    this.#bodyTo = bigger(this.#bodyTo, new Float64Array(size));
  }
}

function bigger<C extends Float64Array | Uint32Array | Uint8Array>(old: C, fresh: C): C {
  fresh.set(old);
  return fresh;
}
