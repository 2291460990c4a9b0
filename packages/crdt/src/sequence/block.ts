import type { Id, ReplicaId, Stamp } from '../core/ids.ts';

/** R: right child of its parent. L: left child (Fugue's side bit). */
export type Side = 'L' | 'R';

/** Where an element hangs in the timestamped insertion tree. `parent: null` is the origin, which has right children only. */
export interface Origin {
  readonly parent: Id | null;
  readonly side: Side;
}

/** What a sequence must know of the payload of its blocks. */
export interface ContentRules<C> {
  /** Splits the content of a block after `at` of its elements. Never called for blocks of one element. */
  split(content: C, at: number): readonly [C, C];
  /** The content of two blocks in a row as one, or null if they must stay apart. */
  join(left: C, right: C): C | null;
}

/** The ids of the live deletes of a block: empty for a visible one. Shared between blocks, never written to. */
export type Deletes = readonly Id[];

export const NO_DELETES: Deletes = [];

/** A stretch of the block list with its counts. */
export interface Leaf<C> {
  readonly blocks: Block<C>[];
  /** Position in the list of leaves. */
  index: number;
  visible: number;
}

/**
 * A run: `length` elements with consecutive ids and Lamport times that stand next to each other, each one after the
 * first a right child of the one before. `parent` and `side` are those of the first.
 */
export class Block<C> {
  readonly replica: ReplicaId;
  readonly seq: number;
  readonly lamport: number;
  readonly parent: Id | null;
  readonly side: Side;
  length: number;
  content: C;
  deletes: Deletes;
  /** Whether the last element has a right child (the others have one: the next in the run). */
  tailHasRight = false;
  leaf: Leaf<C>;
  prev: Block<C> | null = null;
  next: Block<C> | null = null;

  constructor(first: Stamp, origin: Origin, length: number, content: C, deletes: Deletes, leaf: Leaf<C>) {
    this.replica = first.id.replica;
    this.seq = first.id.seq;
    this.lamport = first.lamport;
    this.parent = origin.parent;
    this.side = origin.side;
    this.length = length;
    this.content = content;
    this.deletes = deletes;
    this.leaf = leaf;
  }

  /** The number of visible elements: all or none. */
  get visible(): number {
    return this.deletes.length === 0 ? this.length : 0;
  }

  idAt(offset: number): Id {
    return { replica: this.replica, seq: this.seq + offset };
  }

  /** The sign of ≺ between the element at `offset` and `stamp`. */
  compare(offset: number, stamp: Stamp): number {
    const lamport = this.lamport + offset - stamp.lamport;
    if (lamport !== 0) return lamport;
    if (this.replica !== stamp.id.replica) return this.replica < stamp.id.replica ? -1 : 1;
    return this.seq + offset - stamp.id.seq;
  }

  /** Whether the element at `offset` is the one that `id` names. */
  is(offset: number, id: Id): boolean {
    return this.seq + offset === id.seq && this.replica === id.replica;
  }
}

/** An element: the one at `offset` of `block`. */
export interface Spot<C> {
  readonly block: Block<C>;
  readonly offset: number;
}

/** A gap: after the first `offset` elements of `block`; `block: null` is the start of the sequence. */
export interface Gap<C> {
  readonly block: Block<C> | null;
  readonly offset: number;
}
