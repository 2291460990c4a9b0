import type { Position, PositionComponent } from './op.ts';
import type { AllocationSite, PositionScheme } from './scheme.ts';

/*
 * LSEQ (Nédelec et al. 2013, "LSEQ: an adaptive structure for sequences in distributed collaborative editing"), with
 * h-LSEQ's shared hash for the strategy of each depth and LogootSplit's runs (André et al. 2013).
 *
 * A position is a list of components (digit, site, counter, offset), compared one by one, a prefix first. Depth d has
 * the digits below 2^min(15 + d, 30). A new position takes a digit at most 10 away from one of its neighbours: from
 * the left or from the right one, as the depth's strategy says. A site that goes on where its own run ends only counts
 * the run's offset, so what one user drops in a row stays together, and appending stays at depth 1.
 *
 * A final digit is never 0: below it there would be no room. Inserting again and again between the two last positions
 * makes them longer by a component every few times; who keeps positions rebalances.
 */

const FIRST_BASE_BITS = 15;
const LAST_BASE_BITS = 30;
const BOUNDARY = 10;
/** Counters and offsets beyond it are refused. */
const MAX_NUMBER = 2 ** 48;
/** Deeper positions are refused: no honest list needs them, and comparing must stay cheap. */
const MAX_DEPTH = 1024;

export const lseq: PositionScheme = { kind: 'placement@1', compare, between, spread, flaw };

function baseAt(depth: number): number {
  return 2 ** Math.min(FIRST_BASE_BITS + depth, LAST_BASE_BITS);
}

function compare(a: Position, b: Position): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compareComponents(a[i] as PositionComponent, b[i] as PositionComponent);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareComponents(a: PositionComponent, b: PositionComponent): number {
  if (a.digit !== b.digit) return a.digit - b.digit;
  if (a.site !== b.site) return a.site < b.site ? -1 : 1;
  return a.counter - b.counter || a.offset - b.offset;
}

function between(left: Position | null, right: Position | null, site: AllocationSite): Position {
  if (left !== null && right !== null && compare(left, right) >= 0)
    throw new RangeError('left is not before right');
  return (
    extendRun(left, 1, left, right, site) ??
    extendRun(right, -1, left, right, site) ??
    allocate(left, right, site.name, site.counter)
  );
}

/** One run. */
function spread(
  count: number,
  left: Position | null,
  right: Position | null,
  site: AllocationSite,
): readonly Position[] {
  const position = allocate(left, right, site.name, site.counter);
  const base = position[position.length - 1] as PositionComponent;
  return Array.from({ length: count }, (_, i) => position.with(-1, { ...base, offset: base.offset + i }));
}

/** The next offset of the site's own run that ends at `end`, if nothing is in the way. */
function extendRun(
  end: Position | null,
  step: 1 | -1,
  left: Position | null,
  right: Position | null,
  site: AllocationSite,
): Position | null {
  const last = end?.at(-1);
  if (!end || last === undefined || last.site !== site.name) return null;
  const taken = site.offsets(last.counter);
  if (taken === null || last.offset !== (step > 0 ? taken.max : taken.min)) return null;
  if (Math.abs(last.offset) >= MAX_NUMBER) return null;
  const next = [...end.slice(0, -1), { ...last, offset: last.offset + step }];
  const fits = (left === null || compare(left, next) < 0) && (right === null || compare(next, right) < 0);
  return fits ? next : null;
}

function allocate(left: Position | null, right: Position | null, site: string, counter: number): Position {
  const position: PositionComponent[] = [];
  // True while what is built so far is a prefix of right, so that right still bounds it. Left always does.
  let high = right !== null;
  for (let depth = 0; ; depth++) {
    const p = left?.[depth];
    const q = high ? right?.[depth] : undefined;
    const lower = p === undefined ? 0 : p.digit;
    const upper = q === undefined ? baseAt(depth) : q.digit;
    const room = upper - lower - 1;
    if (room > 0) {
      const step = 1 + (hash(site, counter, depth) % Math.min(BOUNDARY, room));
      const digit = fromLeft(depth) ? lower + step : upper - step;
      position.push({ digit, site, counter, offset: 0 });
      return position;
    }
    if (p !== undefined) {
      position.push(p);
      if (q === undefined || compareComponents(p, q) !== 0) high = false;
    } else if (q !== undefined && q.digit === 0) position.push(q);
    else {
      position.push({ digit: 0, site, counter, offset: 0 });
      high = false;
    }
  }
}

/** h-LSEQ: one strategy per depth, the same at every site. The first depth grows to the right, as lists do. */
function fromLeft(depth: number): boolean {
  return depth === 0 || (mix(depth * 0x9e3779b1) & 1) === 0;
}

/** Spreads the choices of concurrent sites, without a random source. */
function hash(site: string, counter: number, depth: number): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < site.length; i++) h = Math.imul(h ^ site.charCodeAt(i), 0x01000193);
  return mix(h ^ Math.imul(counter, 0x85ebca6b) ^ Math.imul(depth + 1, 0xc2b2ae35));
}

/** The finishing step of MurmurHash3: every bit of the input touches every bit of the output. */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function flaw(position: Position): string | null {
  if (position.length > MAX_DEPTH) return 'too deep';
  const last = position.at(-1);
  if (last === undefined) return 'empty';
  if (last.digit === 0) return 'its last digit is 0';
  if (position.some((c) => c.counter > MAX_NUMBER || Math.abs(c.offset) > MAX_NUMBER))
    return 'a number too great';
  return position.every((c, depth) => c.digit < baseAt(depth)) ? null : 'a digit beyond its base';
}
