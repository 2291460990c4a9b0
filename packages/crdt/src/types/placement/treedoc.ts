import type { Position, PositionComponent } from './op.ts';
import type { AllocationSite, PositionScheme } from './scheme.ts';

/*
 * Treedoc (Preguiça, Marquès, Shapiro and Leția 2009, "A commutative replicated data type for cooperative editing").
 *
 * A position is the path to a node of a binary tree: components (digit, site, counter), the digit 0 for left and 1 for
 * right; site and counter are the disambiguator that sets concurrent nodes at one place apart ("mini-nodes"), and here
 * every component has one, not only those that need it. The order is infix: what goes on with 0 stands before the node,
 * what goes on with 1 after it, mini-nodes by (site, counter).
 *
 * A new position hangs to the right of its left neighbour, or, if that is an ancestor of the right neighbour, to the
 * left of this one. As in the paper, a site that inserts in a row makes room for more than one: each time its subtree
 * is full the next has twice the height, so n appends are O(log n) deep instead of n. The last component's `offset` is
 * the node's rank in the subtree of its disambiguator, from 1, so that the site knows which nodes it has used; the order
 * does not look at it.
 *
 * Inserting again and again between the two newest positions makes them longer by a component each time. Left out on
 * purpose: `flatten`, which renames nodes and so needs causal stability; and the paper's reuse of deleted nodes.
 */

/** The highest subtree that a site makes room for. */
const MAX_HEIGHT = 24;
const MAX_NUMBER = 2 ** 48;
/** Deeper positions are refused: no honest list needs them, and comparing must stay cheap. */
const MAX_DEPTH = 1024;

export const treedoc: PositionScheme = { kind: 'placement-treedoc@1', compare, between, spread, flaw };

function compare(a: Position, b: Position): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compareComponents(a[i] as PositionComponent, b[i] as PositionComponent);
    if (order !== 0) return order;
  }
  // The longer one goes on to the left or to the right of the other.
  if (a.length > b.length) return a[b.length]?.digit === 0 ? -1 : 1;
  if (b.length > a.length) return b[a.length]?.digit === 0 ? 1 : -1;
  return 0;
}

function compareComponents(a: PositionComponent, b: PositionComponent): number {
  if (a.digit !== b.digit) return a.digit - b.digit;
  if (a.site !== b.site) return a.site < b.site ? -1 : 1;
  return a.counter - b.counter;
}

function between(left: Position | null, right: Position | null, site: AllocationSite): Position {
  if (left !== null && right !== null && compare(left, right) >= 0)
    throw new RangeError('left is not before right');
  return goOn(left, 1, left, right, site) ?? goOn(right, -1, left, right, site) ?? hang(left, right, site);
}

/** The next node of the subtree in which the site made `end` last, if that is still between. */
function goOn(
  end: Position | null,
  step: 1 | -1,
  left: Position | null,
  right: Position | null,
  site: AllocationSite,
): Position | null {
  const last = end?.at(-1);
  if (end === null || last === undefined || last.site !== site.name) return null;
  const taken = site.offsets(last.counter);
  if (taken === null || last.offset !== (step > 0 ? taken.max : taken.min)) return null;
  const { root, height } = subtreeOf(end);
  const rank = last.offset + step;
  if (rank < 1 || rank >= 2 ** height) return null;
  const next = nodeAt(end.slice(0, root), end[root] as PositionComponent, height, rank);
  const fits = (left === null || compare(left, next) < 0) && (right === null || compare(next, right) < 0);
  return fits ? next : null;
}

/** The first node of a new subtree beside one of the neighbours. */
function hang(left: Position | null, right: Position | null, site: AllocationSite): Position {
  const { base, digit } = beside(left, right);
  const height = isFull(base, digit, site) ? Math.min(subtreeOf(base).height * 2, MAX_HEIGHT) : 1;
  const root = { digit, site: site.name, counter: site.counter, offset: 0 };
  return nodeAt(base, root, height, digit === 0 ? 2 ** height - 1 : 1);
}

/** The node from which a path leads to the gap, and the side. */
function beside(left: Position | null, right: Position | null): { base: Position; digit: 0 | 1 } {
  if (right === null) return { base: left ?? [], digit: 1 };
  const isAbove = left === null || (left.length < right.length && isPrefix(left, right));
  return isAbove ? { base: right, digit: 0 } : { base: left, digit: 1 };
}

/** Whether the site has gone on up to this end of its subtree. */
function isFull(end: Position, digit: 0 | 1, site: AllocationSite): boolean {
  const last = end.at(-1);
  if (last?.site !== site.name || last.offset !== (digit === 0 ? 1 : 2 ** subtreeOf(end).height - 1))
    return false;
  const taken = site.offsets(last.counter);
  return last.offset === (digit === 0 ? taken?.min : taken?.max);
}

/** One subtree, as low as can be. */
function spread(
  count: number,
  left: Position | null,
  right: Position | null,
  site: AllocationSite,
): Position[] {
  const { base, digit } = beside(left, right);
  const root = { digit, site: site.name, counter: site.counter, offset: 0 };
  const height = 32 - Math.clz32(count);
  return Array.from({ length: count }, (_, i) => nodeAt(base, root, height, i + 1));
}

function isPrefix(a: Position, b: Position): boolean {
  return a.every((component, i) => compareComponents(component, b[i] as PositionComponent) === 0);
}

/** Where the subtree of a position's last disambiguator begins, and how high it is. */
function subtreeOf(position: Position): { readonly root: number; readonly height: number } {
  const last = position.at(-1) as PositionComponent;
  let root = position.length - 1;
  while (root > 0) {
    const up = position[root - 1] as PositionComponent;
    if (up.site !== last.site || up.counter !== last.counter) break;
    root--;
  }
  // Ranks count in infix order: a node whose rank ends in z zero bits has z levels below it.
  return { root, height: position.length - root + zeros(last.offset) };
}

/** The node with an infix rank in the perfect tree of this height whose root hangs from `base`. */
function nodeAt(base: Position, root: PositionComponent, height: number, rank: number): Position {
  const path: PositionComponent[] = [...base];
  let at = 2 ** (height - 1);
  let { digit } = root;
  for (let step = at / 2; ; step /= 2) {
    path.push({ digit, site: root.site, counter: root.counter, offset: at === rank ? rank : 0 });
    if (at === rank) return path;
    digit = rank < at ? 0 : 1;
    at += digit === 0 ? -step : step;
  }
}

/** The number of zero bits at the end of a positive integer. */
function zeros(value: number): number {
  let n = 0;
  for (let rest = value; rest % 2 === 0 && rest > 0; rest /= 2) n++;
  return n;
}

function flaw(position: Position): string | null {
  if (position.length === 0) return 'empty';
  if (position.length > MAX_DEPTH) return 'too deep';
  if (position.some(({ digit }) => digit > 1)) return 'a digit that is neither 0 nor 1';
  if (position.some(({ counter, offset }) => counter > MAX_NUMBER || offset < 0 || offset >= 2 ** 32)) {
    return 'a number too great or too small';
  }
  return position.at(-1)?.offset === 0 ? 'a node without a rank' : null;
}
