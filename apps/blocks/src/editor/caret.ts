import { TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { CaretTarget } from '../focus.ts';

/** Focuses an editor with the caret where it was asked for. */
export function placeCaret(view: EditorView, at: CaretTarget): void {
  const { doc, tr } = view.state;
  const last = doc.content.size - 1;
  if (at !== 'keep') {
    const pos =
      at === 'start' ? 1 : at === 'end' ? last : 'offset' in at ? 1 + at.offset : columnOf(view, at);
    view.dispatch(tr.setSelection(TextSelection.create(doc, Math.max(1, Math.min(pos, last)))));
  }
  view.focus();
  // What can only be read is not focused by that.
  if (!view.editable) view.dom.focus();
  trustSelection(view);
  view.dom.scrollIntoView({ block: 'nearest' });
}

/**
 * For 200 ms after a focus the editor takes a caret at the start of its document for a browser's whim and puts it
 * back. In an editor of one line that is what the Home key does, so the editor's clock of it is set back.
 */
export function trustSelection(view: EditorView): void {
  const { input } = view as unknown as { readonly input?: { lastFocus?: number } };
  if (typeof input?.lastFocus === 'number') input.lastFocus = 0;
}

/** Browsers tell late of a caret that a key has moved; the next key must not act where it was. */
export function readCaret(view: EditorView): void {
  const dom = view.dom.ownerDocument.getSelection();
  if (!dom?.anchorNode || !dom.focusNode || !view.hasFocus()) return;
  if (!view.dom.contains(dom.anchorNode) || !view.dom.contains(dom.focusNode)) return;
  const { doc, selection, tr } = view.state;
  const last = doc.content.size - 1;
  const at = (node: Node, offset: number): number => Math.max(1, Math.min(view.posAtDOM(node, offset), last));
  const anchor = at(dom.anchorNode, dom.anchorOffset);
  const head = at(dom.focusNode, dom.focusOffset);
  if (anchor === selection.anchor && head === selection.head) return;
  if (selection instanceof TextSelection)
    view.dispatch(tr.setSelection(TextSelection.create(doc, anchor, head)));
}

function columnOf(view: EditorView, { x, line }: { x: number; line: 'first' | 'last' }): number {
  const last = view.state.doc.content.size - 1;
  const edge = line === 'first' ? 1 : last;
  const { top, bottom } = view.coordsAtPos(edge);
  return view.posAtCoords({ left: x, top: (top + bottom) / 2 })?.pos ?? edge;
}

/** The horizontal place that the caret keeps while it goes up and down through several blocks. */
let column: number | null = null;

export const forgetColumn = (): void => {
  column = null;
};

export function caretColumn(view: EditorView): number {
  column ??= view.coordsAtPos(view.state.selection.head).left;
  return column;
}
