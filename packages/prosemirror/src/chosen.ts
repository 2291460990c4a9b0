import { type EditorState, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { indexAt, positionAt } from './position.ts';
import type { Indices } from './stretch.ts';

/** What is selected; for a mere caret all of its block. `start` is where the editor's text begins. Null if that is empty. */
export function chosenIndices({ doc, selection }: EditorState, start = 0): Indices | null {
  const { $from, $to, empty } = selection;
  const from = Math.max(start, indexAt(doc, empty ? $from.start() : $from.pos, start));
  const to = indexAt(doc, empty ? $to.end() : $to.pos, start);
  return from < to ? { from, to } : null;
}

/** Brings a stretch of the text into view, and the caret to its start if `focus`. Gives the block that it begins in. */
export function revealIndices(view: EditorView, at: Indices, focus: boolean, start = 0): Element | null {
  const { doc, tr } = view.state;
  const pos = positionAt(doc, Math.max(start, at.from), start);
  if (focus) {
    view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(pos))));
    view.focus();
  }
  const { node } = view.domAtPos(pos);
  const element = node instanceof Element ? node : node.parentElement;
  element?.scrollIntoView({ block: 'nearest' });
  const place = doc.resolve(pos);
  const block = place.depth > 0 ? view.nodeDOM(place.before()) : null;
  return block instanceof Element ? block : null;
}
