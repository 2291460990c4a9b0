import { type Attrs, asOpId, type Json, type Marks, ROOT, TRASH } from '@concord/crdt';
import { type BlocksMut, type BlockType, blockType } from './schema.ts';

/*
 * What people do to a page, as functions over its Mut: no React, no DOM. A block is named by its marker. "Shown"
 * means: its marker is live. A node whose marker was deleted by a merge stays in the tree, unshown, and what stands
 * below it is shown in its place; `shownChildren` and `shownParent` see the tree as people do.
 */

/** Where a block stands, as people see it. */
export interface Place {
  readonly parent: string;
  /** The shown sibling just before it, or null if it is the first. */
  readonly after: string | null;
}

// Reading

export const isShown = (root: BlocksMut, block: string): boolean => markerIndex(root, block) !== null;

export function shownChildren(root: BlocksMut, parent: string): readonly string[] {
  const shown: string[] = [];
  const next = root.tree.children(parent).toReversed();
  for (let node = next.pop(); node !== undefined; node = next.pop()) {
    if (isShown(root, node)) shown.push(node);
    else for (const child of root.tree.children(node).toReversed()) next.push(child);
  }
  return shown;
}

export function shownParent(root: BlocksMut, block: string): string {
  let parent = root.tree.parentOf(block) ?? TRASH;
  while (parent !== ROOT && parent !== TRASH && !isShown(root, parent)) {
    parent = root.tree.parentOf(parent) ?? TRASH;
  }
  return parent;
}

export const isTrashed = (root: BlocksMut, block: string): boolean => root.tree.isUnder(block, TRASH);

export function placeOf(root: BlocksMut, block: string): Place {
  const parent = shownParent(root, block);
  const siblings = shownChildren(root, parent);
  return { parent, after: siblings[siblings.indexOf(block) - 1] ?? null };
}

/** The visible indices of a block's content: from behind its marker to the next live one. Null if it is not shown. */
export function contentRange(root: BlocksMut, block: string): { start: number; end: number } | null {
  const marker = markerIndex(root, block);
  if (marker === null) return null;
  let end = marker + 1;
  for (const span of root.stream.spans(marker + 1)) {
    if (span.type === 'block') break;
    end += span.type === 'text' ? span.text.length : 1;
  }
  return { start: marker + 1, end };
}

// Writing

/** A new empty block. Its marker goes to the end of the stream, where it can cut no other block in two. */
export function addBlock(root: BlocksMut, place: Place, type: BlockType = 'text', content = ''): string {
  const block = root.stream.insertBlock(root.stream.length, markerAttrs(type));
  if (content !== '') root.stream.insert(root.stream.length, content, {});
  moveBlock(root, block, place);
  return block;
}

/**
 * Cuts a block in two `offset` characters into its content. The second half is a new block that follows it, or with
 * `inside` its first child. Returns null if the block is not shown.
 */
export function splitBlock(
  root: BlocksMut,
  block: string,
  offset: number,
  type: BlockType,
  inside = false,
): string | null {
  const range = contentRange(root, block);
  if (range === null) return null;
  const at = Math.min(range.start + offset, range.end);
  const second = root.stream.insertBlock(at, markerAttrs(type));
  moveBlock(
    root,
    second,
    inside ? { parent: block, after: null } : { parent: shownParent(root, block), after: block },
  );
  return second;
}

/** Deletes `count` characters of a block's content from `offset` on. */
export function deleteText(root: BlocksMut, block: string, offset: number, count: number): void {
  const range = contentRange(root, block);
  if (range === null) return;
  const from = Math.min(range.start + offset, range.end);
  const to = Math.min(from + count, range.end);
  if (to > from) root.stream.delete(from, to - from);
}

/**
 * Joins `block` to the end of `target`, which people see just above it. Returns how long the target's content was,
 * or null if one of them is gone. Its children move up beside it first.
 *
 * Neighbours in the stream are joined by deleting one marker. Strangers (a block was moved between) are joined by
 * copying; the original goes to the trash, and with it what somebody types into it at the same moment.
 */
export function mergeBlocks(root: BlocksMut, target: string, block: string): number | null {
  const into = contentRange(root, target);
  const from = contentRange(root, block);
  if (into === null || from === null) return null;
  let after = block;
  for (const child of shownChildren(root, block)) {
    moveBlock(root, child, { parent: shownParent(root, block), after });
    after = child;
  }
  const length = into.end - into.start;
  if (into.end + 1 === from.start) {
    root.stream.delete(into.end, 1);
    return length;
  }
  const copied = root.stream.spans(from.start, from.end);
  let at = into.end;
  for (const span of copied) {
    if (span.type !== 'text') continue;
    root.stream.insert(at, span.text, span.marks);
    at += span.text.length;
  }
  root.tree.remove(block);
  return length;
}

/**
 * Moves a block, with what is below it. Does nothing if it stands there. Throws RangeError if the place is inside
 * the block itself.
 */
export function moveBlock(root: BlocksMut, block: string, { parent, after }: Place): void {
  if (parent !== ROOT && root.tree.isUnder(parent, block))
    throw new RangeError('a block cannot be inside itself');
  // An unshown node may stand between: the place is beside `after` wherever that hangs.
  const holder = after === null ? parent : (root.tree.parentOf(after) ?? parent);
  const siblings = root.tree.children(holder).filter((node) => node !== block);
  const index = after === null ? 0 : siblings.indexOf(after) + 1;
  if (root.tree.parentOf(block) === holder && root.tree.children(holder).indexOf(block) === index) return;
  root.tree.move(block, holder, index);
}

/**
 * Moves a block below another even if that one stands inside it: then that one comes out first, to where the block
 * stands. What a user asks for who is told that such a move was skipped.
 */
export function moveAnyway(root: BlocksMut, block: string, parent: string): void {
  if (parent !== ROOT && root.tree.isUnder(parent, block)) {
    moveBlock(root, parent, { parent: shownParent(root, block), after: block });
  }
  moveBlock(root, block, { parent, after: shownChildren(root, parent).at(-1) ?? null });
}

/** One level deeper: the last child of the sibling above. False if there is none. */
export function indentBlock(root: BlocksMut, block: string): boolean {
  const { after } = placeOf(root, block);
  if (after === null) return false;
  moveBlock(root, block, { parent: after, after: shownChildren(root, after).at(-1) ?? null });
  setBlockAttr(root, after, 'collapsed', null);
  return true;
}

/** One level up: just behind its parent. False at the top level. */
export function outdentBlock(root: BlocksMut, block: string): boolean {
  const parent = shownParent(root, block);
  if (parent === ROOT || parent === TRASH) return false;
  moveBlock(root, block, { parent: shownParent(root, parent), after: parent });
  return true;
}

/** One place up or down among its siblings, out of its parent at the edge. False if there is nowhere to go. */
export function nudgeBlock(root: BlocksMut, block: string, direction: 'up' | 'down'): boolean {
  const parent = shownParent(root, block);
  const siblings = shownChildren(root, parent);
  const index = siblings.indexOf(block);
  const step = direction === 'up' ? -1 : 1;
  if (siblings[index + step] !== undefined) {
    const after = direction === 'up' ? (siblings[index - 2] ?? null) : (siblings[index + 1] ?? null);
    moveBlock(root, block, { parent, after });
    return true;
  }
  if (parent === ROOT || parent === TRASH) return false;
  const outer = placeOf(root, parent);
  moveBlock(root, block, direction === 'up' ? outer : { parent: outer.parent, after: parent });
  return true;
}

/** To the trash, with what is below it. Its text and its marker stay as they are, so that it can come back. */
export const removeBlock = (root: BlocksMut, block: string): void => root.tree.remove(block);

/** Back from the trash, to the end of the page. */
export function restoreBlock(root: BlocksMut, block: string): void {
  moveBlock(root, block, { parent: ROOT, after: shownChildren(root, ROOT).at(-1) ?? null });
}

/**
 * Gives text that no block shows a block at the end of the page: `stray` is the marker before it, or null for the
 * text before the first marker. Returns the block.
 */
export function rescueText(root: BlocksMut, stray: string | null): string | null {
  if (stray !== null && !isShown(root, stray)) return null;
  const block = stray ?? root.stream.insertBlock(0, {});
  moveBlock(root, block, { parent: ROOT, after: shownChildren(root, ROOT).at(-1) ?? null });
  return block;
}

export function setBlockAttr(root: BlocksMut, block: string, key: string, value: Json | null): void {
  const marker = asOpId(block);
  if (marker !== null && isShown(root, block)) root.stream.setAttr(marker, key, value);
}

export const turnInto = (root: BlocksMut, block: string, type: BlockType): void =>
  setBlockAttr(root, block, 'type', type === 'text' ? null : type);

/** What a pasted block is: `depth` counts from the first one's. */
export interface NewBlock {
  readonly type: BlockType;
  readonly depth: number;
  readonly checked?: boolean;
  readonly content: readonly { readonly text: string; readonly marks: Marks }[];
}

/**
 * Puts blocks into a block, `offset` characters into its content: the first one joins what is before the caret
 * unless it is something of its own, what is behind the caret follows the last. Returns where the caret goes.
 */
export function insertBlocks(
  root: BlocksMut,
  block: string,
  offset: number,
  blocks: readonly NewBlock[],
): { block: string; offset: number } {
  const range = contentRange(root, block);
  const [first, ...rest] = blocks;
  if (range === null || first === undefined) return { block, offset };
  const length = range.end - range.start;
  const type = blockTypeOf(root, block);
  if (offset < length) splitBlock(root, block, offset, type);

  const write = (target: string, { content }: NewBlock): number => {
    let at = contentRange(root, target)?.end ?? root.stream.length;
    const start = contentRange(root, target)?.start ?? at;
    for (const { text, marks } of content) {
      root.stream.insert(at, text, marks);
      at += text.length;
    }
    return at - start;
  };
  const make = (place: Place, each: NewBlock): string => {
    const made = addBlock(root, place, each.type);
    if (each.checked) setBlockAttr(root, made, 'checked', true);
    return made;
  };

  const joins = first.type === 'text' || (offset === 0 && type === 'text');
  let last = joins ? block : make({ parent: shownParent(root, block), after: block }, first);
  if (joins && first.type !== 'text') {
    turnInto(root, block, first.type);
    if (first.checked) setBlockAttr(root, block, 'checked', true);
  }
  let end = write(last, first);
  // The row of open ancestors at each depth, to hang the next block on.
  const open = [last];
  for (const each of rest) {
    const depth = Math.min(Math.max(0, each.depth), open.length);
    const above = open[depth];
    const parent = depth === 0 ? shownParent(root, open[0] as string) : (open[depth - 1] as string);
    last = make({ parent, after: above ?? shownChildren(root, parent).at(-1) ?? null }, each);
    open.splice(depth, open.length, last);
    end = write(last, each);
  }
  return { block: last, offset: end };
}

function blockTypeOf(root: BlocksMut, block: string): BlockType {
  return blockType(attrsOf(root, block).type);
}

/** A copy of a block with what is below it, just behind it. */
export function duplicateBlock(
  root: BlocksMut,
  block: string,
  place: Place = { ...placeOf(root, block), after: block },
): string {
  const range = contentRange(root, block);
  const content: { text: string; marks: Marks }[] = [];
  if (range) {
    for (const span of root.stream.spans(range.start, range.end))
      if (span.type === 'text') content.push(span);
  }
  const copy = root.stream.insertBlock(root.stream.length, attrsOf(root, block));
  for (const { text, marks } of content) root.stream.insert(root.stream.length, text, marks);
  const children = shownChildren(root, block);
  moveBlock(root, copy, place);
  children.reduce<string | null>(
    (after, child) => duplicateBlock(root, child, { parent: copy, after }),
    null,
  );
  return copy;
}

function attrsOf(root: BlocksMut, block: string): Attrs {
  const marker = asOpId(block);
  return marker === null ? {} : root.stream.attrs(marker);
}

const markerAttrs = (type: BlockType): Attrs => (type === 'text' ? {} : { type });

function markerIndex(root: BlocksMut, block: string): number | null {
  // A peer may name a node anything; only a marker's id has a marker.
  const marker = asOpId(block);
  return marker === null ? null : root.stream.indexOfElement(marker);
}
