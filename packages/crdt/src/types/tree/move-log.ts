import { compareStamps, type Stamp } from '../../core/ids.ts';
import { ROOT, TRASH, type TreeOp } from './op.ts';

/** A move in the log, with what came of it. */
export interface Move {
  readonly op: TreeOp;
  readonly stamp: Stamp;
  /** The move that had put the node where it was before this one; undefined for the node's first. */
  before: Move | undefined;
  /** True if the move would have closed a ring, or gone below a node that was not there: it has no effect. */
  skipped: boolean;
}

/** What one insert into the log brought about. */
export interface Outcome {
  /** The nodes whose place changed, with the move that had placed them before. */
  readonly moved: ReadonlyMap<string, Move | undefined>;
  /** The moves that are skipped now and were not before, the new one included. */
  readonly skipped: readonly Move[];
}

/*
 * All moves ever, in ≺. The tree is what comes out when they are carried out in this order, skipping each one that
 * would put a node below itself (Kleppmann et al. 2021, machine-checked there in Isabelle) or below a node that no
 * earlier move has made. Both rules look at the earlier moves alone, so the tree is a function of the set of moves.
 *
 * A late move takes the later ones back, is carried out, and has them carried out again: O(later moves × depth). The
 * move that makes a new node needs none of that, because no other move can depend on it.
 */
export class MoveLog {
  readonly #log: Move[] = [];
  /** The move that put each node where it is. */
  readonly #winners = new Map<string, Move>();
  /** The nodes that some move names, as node or as parent. */
  readonly #named = new Set<string>();

  /** The nodes, each with the move that put it where it is. */
  get winners(): ReadonlyMap<string, Move> {
    return this.#winners;
  }

  /** True if `node` may have children. */
  isThere(node: string): boolean {
    return node === ROOT || node === TRASH || this.#winners.has(node);
  }

  isUnder(node: string, ancestor: string): boolean {
    for (let at: string | undefined = node; at !== undefined; at = this.#winners.get(at)?.op.parent) {
      if (at === ancestor) return true;
    }
    return false;
  }

  /** True if the move would be skipped, were it the last. */
  wouldSkip({ node, parent }: TreeOp): boolean {
    return !this.isThere(parent) || this.isUnder(parent, node);
  }

  insert(op: TreeOp, stamp: Stamp): Outcome {
    const move: Move = { op, stamp, before: undefined, skipped: false };
    const at = this.#indexOf(stamp);
    const independent = at === this.#log.length || this.#isBirthBelowElder(move);
    this.#named.add(op.node).add(op.parent);
    const moved = new Map<string, Move | undefined>();
    if (independent) {
      this.#log.splice(at, 0, move);
      this.#carryOut(move, moved);
      return { moved, skipped: move.skipped ? [move] : [] };
    }
    const later = this.#log.splice(at);
    for (const other of later.toReversed()) this.#takeBack(other, moved);
    const skipped: Move[] = [];
    for (const other of [move, ...later]) {
      const was = other.skipped;
      this.#log.push(other);
      this.#carryOut(other, moved);
      if (other.skipped && !was) skipped.push(other);
    }
    for (const [node, before] of moved) if (this.#winners.get(node) === before) moved.delete(node);
    return { moved, skipped };
  }

  #carryOut(move: Move, moved: Map<string, Move | undefined>): void {
    const { node } = move.op;
    move.skipped = this.wouldSkip(move.op);
    if (move.skipped) return;
    move.before = this.#winners.get(node);
    if (!moved.has(node)) moved.set(node, move.before);
    this.#winners.set(node, move);
  }

  #takeBack(move: Move, moved: Map<string, Move | undefined>): void {
    if (move.skipped) return;
    const { node } = move.op;
    if (!moved.has(node)) moved.set(node, move);
    if (move.before === undefined) this.#winners.delete(node);
    else this.#winners.set(node, move.before);
  }

  /** True if no move names the node yet, and its parent is older than it: then the moves after it do not care. */
  #isBirthBelowElder({ op, stamp }: Move): boolean {
    if (this.#named.has(op.node)) return false;
    if (op.parent === ROOT || op.parent === TRASH) return true;
    let birth = this.#winners.get(op.parent);
    while (birth?.before !== undefined) birth = birth.before;
    return birth !== undefined && compareStamps(birth.stamp, stamp) < 0;
  }

  #indexOf(stamp: Stamp): number {
    let low = 0;
    let high = this.#log.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareStamps((this.#log[middle] as Move).stamp, stamp) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
