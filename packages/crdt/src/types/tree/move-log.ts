import { compareStamps, type Stamp } from '../../core/ids.ts';
import { ROOT, TRASH, type TreeOp } from './op.ts';

/** A move in the log. */
export interface Move {
  readonly op: TreeOp;
  readonly stamp: Stamp;
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
 * All moves ever. The tree is what comes out when they are carried out in ≺, skipping each one that would put a node
 * below itself (Kleppmann et al. 2021, machine-checked there in Isabelle) or below a node that no earlier move has
 * made. Both rules look at the earlier moves alone, so the tree is a function of the set of moves.
 *
 * The paper takes all later moves back for a late one, and carries them out again. Here the log remembers where each
 * node was at any time, and judges again only what can fare otherwise. If a move of N takes effect, or ceases to, then
 * a later move of X is in a ring that it was not in before, or the other way round, only if X was above N at some time;
 * and a move below N that was skipped may have found no N. Those are judged in ≺, and so on for each that changes.
 */
export class MoveLog {
  /** For each node its moves in ≺. */
  readonly #histories = new Map<string, Move[]>();
  /** For each parent the moves to it, in the order of arrival. */
  readonly #into = new Map<string, Move[]>();
  /** The move that put each node where it is. */
  readonly #winners = new Map<string, Move>();
  #last: Stamp | undefined;

  /** The nodes, each with the move that put it where it is. */
  get winners(): ReadonlyMap<string, Move> {
    return this.#winners;
  }

  /** True if `node` may have children. */
  isThere(node: string): boolean {
    return isFixed(node) || this.#winners.has(node);
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
    const move: Move = { op, stamp, skipped: true };
    this.#record(move);
    const moved = new Map<string, Move | undefined>();
    const skipped: Move[] = [];
    const queue = new Queue();
    queue.add(move);
    for (let next = queue.next(); next !== undefined; next = queue.next()) {
      const was = next.skipped;
      next.skipped = this.#skips(next);
      if (next.skipped && (!was || next === move)) skipped.push(next);
      if (next.skipped === was) continue;
      const { node } = next.op;
      if (!moved.has(node)) moved.set(node, this.#winners.get(node));
      this.#judgeAgain(next, queue);
    }
    this.#settle(moved);
    return { moved, skipped };
  }

  #record(move: Move): void {
    const { op, stamp } = move;
    const history = this.#histories.get(op.node);
    if (history === undefined) this.#histories.set(op.node, [move]);
    else history.splice(indexOf(history, stamp), 0, move);
    const into = this.#into.get(op.parent);
    if (into === undefined) this.#into.set(op.parent, [move]);
    else into.push(move);
    if (this.#last === undefined || compareStamps(this.#last, stamp) < 0) this.#last = stamp;
  }

  /** Judged at its own time. What comes before it must be judged already. */
  #skips({ op, stamp }: Move): boolean {
    for (let at = op.parent; !isFixed(at); ) {
      if (at === op.node) return true;
      const place = this.#placeBefore(at, stamp);
      if (place === undefined) return true;
      at = place.op.parent;
    }
    return false;
  }

  /** The move that held `node` just before `stamp`. */
  #placeBefore(node: string, stamp: Stamp): Move | undefined {
    const history = this.#histories.get(node) ?? [];
    return history.findLast((move) => !move.skipped && compareStamps(move.stamp, stamp) < 0);
  }

  /** `move` takes effect, or does not any more: queues the later moves that this may matter to. */
  #judgeAgain({ op, stamp }: Move, queue: Queue): void {
    if (this.#last !== undefined && compareStamps(stamp, this.#last) >= 0) return;
    const isLater = (move: Move): boolean => compareStamps(move.stamp, stamp) > 0;
    for (const move of this.#into.get(op.node) ?? []) if (move.skipped && isLater(move)) queue.add(move);
    // What was or would be above the node from then on. A set takes what is added while it is walked.
    const above = new Set([op.parent]);
    const parentBefore = (node: string): string => this.#placeBefore(node, stamp)?.op.parent ?? ROOT;
    above.add(parentBefore(op.node));
    for (const node of above) {
      if (isFixed(node) || node === op.node) continue;
      above.add(parentBefore(node));
      for (const [i, move] of (this.#histories.get(node) ?? []).entries()) {
        if (!isLater(move)) continue;
        above.add(move.op.parent);
        // A node's first move closes no ring: nothing is below it yet.
        if (i > 0) queue.add(move);
      }
    }
  }

  /** Brings the winners up to date, and leaves in `moved` only what has another one now. */
  #settle(moved: Map<string, Move | undefined>): void {
    for (const [node, before] of moved) {
      const winner = this.#histories.get(node)?.findLast((move) => !move.skipped);
      if (winner === before) moved.delete(node);
      else if (winner === undefined) this.#winners.delete(node);
      else this.#winners.set(node, winner);
    }
  }
}

/** Moves to be judged, the first in ≺ first. Each at most once, because judging leads to later ones only. */
class Queue {
  /** Last first. */
  readonly #moves: Move[] = [];
  readonly #known = new Set<Move>();

  add(move: Move): void {
    if (this.#known.has(move)) return;
    this.#known.add(move);
    let low = 0;
    let high = this.#moves.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareStamps((this.#moves[middle] as Move).stamp, move.stamp) > 0) low = middle + 1;
      else high = middle;
    }
    this.#moves.splice(low, 0, move);
  }

  next(): Move | undefined {
    return this.#moves.pop();
  }
}

function isFixed(node: string): boolean {
  return node === ROOT || node === TRASH;
}

/** Where a move with this stamp stands in a history. */
function indexOf(history: readonly Move[], stamp: Stamp): number {
  let low = 0;
  let high = history.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareStamps((history[middle] as Move).stamp, stamp) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
