import type { Stamp } from '../core/ids.ts';
import type { Block, Gap, Side, Spot } from './block.ts';

/** What integration asks of the sequence. */
export interface Tree<C> {
  readonly first: Block<C> | null;
  /** The parent of the block's first element; null if that is the origin. */
  parentOf(block: Block<C>): Spot<C> | null;
}

/*
 * The order is that of a depth-first walk: left children ascending by ≺, the node, right children descending. A new
 * element starts next to its parent and passes the subtrees of those siblings that come between. An element o on the
 * way belongs to such a sibling t only if climbing from o leads to t; comparing o alone would be wrong, for a left
 * child deep in a smaller sibling's subtree may be greater. But o ≺ e is enough to stop: t is not after o in ≺.
 */

/** The gap in which an element with this stamp belongs as a right child of `parent` (null: the origin). */
export function placeRight<C>(tree: Tree<C>, parent: Spot<C> | null, stamp: Stamp): Gap<C> {
  let left: Block<C> | null = null;
  if (parent !== null) {
    const { block, offset } = parent;
    const sibling = offset + 1;
    if (sibling < block.length && block.compare(sibling, stamp) < 0) return { block, offset: sibling };
    left = block;
  }
  const passed = new Set<Block<C>>();
  for (let o = left === null ? tree.first : left.next; o !== null; o = o.next) {
    if (o.compare(0, stamp) < 0 || !passes(tree, { block: o, offset: 0 }, parent, 'R', stamp, passed)) break;
    left = o;
  }
  return { block: left, offset: left === null ? 0 : left.length };
}

/** The gap in which an element with this stamp belongs as a left child of `parent`. */
export function placeLeft<C>(tree: Tree<C>, parent: Spot<C>, stamp: Stamp): Gap<C> {
  if (parent.offset > 0) return parent;
  const passed = new Set<Block<C>>();
  let o = parent.block.prev;
  for (; o !== null; o = o.prev) {
    const offset = o.length - 1;
    if (o.compare(offset, stamp) < 0 || !passes(tree, { block: o, offset }, parent, 'L', stamp, passed))
      break;
  }
  return { block: o, offset: o === null ? 0 : o.length };
}

/**
 * Whether `from` stands in the subtree of a child of `parent` on `side` that is greater than `stamp`.
 * Remembers in `passed` the blocks of which this is known, so that a walk over n blocks climbs O(n) steps in all.
 */
function passes<C>(
  tree: Tree<C>,
  from: Spot<C>,
  parent: Spot<C> | null,
  side: Side,
  stamp: Stamp,
  passed: Set<Block<C>>,
): boolean {
  const path: Block<C>[] = [];
  let { block, offset } = from;
  for (;;) {
    if (passed.has(block)) break;
    if (parent !== null && block === parent.block) {
      if (side === 'L' || offset <= parent.offset || block.compare(parent.offset + 1, stamp) < 0)
        return false;
      break;
    }
    path.push(block);
    const up = tree.parentOf(block);
    // `from` stands on `side` of the parent, so a climb that ends in the parent came from that side.
    if (up === null || (parent !== null && up.block === parent.block && up.offset === parent.offset)) {
      if ((up === null) !== (parent === null) || block.compare(0, stamp) < 0) return false;
      break;
    }
    ({ block, offset } = up);
  }
  for (const known of path) passed.add(known);
  return true;
}
