import type { Id, IdRange, Stamp } from '../core/ids.ts';
import {
  Block,
  type ContentRules,
  type Deletes,
  type Gap,
  NO_DELETES,
  type Origin,
  type Spot,
} from './block.ts';
import { BlockList } from './block-list.ts';
import { IdIndex } from './id-index.ts';
import { placeLeft, placeRight } from './integrate.ts';

/**
 * The replicated sequence: RGA (Roh et al. 2011, "Replicated abstract data types", as the timestamped insertion tree)
 * with the side bit of Fugue (Weidner and Kleppmann 2023, "The Art of the Fugue"), which keeps passages that two users
 * type into one gap apart.
 *
 * Elements with consecutive ids that stand in a row are one block. Elements are never removed: a deleted one stays as
 * a tombstone that names its live deletes. What an element holds is the caller's.
 *
 * Inserting and finding cost O(leaves + 64), with up to 64 blocks a leaf, and O(log blocks) to find an id.
 * Left out on purpose: discarding tombstones, and FugueMax's order of right siblings.
 */
export class Sequence<C> {
  readonly #list = new BlockList<C>();
  readonly #ids = new IdIndex<C>();
  readonly #rules: ContentRules<C>;
  readonly #tree = {
    list: this.#list,
    get first(): Block<C> | null {
      return this.list.first;
    },
    parentOf: (block: Block<C>): Spot<C> | null => (block.parent === null ? null : this.#known(block.parent)),
  };

  constructor(rules: ContentRules<C>) {
    this.#rules = rules;
  }

  /** The number of visible elements. */
  get length(): number {
    return this.#list.visible;
  }

  /** The first block, from which `next` leads through all of them, tombstones included. */
  get first(): Block<C> | null {
    return this.#list.first;
  }

  /** The element with this id, or null if there is none. */
  find(id: Id): Spot<C> | null {
    const block = this.#ids.find(id);
    return block === undefined ? null : { block, offset: id.seq - block.seq };
  }

  /** The visible element at `index`; throws RangeError outside of [0, length). */
  at(index: number): Spot<C> {
    return this.#list.at(index);
  }

  /** The id of the visible element at `index`; throws RangeError outside of [0, length). */
  idAt(index: number): Id {
    const { block, offset } = this.at(index);
    return block.idAt(offset);
  }

  /** The number of visible elements before `spot`: its own index, if it is visible. */
  indexOf(spot: Spot<C>): number {
    return this.#list.indexOf(spot.block) + (spot.block.deletes.length === 0 ? spot.offset : 0);
  }

  /** Negative if `a` stands before `b`, tombstones included. */
  compare(a: Spot<C>, b: Spot<C>): number {
    return a.block === b.block ? a.offset - b.offset : this.#list.compare(a.block, b.block);
  }

  /** The origin for a local insert at a visible index; throws RangeError outside of [0, length]. */
  originAt(index: number): Origin {
    return this.originAfter(index === 0 ? null : this.at(index - 1));
  }

  /** The origin for a local insert right after `left` (null: at the start), before any tombstones that follow it. */
  originAfter(left: Spot<C> | null): Origin {
    if (left === null) {
      return this.first === null ? { parent: null, side: 'R' } : { parent: this.first.idAt(0), side: 'L' };
    }
    const { block, offset } = left;
    if (offset + 1 < block.length) return { parent: block.idAt(offset + 1), side: 'L' };
    if (block.tailHasRight && block.next !== null) return { parent: block.next.idAt(0), side: 'L' };
    return { parent: block.idAt(offset), side: 'R' };
  }

  /** The gap in which a new element belongs. Throws RangeError if the parent is unknown, or the origin's left child is asked for. */
  gapFor(stamp: Stamp, origin: Origin): Gap<C> {
    const parent = origin.parent === null ? null : this.#known(origin.parent);
    if (origin.side === 'R') return placeRight(this.#tree, parent, stamp);
    if (parent === null) throw new RangeError('the origin has no left children');
    return placeLeft(this.#tree, parent, stamp);
  }

  /** Inserts `length` elements with ids from `stamp.id` on where they belong, and returns the first one's place. */
  insert(stamp: Stamp, origin: Origin, length: number, content: C, deletes: Deletes = NO_DELETES): Spot<C> {
    return this.insertIn(this.gapFor(stamp, origin), stamp, origin, length, content, deletes);
  }

  /** `insert`, at a gap that `gapFor` gave for the same stamp and origin and on the same state. */
  insertIn(
    gap: Gap<C>,
    stamp: Stamp,
    origin: Origin,
    length: number,
    content: C,
    deletes: Deletes = NO_DELETES,
  ): Spot<C> {
    const left = gap.block;
    if (left !== null && gap.offset < left.length) this.#split(left, gap.offset);
    if (left !== null && continues(left, stamp, origin) && left.deletes === deletes) {
      const joined = this.#rules.join(left.content, content);
      if (joined !== null) {
        const offset = left.length;
        left.content = joined;
        left.tailHasRight = false;
        this.#list.resize(left, length);
        return { block: left, offset };
      }
    }
    if (origin.parent !== null && origin.side === 'R') {
      const parent = this.#known(origin.parent);
      if (parent.offset === parent.block.length - 1) parent.block.tailHasRight = true;
    }
    const block = new Block(stamp, origin, length, content, deletes, this.#list.leafAfter(left));
    this.#list.insert(block, left);
    this.#ids.add(block);
    return { block, offset: 0 };
  }

  /** Whether every id of the range is an element's. */
  hasAll(range: IdRange): boolean {
    for (let seq = range.seq; seq < range.seq + range.length; ) {
      const block = this.#ids.find({ replica: range.replica, seq });
      if (block === undefined) return false;
      seq = block.seq + block.length;
    }
    return true;
  }

  /** The blocks that hold exactly the elements of the range, in the order of ids; cuts blocks at its ends. */
  isolate(range: IdRange): Block<C>[] {
    const blocks: Block<C>[] = [];
    const end = range.seq + range.length;
    for (let seq = range.seq; seq < end; ) {
      let { block, offset } = this.#known({ replica: range.replica, seq });
      if (offset > 0) block = this.#split(block, offset);
      offset = end - block.seq;
      if (offset < block.length) this.#split(block, offset);
      blocks.push(block);
      seq += block.length;
    }
    return blocks;
  }

  /** Cuts so that a block starts at `spot`, and returns that block. */
  cutBefore(spot: Spot<C>): Block<C> {
    return spot.offset === 0 ? spot.block : this.#split(spot.block, spot.offset);
  }

  /** Replaces the live deletes of a whole block. */
  setDeletes(block: Block<C>, deletes: Deletes): void {
    this.#list.setDeletes(block, deletes.length === 0 ? NO_DELETES : deletes);
  }

  /** Hides the one element: `by` names who did. Throws RangeError on an unknown id. */
  hide(id: Id, by: Id = id): void {
    for (const block of this.isolate({ ...id, length: 1 })) this.setDeletes(block, [by]);
  }

  /** Shows the one element. Throws RangeError on an unknown id. */
  show(id: Id): void {
    for (const block of this.isolate({ ...id, length: 1 })) this.setDeletes(block, NO_DELETES);
  }

  /** The ids of the visible elements, in order. */
  *ids(): Generator<Id> {
    for (let block = this.first; block !== null; block = block.next) {
      for (let i = 0; i < block.visible; i++) yield block.idAt(i);
    }
  }

  #known(id: Id): Spot<C> {
    const spot = this.find(id);
    if (spot === null) throw new RangeError(`no such element: ${id.seq}@${id.replica}`);
    return spot;
  }

  /** Cuts a block after its first `at` elements and returns the right half. */
  #split(block: Block<C>, at: number): Block<C> {
    const [left, right] = this.#rules.split(block.content, at);
    const first = { id: block.idAt(at), lamport: block.lamport + at };
    const origin: Origin = { parent: block.idAt(at - 1), side: 'R' };
    const half = new Block(first, origin, block.length - at, right, block.deletes, block.leaf);
    half.tailHasRight = block.tailHasRight;
    block.tailHasRight = true;
    block.content = left;
    this.#list.resize(block, -half.length);
    this.#list.insert(half, block);
    this.#ids.add(half);
    return half;
  }
}

/** Whether an element with this stamp and origin goes on the run of `left`. */
function continues<C>(left: Block<C>, stamp: Stamp, origin: Origin): boolean {
  const { length } = left;
  return (
    left.is(length, stamp.id) &&
    left.lamport + length === stamp.lamport &&
    origin.side === 'R' &&
    origin.parent !== null &&
    left.is(length - 1, origin.parent)
  );
}
