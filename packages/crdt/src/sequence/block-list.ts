import type { Block, Deletes, Leaf, Spot } from './block.ts';

const LEAF_SIZE = 64;

/**
 * The blocks in order: a linked list, cut into leaves that count what is visible. Finding an index looks at every
 * leaf's count and at one leaf's blocks; a document of 20,000 blocks has some 500 leaves.
 */
export class BlockList<C> {
  readonly #leaves: Leaf<C>[] = [{ blocks: [], index: 0, visible: 0 }];
  #visible = 0;
  first: Block<C> | null = null;

  /** The number of visible elements. */
  get visible(): number {
    return this.#visible;
  }

  /** The leaf in which a block after `left` will stand. */
  leafAfter(left: Block<C> | null): Leaf<C> {
    return left === null ? (this.#leaves[0] as Leaf<C>) : left.leaf;
  }

  /** Links `block` in after `left` (null: at the start). Its `leaf` must be `leafAfter(left)`. */
  insert(block: Block<C>, left: Block<C> | null): void {
    const next = left === null ? this.first : left.next;
    block.prev = left;
    block.next = next;
    if (left === null) this.first = block;
    else left.next = block;
    if (next !== null) next.prev = block;
    const { leaf } = block;
    leaf.blocks.splice(left === null ? 0 : leaf.blocks.indexOf(left) + 1, 0, block);
    this.#count(leaf, block.visible);
    if (leaf.blocks.length > LEAF_SIZE) this.#splitLeaf(leaf);
  }

  /** Makes a block longer (or shorter, by a negative number). */
  resize(block: Block<C>, by: number): void {
    block.length += by;
    if (block.deletes.length === 0) this.#count(block.leaf, by);
  }

  setDeletes(block: Block<C>, deletes: Deletes): void {
    const before = block.visible;
    block.deletes = deletes;
    this.#count(block.leaf, block.visible - before);
  }

  /** The visible element at `index`, which must be in [0, visible). */
  at(index: number): Spot<C> {
    let rest = index;
    for (const leaf of this.#leaves) {
      if (rest >= leaf.visible) {
        rest -= leaf.visible;
        continue;
      }
      for (const block of leaf.blocks) {
        const visible = block.visible;
        if (rest < visible) return { block, offset: rest };
        rest -= visible;
      }
    }
    throw new RangeError(`index ${index} outside of [0, ${this.#visible})`);
  }

  /** The number of visible elements before `block`. */
  indexOf(block: Block<C>): number {
    let index = 0;
    const { leaf } = block;
    for (let i = 0; i < leaf.index; i++) index += (this.#leaves[i] as Leaf<C>).visible;
    for (const other of leaf.blocks) {
      if (other === block) break;
      index += other.visible;
    }
    return index;
  }

  /** Negative if `a` stands before `b`. */
  compare(a: Block<C>, b: Block<C>): number {
    if (a === b) return 0;
    if (a.leaf !== b.leaf) return a.leaf.index - b.leaf.index;
    return a.leaf.blocks.indexOf(a) - a.leaf.blocks.indexOf(b);
  }

  #count(leaf: Leaf<C>, by: number): void {
    leaf.visible += by;
    this.#visible += by;
  }

  #splitLeaf(leaf: Leaf<C>): void {
    const blocks = leaf.blocks.splice(LEAF_SIZE / 2);
    const right: Leaf<C> = { blocks, index: leaf.index + 1, visible: 0 };
    for (const block of blocks) {
      block.leaf = right;
      right.visible += block.visible;
    }
    leaf.visible -= right.visible;
    this.#leaves.splice(right.index, 0, right);
    for (let i = right.index + 1; i < this.#leaves.length; i++) (this.#leaves[i] as Leaf<C>).index = i;
  }
}
