import type { Json } from '../../bytes/index.ts';
import { NIL } from '../../sequence/run-table.ts';
import { type Cover, type Mark, markOf, type Stretch, winnerOf } from './cover.ts';
import type { AnchorSlot, MarkSpec, TextOp, TextPatch } from './op.ts';
import type { Edge, TextState } from './state.ts';

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

/** The cover of an element inserted right after the one at `offset` of `run` (NIL: at the start). */
export function coverAfter(state: TextState, run: number, offset: number): Cover {
  let cover = run === NIL ? state.covers.none : state.coverOf(run);
  if (state.edges.size === 0) return cover;
  const edge = state.edges.get(run === NIL ? null : state.idAt(run, offset));
  if (edge === undefined) return cover;
  for (const mark of edge.ends) cover = state.covers.without(cover, mark);
  for (const mark of edge.starts) cover = state.covers.with(cover, mark);
  return cover;
}

/** Lets a new or revived mark cover what stands between its slots. Its slots' elements must be known. */
export function spread(state: TextState, mark: Mark, patches: TextPatch[] | null): void {
  const { start, end } = mark;
  if (slotOrder(state, start, end) >= 0) return;
  if (start.side === 'after') edgeAt(state, start.id).starts.add(mark);
  if (end.side === 'after') edgeAt(state, end.id).ends.add(mark);
  recover(state, mark, true, patches);
}

/** Undoes `spread`. */
export function withdraw(state: TextState, mark: Mark, patches: TextPatch[] | null): void {
  if (slotOrder(state, mark.start, mark.end) >= 0) return;
  for (const { id, side } of [mark.start, mark.end]) {
    const edge = side === 'after' ? state.edges.get(id) : undefined;
    edge?.starts.delete(mark);
    edge?.ends.delete(mark);
    if (edge?.starts.size === 0 && edge.ends.size === 0) state.edges.delete(id);
  }
  recover(state, mark, false, patches);
}

/**
 * The ops that mark anew what `mark` decides, or, if somebody took it back, what it decided then or would decide now.
 * Where a later op outdoes it, by somebody else perhaps, marking anew would outdo that one.
 */
export function remark(state: TextState, mark: Mark): readonly MarkOp[] {
  const { table } = state.runs;
  const before = new Set<number>();
  for (const { start, end } of mark.decided) {
    const beyond = runAfter(state, end);
    for (let run = runAfter(state, start); run !== NIL && run !== beyond; run = table.next[run] as number) {
      before.add(run);
    }
  }
  const { type, key, value } = mark;
  return stretchesWhere(state, mark, (run) => {
    return before.has(run) || winnerOf(state.covers.with(state.coverOf(run), mark), key) === mark;
  }).map(({ start, end }) => ({ type, key, value, start, end }));
}

/** Where a live mark is the one that decides. */
export function decidedBy(state: TextState, mark: Mark): readonly Stretch[] {
  return stretchesWhere(state, mark, (run) => winnerOf(state.coverOf(run), mark.key) === mark);
}

/** The parts of what a mark covers that pass the test. */
function stretchesWhere(state: TextState, mark: Mark, test: (run: number) => boolean): Stretch[] {
  if (slotOrder(state, mark.start, mark.end) >= 0) return [];
  const { table } = state.runs;
  const beyond = runAfter(state, mark.end);
  const first = runAfter(state, mark.start);
  const found: Stretch[] = [];
  let start: AnchorSlot | null = null;
  for (let run = first; run !== NIL && run !== beyond; run = table.next[run] as number) {
    const before: AnchorSlot = { id: state.idAt(run, 0), side: 'before' };
    if (test(run)) start ??= run === first ? mark.start : before;
    else if (start !== null) {
      found.push({ start, end: before });
      start = null;
    }
  }
  if (start !== null) found.push({ start, end: mark.end });
  return found;
}

function recover(state: TextState, mark: Mark, on: boolean, patches: TextPatch[] | null): void {
  const { runs, covers } = state;
  const { table, list } = runs;
  const end = runAfter(state, mark.end);
  const first = runAfter(state, mark.start);
  let index = first === NIL || patches === null ? 0 : list.startOf(first);
  let open: { type: 'mark'; index: number; count: number; key: string; value: Json | null } | null = null;
  for (let run = first; run !== NIL && run !== end; run = table.next[run] as number) {
    const old = state.coverOf(run);
    const cover = on ? covers.with(old, mark) : covers.without(old, mark);
    table.cover[run] = cover.number;
    if (patches === null) continue;
    const count = table.visible(run);
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
}

function edgeAt(state: TextState, id: AnchorSlot['id']): Edge {
  let edge = state.edges.get(id);
  if (edge === undefined) {
    edge = { starts: new Set(), ends: new Set() };
    state.edges.set(id, edge);
  }
  return edge;
}

/** The run that starts at the slot, cut there if need be; NIL at the end of the text. */
function runAfter(state: TextState, slot: AnchorSlot): number {
  const { runs } = state;
  const { table } = runs;
  if (slot.id === null) return slot.side === 'after' ? runs.list.first : NIL;
  const run = state.find(slot.id);
  if (run === NIL) return NIL;
  const offset = slot.id.seq - (table.seq[run] as number) + (slot.side === 'after' ? 1 : 0);
  if (offset === 0) return run;
  return offset === table.length[run] ? (table.next[run] as number) : runs.split(run, offset);
}

/** Negative if slot `a` comes before `b`. */
function slotOrder(state: TextState, a: AnchorSlot, b: AnchorSlot): number {
  const sides = (a.side === 'after' ? 1 : 0) - (b.side === 'after' ? 1 : 0);
  if (a.id !== null && b.id !== null) {
    const [left, right] = [state.find(a.id), state.find(b.id)];
    if (left !== right) return state.runs.list.compare(left, right);
    return a.id.seq - b.id.seq || sides;
  }
  // Without an element, `after` is the start of the text and `before` its end.
  const rank = (slot: AnchorSlot): number => (slot.id !== null ? 0 : slot.side === 'after' ? -1 : 1);
  return rank(a) - rank(b);
}
