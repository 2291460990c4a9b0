import type { Leaf } from './leaf.ts';

/** No run, no replica. */
export const NIL = -1;

/** Bits of `RunTable.flags`. */
export const LEFT = 1;
/** The last element has a right child (the others have one: the next in the run). */
export const TAIL = 2;
/** One block marker or embed, not characters. */
export const ELEMENT = 4;
/** Element i was deleted by op `deleterSeq + i`: the delete key, pressed again and again. */
export const STEP_UP = 8;
/** Element i was deleted by op `deleterSeq - i`: backspace. */
export const STEP_DOWN = 16;
/** Further deletes name it, see `RunSequence.others`. */
export const MORE = 32;
/** Its text stands backwards among the deleted text. */
export const BACKWARDS = 64;

/**
 * Runs as a struct of arrays. A run is `length` elements with consecutive ids and Lamport times that stand next to
 * each other, all visible or all deleted, each one after the first a right child of the one before. Replicas are the
 * document's small integers. `parent…` is that of the first element, NIL for the origin.
 */
export class RunTable {
  peer = new Int32Array(16);
  seq = new Int32Array(16);
  /** Wide: anybody's ids count in it, in this container or another. */
  lamport = new Float64Array(16);
  length = new Int32Array(16);
  parentPeer = new Int32Array(16);
  parentSeq = new Int32Array(16);
  /** Who deleted it; NIL if it is visible. */
  deleterPeer = new Int32Array(16);
  /** The delete op of its first element. */
  deleterSeq = new Int32Array(16);
  /** Where the first element's unit is among the deleted text. */
  text = new Int32Array(16);
  /** Number of the set of marks that cover it; 0 is none. */
  cover = new Int32Array(16);
  next = new Int32Array(16);
  prev = new Int32Array(16);
  flags = new Uint8Array(16);
  readonly leaf: Leaf[] = [];
  #capacity = 16;
  #used = 0;
  #free: number[] = [];

  /** How many runs there are. */
  get size(): number {
    return this.#used - this.#free.length;
  }

  /** A row to be filled. */
  allocate(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#used === this.#capacity) this.#grow();
    return this.#used++;
  }

  release(run: number): void {
    this.length[run] = 0;
    this.#free.push(run);
  }

  visible(run: number): number {
    return (this.deleterPeer[run] as number) < 0 ? (this.length[run] as number) : 0;
  }

  /** +1, 0 or −1: how the delete ops of the elements go on. */
  step(run: number): number {
    const flags = this.flags[run] as number;
    return (flags & STEP_UP) !== 0 ? 1 : (flags & STEP_DOWN) !== 0 ? -1 : 0;
  }

  #grow(): void {
    const capacity = this.#capacity * 2;
    const wider = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const array = new Int32Array(capacity);
      array.set(old);
      return array;
    };
    this.peer = wider(this.peer);
    this.seq = wider(this.seq);
    const lamport = new Float64Array(capacity);
    lamport.set(this.lamport);
    this.lamport = lamport;
    this.length = wider(this.length);
    this.parentPeer = wider(this.parentPeer);
    this.parentSeq = wider(this.parentSeq);
    this.deleterPeer = wider(this.deleterPeer);
    this.deleterSeq = wider(this.deleterSeq);
    this.text = wider(this.text);
    this.cover = wider(this.cover);
    this.next = wider(this.next);
    this.prev = wider(this.prev);
    const flags = new Uint8Array(capacity);
    flags.set(this.flags);
    this.flags = flags;
    this.#capacity = capacity;
  }
}
