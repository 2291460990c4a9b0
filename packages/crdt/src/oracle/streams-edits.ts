import { isUnder, type Page, type Pen, ROOT, TRASH } from './streams-model.ts';

/** What a user does to a page. False: there is nothing to do it to. */
export type Edit = (page: Page, pen: Pen) => boolean;

/** The first page has A "ab" and B "cd" in one stream, both at the top. */
export const A = 0;
export const B = 3;

const contentOf = (page: Page, block: number) => page.segments.get(block);

/** The live element behind which the character at `offset` of the block goes. */
function leftOf(page: Page, block: number, offset: number): number {
  return contentOf(page, block)?.[Math.min(offset, contentOf(page, block)?.length ?? 0) - 1]?.id ?? block;
}

function shownParent(page: Page, block: number): number {
  let parent = page.parent.get(block) ?? TRASH;
  while (parent >= 0 && page.dead.has(parent)) parent = page.parent.get(parent) ?? TRASH;
  return parent;
}

/** The last live marker, if it is neither A's nor B's: what a split has made. */
function newest(page: Page): number | null {
  const made = [...page.segments.keys()].filter((marker) => marker !== A && marker !== B && marker >= 0);
  return made.length === 0 ? null : Math.max(...made);
}

const type =
  (block: number | null, offset: number): Edit =>
  (page, pen) => {
    const target = block ?? newest(page);
    if (target === null || !page.segments.has(target)) return false;
    pen.insertAfter(leftOf(page, target, offset), 'x');
    return true;
  };

const split =
  (block: number, offset: number): Edit =>
  (page, pen) => {
    if (!page.segments.has(block)) return false;
    const second = pen.insertAfter(leftOf(page, block, offset), null);
    pen.move(second, shownParent(page, block));
    return true;
  };

/** Joins a block to the end of another: one marker less if they are neighbours in the stream, a copy if not. */
function join(page: Page, pen: Pen, target: number, block: number): boolean {
  const into = contentOf(page, target);
  const from = contentOf(page, block);
  if (target === block || into === undefined || from === undefined || isUnder(page, target, block))
    return false;
  for (const [child, parent] of page.parent) if (parent === block) pen.move(child, shownParent(page, block));
  let last = leftOf(page, target, into.length);
  const markers = [...page.segments.keys()];
  if (markers[markers.indexOf(target) + 1] === block) {
    pen.delete(block);
    return true;
  }
  for (const { char } of from) last = pen.insertAfter(last, char);
  pen.move(block, TRASH);
  return true;
}

const merge =
  (target: number, block: number): Edit =>
  (page, pen) =>
    join(page, pen, target, block);

const mergeNewest: Edit = (page, pen) => {
  const block = newest(page);
  const markers = [...page.segments.keys()];
  const target = block === null ? undefined : markers[markers.indexOf(block) - 1];
  return block !== null && target !== undefined && target >= 0 && join(page, pen, target, block);
};

const erase =
  (block: number, offset: number): Edit =>
  (page, pen) => {
    const char = contentOf(page, block)?.[offset];
    if (char !== undefined) pen.delete(char.id);
    return char !== undefined;
  };

const move =
  (block: number | null, parent: number): Edit =>
  (page, pen) => {
    const node = block ?? newest(page);
    if (node === null || !page.segments.has(node) || page.parent.get(node) === parent) return false;
    if (parent >= 0 && (!page.segments.has(parent) || isUnder(page, parent, node))) return false;
    pen.move(node, parent);
    return true;
  };

export const menu: Readonly<Record<string, Edit>> = {
  'type in A': type(A, 1),
  'type at the end of A': type(A, 9),
  'type at the start of B': type(B, 0),
  'type in the newest': type(null, 0),
  'split A': split(A, 1),
  'split A at its end': split(A, 9),
  'split B': split(B, 1),
  'merge B into A': merge(A, B),
  'merge A into B': merge(B, A),
  'merge the newest': mergeNewest,
  'delete in A': erase(A, 1),
  'delete in B': erase(B, 0),
  'move B into A': move(B, A),
  'move A into B': move(A, B),
  'move the newest into B': move(null, B),
  'move B out': move(B, ROOT),
  'remove A': move(A, TRASH),
  'remove the newest': move(null, TRASH),
};

/** A few of each kind, for longer histories. */
export const shortMenu: Readonly<Record<string, Edit>> = pick(
  'type in A',
  'type at the start of B',
  'split A',
  'split B',
  'merge B into A',
  'merge A into B',
  'delete in A',
  'move A into B',
  'move B into A',
);

function pick(...names: string[]): Record<string, Edit> {
  return Object.fromEntries(names.map((name) => [name, menu[name] as Edit]));
}
