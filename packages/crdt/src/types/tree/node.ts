import type { Stamp } from '../../core/ids.ts';
import { IDLE, keepLayout } from '../../core/layout.ts';
import { Slot, type Slots } from '../list/slots.ts';
import { ROOT, TRASH } from './op.ts';

/** A node of the tree, or a name that a move mentioned. */
export class TreeNode {
  readonly name: string;
  /** The root and the trash: always there, never moved. */
  readonly isFixed: boolean;
  /** The move that put it where it is; null: it is not there. */
  winner: Move | null = null;
  /** The winner's parent, at hand for climbing. */
  parent: TreeNode | null = null;
  /** The first of its moves in ≺ that has an effect: since then it is there. */
  born: Move | null = null;
  /** Whether any move of it was ever entered. */
  isKnown = false;
  /** One slot for each move below it, or null if there never was any. */
  slots: Slots<Move> | null = null;
  /** Its children as the view shows them, or null if that is stale. */
  shown: readonly string[] | null = null;

  constructor(name: string) {
    this.name = name;
    this.isFixed = name === ROOT || name === TRASH;
  }

  /** Whether it may have children. */
  get isThere(): boolean {
    return this.isFixed || this.winner !== null;
  }

  /** Puts it where `move` says, or nowhere. */
  put(move: Move | null): void {
    this.winner = move;
    this.parent = move === null ? null : move.parent;
  }
}

/** A move, and its slot among those of the parent: shown while the move is its node's winner. */
export class Move extends Slot<Move> {
  readonly node: TreeNode;
  readonly parent: TreeNode;
  /** True if the move would have closed a ring, or gone below a node that was not there: it has no effect. */
  skipped = true;
  /** The move that held its node before it. */
  previous: Move | null = null;
  /** True while it stands outside of the log, as the first of its node. */
  isFirst = false;

  constructor(stamp: Stamp, node: TreeNode, parent: TreeNode) {
    super(stamp, false);
    this.node = node;
    this.parent = parent;
  }
}

keepLayout(new Move(IDLE, new TreeNode(''), new TreeNode('')));

/** True if `node` is `ancestor` or below it. */
export function isUnder(node: TreeNode, ancestor: TreeNode): boolean {
  if (node === ancestor) return true;
  // What never had a child is above nothing.
  if (ancestor.slots === null) return false;
  for (let at = node.parent; at !== null; at = at.parent) if (at === ancestor) return true;
  return false;
}
