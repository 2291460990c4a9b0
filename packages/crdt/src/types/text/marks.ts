import type { Json } from '../../bytes/index.ts';
import type { Block, Spot } from '../../sequence/index.ts';
import { type Cover, type Mark, markOf, winnerOf } from './cover.ts';
import type { AnchorSlot, MarkSpec, TextOp, TextPatch } from './op.ts';
import type { Content, TextState } from './state.ts';

/*
 * Marks follow Peritext (Litt et al. 2022). A mark op covers what stands between two slots; new text takes the marks
 * that cover the gap it goes into. An op covers the gap right of an element if it covers the element and does not end
 * in the slot after it, or if it starts there: so an insert looks at its left neighbour alone.
 */

type MarkOp = Extract<TextOp, { readonly type: 'mark' }>;

const GROWS_AT_NO_SIDE: MarkSpec = { expand: 'none' };
const GROWS_AFTER: MarkSpec = { expand: 'after' };

/** How the usual marks grow; whatever is not named grows after. A key may be qualified, as in `comment:17`. */
export const DEFAULT_MARKS: Readonly<Record<string, MarkSpec>> = {
  link: GROWS_AT_NO_SIDE,
  code: GROWS_AT_NO_SIDE,
  comment: GROWS_AT_NO_SIDE,
  highlight: GROWS_AT_NO_SIDE,
};

/** At which of its edges a mark op with this key and value grows. Clearing grows where the mark itself does not. */
export function growth(
  state: TextState,
  key: string,
  value: Json | null,
): { before: boolean; after: boolean } {
  const name = Object.hasOwn(state.specs, key) ? key : (key.split(':', 1)[0] ?? '');
  const { expand } = (Object.hasOwn(state.specs, name) ? state.specs[name] : undefined) ?? GROWS_AFTER;
  const before = expand === 'before' || expand === 'both';
  const after = expand === 'after' || expand === 'both';
  return value === null ? { before: !after, after: !before } : { before, after };
}

/** The cover of an element inserted right after `left` (null: at the start). */
export function coverAfter(state: TextState, left: Spot<Content> | null): Cover {
  let cover = left === null ? state.covers.none : left.block.content.cover;
  if (state.edges.size === 0) return cover;
  const edge = state.edges.get(left === null ? null : left.block.idAt(left.offset));
  if (edge === undefined) return cover;
  for (const mark of edge.ends) cover = state.covers.without(cover, mark);
  for (const mark of edge.starts) cover = state.covers.with(cover, mark);
  return cover;
}

/** Lets a new or revived mark cover what stands between its slots. Its slots' elements must be known. */
export function spread(state: TextState, mark: Mark): TextPatch[] {
  if (slotOrder(state, mark.start, mark.end) >= 0) return [];
  const { start, end } = mark;
  if (start.side === 'after') edgeAt(state, start.id).starts.add(mark);
  if (end.side === 'after') edgeAt(state, end.id).ends.add(mark);
  return recover(state, mark, (cover) => state.covers.with(cover, mark));
}

/** Undoes `spread`. */
export function withdraw(state: TextState, mark: Mark): TextPatch[] {
  if (slotOrder(state, mark.start, mark.end) >= 0) return [];
  for (const { id, side } of [mark.start, mark.end]) {
    const edge = side === 'after' ? state.edges.get(id) : undefined;
    edge?.starts.delete(mark);
    edge?.ends.delete(mark);
    if (edge?.starts.size === 0 && edge.ends.size === 0) state.edges.delete(id);
  }
  return recover(state, mark, (cover) => state.covers.without(cover, mark));
}

/**
 * The ops that mark anew what `mark` decides at this moment. Where a later op outdoes it, by somebody else perhaps,
 * marking anew would outdo that one.
 */
export function remark(state: TextState, mark: Mark): readonly MarkOp[] {
  if (slotOrder(state, mark.start, mark.end) >= 0) return [];
  const { key, value } = mark;
  const first = blockAfter(state, mark.start);
  const beyond = blockAfter(state, mark.end);
  const ops: MarkOp[] = [];
  let start: AnchorSlot | null = null;
  for (let block = first; block !== null && block !== beyond; block = block.next) {
    const before: AnchorSlot = { id: block.idAt(0), side: 'before' };
    if (winnerOf(block.content.cover, key) === mark) start ??= block === first ? mark.start : before;
    else if (start !== null) {
      ops.push({ type: 'mark', key, value, start, end: before });
      start = null;
    }
  }
  if (start !== null) ops.push({ type: 'mark', key, value, start, end: mark.end });
  return ops;
}

function recover(state: TextState, mark: Mark, change: (cover: Cover) => Cover): TextPatch[] {
  const { elements } = state;
  const first = blockAfter(state, mark.start);
  const end = blockAfter(state, mark.end);
  const patches: TextPatch[] = [];
  let index = first === null ? 0 : elements.indexOf({ block: first, offset: 0 });
  let open: { type: 'mark'; index: number; count: number; key: string; value: Json | null } | null = null;
  for (let block = first; block !== null && block !== end; block = block.next) {
    const old = block.content.cover;
    const cover = change(old);
    if (cover !== old) block.content = { ...block.content, cover };
    const count = block.visible;
    if (count === 0) continue;
    const value = markOf(cover.marks, mark.key);
    if (cover.marks === old.marks) open = null;
    else if (open !== null && open.value === value) open.count += count;
    else {
      open = { type: 'mark', index, count, key: mark.key, value };
      patches.push(open);
    }
    index += count;
  }
  return patches;
}

function edgeAt(state: TextState, id: AnchorSlot['id']) {
  let edge = state.edges.get(id);
  if (edge === undefined) {
    edge = { starts: new Set(), ends: new Set() };
    state.edges.set(id, edge);
  }
  return edge;
}

/** The block that starts at the slot, cut there if need be; null at the end of the text. */
function blockAfter(state: TextState, slot: AnchorSlot): Block<Content> | null {
  const { elements } = state;
  if (slot.id === null) return slot.side === 'after' ? elements.first : null;
  const spot = elements.find(slot.id);
  if (spot === null) return null;
  const { block, offset } = spot;
  if (slot.side === 'before') return elements.cutBefore(spot);
  return offset + 1 === block.length ? block.next : elements.cutBefore({ block, offset: offset + 1 });
}

/** Negative if slot `a` comes before `b`. */
function slotOrder(state: TextState, a: AnchorSlot, b: AnchorSlot): number {
  const left = a.id === null ? null : state.elements.find(a.id);
  const right = b.id === null ? null : state.elements.find(b.id);
  const sides = (a.side === 'after' ? 1 : 0) - (b.side === 'after' ? 1 : 0);
  if (left !== null && right !== null) return state.elements.compare(left, right) || sides;
  // Without an element, `after` is the start of the text and `before` its end.
  const rank = (slot: AnchorSlot): number => (slot.id !== null ? 0 : slot.side === 'after' ? -1 : 1);
  return rank(a) - rank(b);
}
