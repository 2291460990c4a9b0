import type { RunIndex } from './run-index.ts';
import type { RunList } from './run-list.ts';
import { LEFT, NIL, type RunTable } from './run-table.ts';

/*
 * Where a new element belongs. The order is that of a depth-first walk: left children ascending by ≺, the node, right
 * children descending. A new element starts next to its parent and passes the subtrees of those siblings that come
 * between. An element o on the way belongs to such a sibling t only if climbing from o leads to t; comparing o alone
 * would be wrong, for a left child deep in a smaller sibling's subtree may be greater. But o ≺ e is enough to stop: t is
 * not after o in ≺. Complexity: the runs passed, and O(log runs) for each climb; a run is climbed from once. Where many write in one
 * gap, a walk begins at a sibling that is remembered.
 */

/** What integration asks of a sequence. */
export interface Placing {
  readonly table: RunTable;
  readonly list: RunList;
  readonly index: RunIndex;
  /** The sign of the replicas' order. */
  compare(a: number, b: number): number;
  readonly crowds: Crowds;
}

/**
 * Children of an element on one side that were placed after a long walk past their siblings, from the greatest to the
 * smallest: where to begin the next walk. Only what speeds it up needs to be in here. By side and parent.
 */
export type Crowds = Map<number, Sibling[]>;

interface Sibling {
  readonly peer: number;
  readonly seq: number;
}

/** So many siblings are passed before a newcomer is remembered. */
const MANY = 12;

/** A new element: its place in ≺. */
export interface Newcomer {
  peer: number;
  seq: number;
  lamport: number;
}

/** The gap after the first `offset` elements of `run`; NIL is the start of the sequence. */
export interface Gap {
  run: number;
  offset: number;
}

/** Finds the gap of a right child of the element at `offset` of `run` (NIL: of the origin). */
export function placeRight(on: Placing, run: number, offset: number, e: Newcomer, gap: Gap): void {
  const { table, list } = on;
  if (run !== NIL && offset + 1 < (table.length[run] as number) && precedes(on, run, offset + 1, e)) {
    gap.run = run;
    gap.offset = offset + 1;
    return;
  }
  const parentPeer = run === NIL ? NIL : (table.peer[run] as number);
  const parentSeq = run === NIL ? 0 : (table.seq[run] as number) + offset;
  let left = run;
  let passed: Set<number> | null = null;
  const begin = skip(on, parentPeer, parentSeq, 0, e);
  if (begin !== NIL) left = begin;
  let walked = 0;
  for (let o = left === NIL ? list.first : (table.next[left] as number); o !== NIL; walked++) {
    if (precedes(on, o, 0, e)) break;
    // Nearly all that is passed is a sibling itself; only for deeper ones it takes a climb.
    if (!isChild(table, o, parentPeer, parentSeq, 0)) {
      passed ??= new Set();
      if (!passes(on, o, 0, run, offset, false, e, passed)) break;
    }
    left = o;
    o = table.next[o] as number;
  }
  gap.run = left;
  gap.offset = left === NIL ? 0 : (table.length[left] as number);
  if (walked > MANY) remember(on, parentPeer, parentSeq, 0, e);
}

/** Finds the gap of a left child of the element at `offset` of `run`. */
export function placeLeft(on: Placing, run: number, offset: number, e: Newcomer, gap: Gap): void {
  const { table } = on;
  gap.run = run;
  gap.offset = offset;
  if (offset > 0) return;
  const parentPeer = table.peer[run] as number;
  const parentSeq = table.seq[run] as number;
  let passed: Set<number> | null = null;
  const begin = skip(on, parentPeer, parentSeq, LEFT, e);
  let o = table.prev[begin === NIL ? run : begin] as number;
  let walked = 0;
  for (; o !== NIL; walked++) {
    const last = (table.length[o] as number) - 1;
    if (precedes(on, o, last, e)) break;
    if (isChild(table, o, parentPeer, parentSeq, LEFT)) {
      if (precedes(on, o, 0, e)) break;
    } else {
      passed ??= new Set();
      if (!passes(on, o, last, run, offset, true, e, passed)) break;
    }
    o = table.prev[o] as number;
  }
  gap.run = o;
  gap.offset = o === NIL ? 0 : (table.length[o] as number);
  if (walked > MANY) remember(on, parentPeer, parentSeq, LEFT, e);
}

function keyOf(peer: number, seq: number, side: number): number {
  return ((peer + 1) * 2 ** 31 + seq) * 2 + (side === LEFT ? 1 : 0);
}

/** The run of the last known sibling that is greater than `e`, or NIL: the newcomer belongs beyond its subtree. */
function skip(on: Placing, peer: number, seq: number, side: number, e: Newcomer): number {
  if (on.crowds.size === 0) return NIL;
  const known = on.crowds.get(keyOf(peer, seq, side));
  const at = known === undefined ? 0 : placeIn(on, known, e);
  const sibling = known?.[at - 1];
  return sibling === undefined ? NIL : on.index.find(sibling.peer, sibling.seq);
}

function remember(on: Placing, peer: number, seq: number, side: number, e: Newcomer): void {
  const key = keyOf(peer, seq, side);
  const known = on.crowds.get(key);
  const sibling = { peer: e.peer, seq: e.seq };
  if (known === undefined) on.crowds.set(key, [sibling]);
  else known.splice(placeIn(on, known, e), 0, sibling);
}

/** How many of the siblings are greater than `e`. */
function placeIn(on: Placing, known: readonly Sibling[], e: Newcomer): number {
  let low = 0;
  let high = known.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const { peer, seq } = known[middle] as Sibling;
    const run = on.index.find(peer, seq);
    if (precedes(on, run, seq - (on.table.seq[run] as number), e)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether the first element of `run` is a child of that element (NIL: the origin) on that side. */
function isChild(table: RunTable, run: number, peer: number, seq: number, side: number): boolean {
  return (
    table.parentPeer[run] === peer &&
    (peer === NIL || table.parentSeq[run] === seq) &&
    ((table.flags[run] as number) & LEFT) === side
  );
}

/** Whether the element at `offset` of `run` comes before `e` in ≺. */
function precedes(on: Placing, run: number, offset: number, e: Newcomer): boolean {
  const { table } = on;
  const lamport = (table.lamport[run] as number) + offset;
  if (lamport !== e.lamport) return lamport < e.lamport;
  const peer = table.peer[run] as number;
  if (peer !== e.peer) return on.compare(peer, e.peer) < 0;
  return (table.seq[run] as number) + offset < e.seq;
}

/**
 * Whether the element at `from` stands in the subtree of a child of the parent on that side which is greater than `e`.
 * Remembers in `passed` the runs of which this is known.
 */
function passes(
  on: Placing,
  from: number,
  fromOffset: number,
  parent: number,
  parentOffset: number,
  left: boolean,
  e: Newcomer,
  passed: Set<number>,
): boolean {
  const { table, index } = on;
  const path: number[] = [];
  let run = from;
  let offset = fromOffset;
  while (!passed.has(run)) {
    if (run === parent) {
      if (left || offset <= parentOffset || precedes(on, run, parentOffset + 1, e)) return false;
      break;
    }
    path.push(run);
    const upPeer = table.parentPeer[run] as number;
    if (upPeer === NIL) {
      if (parent !== NIL || precedes(on, run, 0, e)) return false;
      break;
    }
    const upSeq = table.parentSeq[run] as number;
    const up = index.find(upPeer, upSeq);
    const upOffset = upSeq - (table.seq[up] as number);
    // `from` stands on that side of the parent, so a climb that ends in the parent came from that side.
    if (up === parent && upOffset === parentOffset) {
      if (precedes(on, run, 0, e)) return false;
      break;
    }
    run = up;
    offset = upOffset;
  }
  for (const known of path) passed.add(known);
  return true;
}
