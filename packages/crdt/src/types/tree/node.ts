import type { Slot, Slots } from '../list/slots.ts';
import { compareSlots } from '../list/slots.ts';
import { ROOT, TRASH } from './op.ts';

/** A node of the tree, or a name that a move mentioned. */
export class TreeNode {
  readonly name: string;
  /** The root and the trash: always there, never moved. */
  readonly isFixed: boolean;
  /** The move that put it where it is; null: it is not there. */
  winner: Move | null = null;
  /** All its moves in ≺, the skipped ones too. */
  readonly history: Move[] = [];
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
}

export interface Move {
  readonly node: TreeNode;
  readonly parent: TreeNode;
  /** Its slot among those of the parent, which has the move's stamp; shown while the move is its node's winner. */
  slot: Slot<Move>;
  /** True if the move would have closed a ring, or gone below a node that was not there: it has no effect. */
  skipped: boolean;
}

/** The order ≺: negative if `a` comes first. */
export function compareMoves(a: Move, b: Move): number {
  return compareSlots(a.slot, b.slot);
}

/** Where a move stands, or would stand, in a history. */
export function rankOf(history: readonly Move[], move: Move): number {
  let high = history.length;
  // Mostly it is the last.
  if (high === 0 || compareMoves(history[high - 1] as Move, move) < 0) return high;
  let low = 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareMoves(history[middle] as Move, move) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
