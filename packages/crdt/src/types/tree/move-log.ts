import { compareSlots } from '../list/siblings.ts';
import { type Move, TreeNode } from './node.ts';

const NOWHERE = -1;

/** What settling brought about. */
export interface Outcome {
  /** The nodes whose place changed, with the move that had placed them before. */
  readonly moved: ReadonlyMap<TreeNode, Move | null>;
  /** The moves that are skipped now and were not before, new ones included. */
  readonly skipped: readonly Move[];
}

/*
 * All moves ever, after Kleppmann, Mulligan, Gomes and Beresford 2021, "A highly-available move operation for replicated
 * trees". The tree is what comes out when they are carried out in ≺, skipping each one that would put a node below
 * itself (machine-checked in the paper in Isabelle) or below a node that no earlier move has made. Both rules look at
 * the earlier moves alone, so the tree is a function of the set of moves.
 *
 * State: the moves that were carried out, in ≺, each with the one that held its node before, and those that wait. The
 * newest move is carried out at once. A late one waits until somebody looks; then all that wait are sorted, the moves
 * after the first of them are taken back, and everything is carried out in ≺: once for a batch, whatever its size.
 *
 * A node's first move needs none of that, however late: nothing can be below what was not there, so whether it counts
 * depends only on its parent being there at that time, and what is there once in ≺ stays. It is kept out of the log,
 * unless an earlier move of the same node turns up.
 *
 * A move costs a climb to the root, or nothing if its node never had a child. Late moves cost in addition one climb for
 * each move in the log that is later than the first of them. docs/decisions/0016 compares other ways.
 */
export class MoveLog {
  /** Carried out, in ≺; without the first moves of nodes. */
  readonly #done: Move[] = [];
  #waiting: Move[] = [];
  /** For each node the index of its parent, or NOWHERE: climbing reads nothing else. */
  readonly #above: number[] = [];
  /** Of those that wait, the ones that had an effect outside of the log until an earlier move of their node came. */
  #demoted: Move[] = [];

  /** Whether moves wait to be settled. */
  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** A node that is nowhere yet. */
  newNode(name: string): TreeNode {
    return new TreeNode(name, this.#above.push(NOWHERE) - 1);
  }

  /** True if `node` is `ancestor` or below it. Nothing may wait. */
  isUnder(node: TreeNode, ancestor: TreeNode): boolean {
    // What never had a child is above nothing.
    if (ancestor.slots === null) return node === ancestor;
    const above = this.#above;
    let at = node.index;
    while (at !== NOWHERE && at !== ancestor.index) at = above[at] as number;
    return at !== NOWHERE;
  }

  /** True if the move would be skipped, were it the last. Nothing may wait. */
  wouldSkip(node: TreeNode, parent: TreeNode): boolean {
    return !parent.isThere || this.isUnder(parent, node);
  }

  /** Takes a move in. False if it waits for `settle`. */
  enter(move: Move): boolean {
    const { node } = move;
    const { born } = node;
    move.isFirst = !node.isKnown && node.slots === null && wasThere(move.parent, move);
    node.isKnown = true;
    if (move.isFirst) {
      this.#carryOut(move);
      return true;
    }
    const last = this.#done.at(-1);
    const isLate = last !== undefined && compareSlots(last, move) > 0;
    const isDemoted = born?.isFirst && compareSlots(born, move) > 0;
    if (this.#waiting.length > 0 || isLate || isDemoted) {
      this.#waiting.push(move);
      if (isDemoted) {
        born.isFirst = false;
        this.#waiting.push(born);
        this.#demoted.push(born);
      }
      return false;
    }
    this.#carryOut(move);
    this.#done.push(move);
    return true;
  }

  /** Carries out what waits. */
  settle(): Outcome {
    const waiting = this.#waiting.sort(compareSlots);
    const before = new Map<TreeNode, Move | null>();
    const note = (node: TreeNode): void => {
      if (!before.has(node)) before.set(node, node.winner);
    };
    const undone = this.#takeBack(waiting[0], note);
    for (const { node } of this.#demoted) {
      note(node);
      this.#put(node, null);
      node.born = null;
    }
    this.#waiting = [];
    this.#demoted = [];

    const skipped: Move[] = [];
    for (let i = 0; i < waiting.length || undone.length > 0; ) {
      const [fresh, again] = [waiting[i], undone.at(-1)];
      const isFresh = fresh !== undefined && (again === undefined || compareSlots(fresh, again) < 0);
      const move = (isFresh ? fresh : again) as Move;
      if (isFresh) i++;
      else undone.pop();
      // What was demoted had an effect before.
      const wasSkipped = !isFresh && move.skipped;
      note(move.node);
      this.#carryOut(move);
      this.#done.push(move);
      if (move.skipped && !wasSkipped) skipped.push(move);
    }
    for (const [node, winner] of before) if (node.winner === winner) before.delete(node);
    return { moved: before, skipped };
  }

  /** Takes back all moves after `first`; the earliest comes out last. */
  #takeBack(first: Move | undefined, note: (node: TreeNode) => void): Move[] {
    const undone: Move[] = [];
    for (let last = this.#done.at(-1); last !== undefined && first !== undefined; last = this.#done.at(-1)) {
      if (compareSlots(last, first) < 0) break;
      this.#done.pop();
      undone.push(last);
      if (last.skipped) continue;
      note(last.node);
      this.#put(last.node, last.previous);
      if (last.previous === null) last.node.born = null;
    }
    return undone;
  }

  /** The rule, on the tree as it was when the move was made. */
  #carryOut(move: Move): void {
    const { node, parent } = move;
    move.skipped = !wasThere(parent, move) || this.isUnder(parent, node);
    if (move.skipped) return;
    move.previous = node.winner;
    this.#put(node, move);
    node.born ??= move;
  }

  /** Puts the node where `move` says, or nowhere. */
  #put(node: TreeNode, move: Move | null): void {
    node.winner = move;
    this.#above[node.index] = move === null ? NOWHERE : move.parent.index;
  }
}

/** Whether `node` was there when the move was made. */
function wasThere({ isFixed, born }: TreeNode, move: Move): boolean {
  return isFixed || (born !== null && compareSlots(born, move) < 0);
}
