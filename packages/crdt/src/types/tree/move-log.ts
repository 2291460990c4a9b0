import { compareMoves, type Move, rankOf, type TreeNode } from './node.ts';

/** What one insert into the log brought about. */
export interface Outcome {
  /** The nodes whose place changed, with the move that had placed them before. */
  readonly moved: ReadonlyMap<TreeNode, Move | null>;
  /** The moves that are skipped now and were not before, the new one included. */
  readonly skipped: readonly Move[];
}

/*
 * All moves ever, after Kleppmann, Mulligan, Gomes and Beresford 2021, "A highly-available move operation for replicated
 * trees". The tree is what comes out when they are carried out in ≺, skipping each one that would put a node below
 * itself (machine-checked in the paper in Isabelle) or below a node that no earlier move has made. Both rules look at
 * the earlier moves alone, so the tree is a function of the set of moves.
 *
 * The paper takes all later moves back for a late one, and carries them out again. Here each node remembers its moves,
 * so that its place at any time is known, and only what can fare otherwise is judged again. If a move of N takes
 * effect, or ceases to, then N's place is another one until N's next move that counts. In that time a move of X is
 * newly in a ring, or no longer, only if X was above N and it goes below N; and a move below N that was skipped may
 * have found no N. Those are judged in ≺, and so on for each that changes.
 *
 * The newest move costs a climb to the root, and nothing if its node never had a child. A late move costs in addition
 * the moves of N's ancestors in the time in question. docs/decisions/0013 compares that with taking back once per batch.
 */
export class MoveLog {
  #newest: Move | null = null;

  /** True if the move would be skipped, were it the last. */
  wouldSkip(node: TreeNode, parent: TreeNode): boolean {
    return !parent.isThere || isUnder(parent, node);
  }

  /** Enters a move that is its own newest: the common case. Null if it is late and `insert` must take it. */
  append(move: Move): boolean {
    if (this.#newest !== null && compareMoves(this.#newest, move) > 0) return false;
    this.#newest = move;
    const { node } = move;
    move.skipped = this.wouldSkip(node, move.parent);
    node.history.push(move);
    if (!move.skipped) node.winner = move;
    return true;
  }

  /** Enters a move whatever its time, and settles what others it changes. */
  insert(move: Move): Outcome {
    move.node.history.splice(rankOf(move.node.history, move), 0, move);
    if (this.#newest === null || compareMoves(this.#newest, move) < 0) this.#newest = move;
    move.skipped = true;
    const moved = new Map<TreeNode, Move | null>();
    const skipped: Move[] = [];
    const queue = new Queue();
    queue.add(move);
    for (let next = queue.next(); next !== undefined; next = queue.next()) {
      const was = next.skipped;
      next.skipped = skips(next);
      if (next.skipped && (!was || next === move)) skipped.push(next);
      if (next.skipped === was) continue;
      if (!moved.has(next.node)) moved.set(next.node, next.node.winner);
      judgeAgain(next, queue);
    }
    for (const [node, before] of moved) {
      node.winner = node.history.findLast((held) => !held.skipped) ?? null;
      if (node.winner === before) moved.delete(node);
    }
    return { moved, skipped };
  }
}

/** True if `node` is `ancestor` or below it. */
export function isUnder(node: TreeNode, ancestor: TreeNode): boolean {
  if (node === ancestor) return true;
  // What never had a child is above nothing.
  if (ancestor.slots === null) return false;
  for (let at = node.winner; at !== null; at = at.parent.winner) if (at.parent === ancestor) return true;
  return false;
}

/** Judged at its own time. What comes before it must be judged already. */
function skips(move: Move): boolean {
  for (let at = move.parent; !at.isFixed; ) {
    if (at === move.node) return true;
    const place = placeBefore(at, move);
    if (place === null) return true;
    at = place.parent;
  }
  return false;
}

/** The move that held `node` just before `move`. */
function placeBefore({ history }: TreeNode, move: Move): Move | null {
  for (let i = rankOf(history, move) - 1; i >= 0; i--) {
    const held = history[i] as Move;
    if (!held.skipped) return held;
  }
  return null;
}

/** `change` takes effect, or does not any more: queues the later moves that this may matter to. */
function judgeAgain(change: Move, queue: Queue): void {
  const { node } = change;
  // Nothing was ever below it: then its place is in nobody's way.
  if (node.slots === null) return;
  const rank = rankOf(node.history, change);
  let end: Move | null = null;
  for (let i = rank + 1; i < node.history.length && end === null; i++) {
    const later = node.history[i] as Move;
    if (!later.skipped) end = later;
  }
  const inTime = (move: Move): boolean =>
    compareMoves(move, change) > 0 && (end === null || compareMoves(move, end) <= 0);
  const before = placeBefore(node, change);
  if (before === null)
    for (const { value } of node.slots.list) if (value.skipped && inTime(value)) queue.add(value);
  // What was or would be above the node in that time. A set takes what is added while it is walked.
  const above = new Set([change.parent]);
  if (before !== null) above.add(before.parent);
  for (const other of above) {
    if (other.isFixed || other === node) continue;
    const at = rankOf(other.history, change);
    const held = placeBefore(other, change);
    if (held !== null) above.add(held.parent);
    for (let i = at; i < other.history.length; i++) {
      const move = other.history[i] as Move;
      if (!inTime(move)) break;
      above.add(move.parent);
      // A node's first move closes no ring: nothing is below it yet.
      if (i > 0) queue.add(move);
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
      if (compareMoves(this.#moves[middle] as Move, move) > 0) low = middle + 1;
      else high = middle;
    }
    this.#moves.splice(low, 0, move);
  }

  next(): Move | undefined {
    return this.#moves.pop();
  }
}
