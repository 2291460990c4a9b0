import type { Anchor, Json, OpId, TextMut } from '@concord/crdt';
import type { Node } from '@tiptap/pm/model';
import { type Selection, TextSelection, type Transaction } from '@tiptap/pm/state';
import { indexAt, positionAt } from './position.ts';
import type { TextRange } from './source.ts';

/** A selection that survives any edit, as plain data for presence. A caret has two equal anchors. */
export interface AnchoredSelection {
  readonly anchor: Anchor;
  readonly head: Anchor;
}

/**
 * The selection in the text's own terms. A caret holds on to what is left of it, so that others who type at the
 * same place write behind it; the ends of a range hold on to what is inside.
 */
export function anchorSelection(
  text: TextMut,
  doc: Node,
  selection: Selection,
  range: TextRange,
): AnchoredSelection | null {
  const start = range.start(text);
  if (start === null) return null;
  const at = (pos: number, side: 'before' | 'after'): Anchor =>
    text.anchorAt(Math.max(start, indexAt(doc, pos, start)), side);
  if (selection.empty) {
    const caret = at(selection.head, 'after');
    return { anchor: caret, head: caret };
  }
  const from = at(selection.from, 'before');
  const to = at(selection.to, 'after');
  return selection.anchor <= selection.head ? { anchor: from, head: to } : { anchor: to, head: from };
}

/** The editor position of an anchor, or null if it lies outside of the range or is unknown. */
export function anchorPosition(text: TextMut, doc: Node, anchor: Anchor, range: TextRange): number | null {
  const start = range.start(text);
  const index = text.indexOf(anchor);
  if (start === null || index === null) return null;
  const last = start + doc.content.size - 2 * doc.childCount + (doc.childCount - 1);
  return index >= start && index <= last ? positionAt(doc, index, start) : null;
}

/** Moves the selection along with the steps of `tr`: a caret stays before what others insert at it. */
export function keepSelection(tr: Transaction, old: Selection): void {
  if (!(old instanceof TextSelection)) return;
  const from = tr.mapping.map(old.from, old.empty ? -1 : 1);
  const to = Math.max(from, tr.mapping.map(old.to, -1));
  const [anchor, head] = old.anchor <= old.head ? [from, to] : [to, from];
  tr.setSelection(TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head)));
}

/** A selection as `toJson` made it; null for anything else that a peer may have sent. */
export function readSelection(data: Json | undefined): AnchoredSelection | null {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  const { anchor, head } = data as { readonly [key: string]: Json };
  const a = readAnchor(anchor);
  const h = readAnchor(head);
  return a && h ? { anchor: a, head: h } : null;
}

function readAnchor(data: Json | undefined): Anchor | null {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  const { id, side } = data as { readonly [key: string]: Json };
  if (id !== null && (typeof id !== 'string' || !/^\d{1,15}@[0-9a-f]{16}$/.test(id))) return null;
  return side === 'before' || side === 'after' ? { id: id as OpId | null, side } : null;
}
