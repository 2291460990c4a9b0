import { expect, it } from 'vitest';
import { A, B, type Edit, menu, shortMenu } from './streams-edits.ts';
import { type Change, isUnder, type Page, Pen, pageOf, ROOT, type Rules, TRASH } from './streams-model.ts';
import { modelText, realOps, realText } from './streams-real.ts';

/*
 * Decision 11: may all blocks of a page share one stream? Every history of a few edits by three replicas, each made
 * after hearing any of the others' that hang together; and every page that anybody can see on the way, whatever the
 * order of delivery. See docs/decisions/0011-blocks-share-one-stream.md.
 */

const REPLICAS = 3;
const RULES: Rules = { skipRings: true };

/** A "ab" and B "cd", one after the other in the stream. */
function firstChange(): Change {
  const pen = new Pen(pageOf([], 0), 0, 1, A);
  let last = pen.insertAfter(-1, null);
  pen.move(A, ROOT);
  for (const char of ['a', 'b', null, 'c', 'd']) last = pen.insertAfter(last, char);
  pen.move(B, ROOT);
  return pen.done(0, 'the first page');
}

interface Count {
  histories: number;
  pages: number;
  /** Pages that show two blocks less or more than the first, text in the trash, and so on: the search is not idle. */
  trashed: number;
  skipped: number;
  /** Orders of delivery in which the real types were asked. */
  orders: number;
}

/** The sets of changes that a replica can have. */
function closed(changes: readonly Change[]): number[] {
  const masks: number[] = [];
  for (let mask = 1; mask < 1 << changes.length; mask += 2) {
    if (changes.every(({ sees }, i) => !(mask & (1 << i)) || (sees & mask) === sees)) masks.push(mask);
  }
  return masks;
}

function explore(
  edits: Readonly<Record<string, Edit>>,
  depth: number,
  { rules = RULES, sample = 0 }: { readonly rules?: Rules; readonly sample?: number } = {},
): Count {
  const count: Count = { histories: 0, pages: 0, trashed: 0, skipped: 0, orders: 0 };
  const extend = (changes: readonly Change[]): void => {
    const last = changes.at(-1) as Change;
    for (const sees of closed(changes)) {
      const lamport = 1 + Math.max(...changes.filter((_, i) => sees & (1 << i)).map(({ end }) => end));
      for (let author = 0; author < REPLICAS; author++) {
        // Everybody hears himself. And each set of edits is tried in ≺ alone: others are the same history again.
        if (changes.some((change, i) => change.author === author && !(sees & (1 << i)))) continue;
        if (lamport < last.lamport || (lamport === last.lamport && author <= last.author)) continue;
        const page = pageOf(changes, sees, rules);
        for (const [label, edit] of Object.entries(edits)) {
          const pen = new Pen(page, author, lamport, changes.length * 10);
          if (!edit(page, pen)) continue;
          const longer = [...changes, pen.done(sees, `${author} sees ${sees.toString(2)}: ${label}`)];
          count.histories++;
          check(longer, rules, count);
          if (sample > 0 && count.histories % sample === 0) compare(longer, count);
          if (longer.length <= depth) extend(longer);
        }
      }
    }
  };
  extend([firstChange()]);
  return count;
}

/** Tells a history to the real text and tree, in every order of delivery. */
function compare(changes: readonly Change[], count: Count): void {
  const ops = realOps(changes);
  const expected = modelText(pageOf(changes, (1 << changes.length) - 1), changes);
  const deliver = (order: readonly number[], mask: number): void => {
    if (order.length === changes.length) {
      count.orders++;
      expect(realText(order.map((i) => ops[i] ?? []))).toBe(expected);
    }
    for (const [i, { sees }] of changes.entries()) {
      if (!(mask & (1 << i)) && (sees & mask) === sees) deliver([...order, i], mask | (1 << i));
    }
  };
  deliver([], 0);
}

/** Every page that holds the newest change; the others were checked before it was made. */
function check(changes: readonly Change[], rules: Rules, count: Count): void {
  const newest = 1 << (changes.length - 1);
  for (const mask of closed(changes)) {
    if (!(mask & newest)) continue;
    count.pages++;
    try {
      checkPage(
        changes.filter((_, i) => mask & (1 << i)),
        pageOf(changes, mask, rules),
        count,
      );
    } catch (error) {
      const history = changes.map(({ label }) => label).join('; ');
      throw new Error(`${history}; seen ${mask.toString(2)}: ${(error as Error).message}`);
    }
  }
}

function checkPage(changes: readonly Change[], page: Page, count: Count): void {
  const holders = new Map<number, number>();
  for (const [marker, chars] of page.segments) {
    for (const { id } of chars) holders.set(id, marker);
    // No text outside of a block, and each block in the page or in the trash, once, with no ring.
    if (marker < 0) must(chars.length === 0, 'text before the first block');
    else must(isUnder(page, marker, ROOT) !== isUnder(page, marker, TRASH), `block ${marker} is nowhere`);
  }
  const removing = changes.some(({ removes }) => removes);
  for (const { inserts, meant } of changes) {
    for (const { id, char } of inserts) {
      // What nobody deleted is shown once: `holders` has one marker for it.
      if (char === null) continue;
      const isDeleted = changes.some(({ deletes }) => deletes.includes(id));
      must(holders.has(id) === !isDeleted, `${char} ${id} is lost, or back`);
      const holder = holders.get(id);
      if (holder === undefined) continue;
      const trashed = isUnder(page, holder, TRASH);
      if (trashed) count.trashed++;
      must(!trashed || removing, `${char} ${id} is in the trash, though nobody removed a block`);
    }
    for (const { id, left, right } of meant) checkMeant(page, holders, id, left, right, changes);
  }
  for (const { moves } of changes)
    for (const { node, parent } of moves) if (page.parent.get(node) !== parent) count.skipped++;
}

/** An insert stays between its neighbours, and typed text with one of them, unless others split on both sides of it. */
function checkMeant(
  page: Page,
  holders: ReadonlyMap<number, number>,
  id: number,
  left: number,
  right: number,
  changes: readonly Change[],
): void {
  const at = page.place.get(id) ?? -1;
  must(left < 0 || (page.place.get(left) ?? at) < at, `${id} was put after ${left}`);
  must(right < 0 || (page.place.get(right) ?? at) > at, `${id} was put before ${right}`);
  const holder = holders.get(id);
  const near = [left, right].filter((other) => other >= 0 && !page.dead.has(other));
  if (holder === undefined || near.length < 2) return;
  const stays = near.some((other) => other === holder || holders.get(other) === holder);
  const splits = changes.filter(({ inserts }) =>
    inserts.some(
      ({ id: other, char }) => char === null && other !== left && other !== right && page.place.has(other),
    ),
  );
  must(stays || splits.length > 1, `${id} left its neighbours ${left} and ${right}`);
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

it('up to three edits of eighteen: all text is shown once, where it was typed, and the tree has no ring', () => {
  const count = explore(menu, 3, { sample: 100 });
  expect(count.histories).toBeGreaterThan(100_000);
  expect(count.trashed).toBeGreaterThan(0);
  expect(count.skipped).toBeGreaterThan(0);
  expect(count.orders).toBeGreaterThan(1000);
});

it('four edits of a few of each kind: the same', () => {
  const count = explore(process.env.STREAMS_MENU === 'full' ? menu : shortMenu, 4, { sample: 1000 });
  if (process.env.STREAMS_MENU !== undefined) console.log(count);
  expect(count.histories).toBeGreaterThan(100_000);
});

it('notices a tree that lets rings through', () => {
  expect(() => explore(shortMenu, 2, { rules: { skipRings: false } })).toThrow(/ring/);
});
