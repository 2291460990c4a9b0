import type { Stamp } from '../../core/ids.ts';
import { IDLE, keepLayout } from '../../core/layout.ts';
import { Slot, type Slots } from '../list/slots.ts';
import { ROOT, TRASH } from './op.ts';

/** A node of the tree, or a name that a move mentioned. */
export class TreeNode {
  readonly name: string;
  /** Its place in the tree's columns. */
  readonly index: number;
  /** The root and the trash: always there, never moved. */
  readonly isFixed: boolean;
  /** The move that put it where it is; null: it is not there. */
  winner: Move | null = null;
  /** The first of its moves in ≺ that has an effect: since then it is there. */
  born: Move | null = null;
  /** Whether any move of it was ever entered. */
  isKnown = false;
  /** One slot for each move below it, or null if there never was any. */
  slots: Slots<Move> | null = null;
  /** Its children as the view shows them, or null if that is stale. */
  shown: readonly string[] | null = null;

  constructor(name: string, index: number) {
    this.name = name;
    this.index = index;
    this.isFixed = name === ROOT || name === TRASH;
  }

  /** Whether it may have children. */
  get isThere(): boolean {
    return this.isFixed || this.winner !== null;
  }

  get parent(): TreeNode | null {
    return this.winner === null ? null : this.winner.parent;
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

keepLayout(new Move(IDLE, new TreeNode('', 0), new TreeNode('', 1)));
