import type { EditorView } from '@tiptap/pm/view';
import type { Editing } from '../editing.ts';
import { chooseType, typesFor } from '../slash.ts';
import { type Box, getState, setState, type TextSelected } from '../store.ts';

/*
 * What the reader's view must know of the one editor that has the focus: an open slash menu, and the selected text
 * for the bar of formats.
 */

const boxOf = (view: EditorView, from: number, to = from): Box => {
  const a = view.coordsAtPos(from);
  const b = view.coordsAtPos(to);
  return { left: a.top === b.top ? (a.left + b.left) / 2 : a.left, top: a.top, bottom: b.bottom };
};

/** After each transaction of an editor that has the focus; `typed`: the reader changed the text. */
export function updateSlash(view: EditorView, block: string, typed: boolean): void {
  const { slash } = getState();
  const { $head, empty } = view.state.selection;
  const before = $head.parent.textBetween(0, $head.parentOffset, '', '\ufffc');
  const match = /(?:^|\s)\/([^\s/][^/\n]{0,24}|)$/.exec(before);
  const open = slash?.block === block ? slash : null;
  if (!match || !empty) {
    if (open) setState({ slash: null });
    return;
  }
  const query = match[1] ?? '';
  const from = $head.parentOffset - query.length - 1;
  if (open?.from === from) {
    if (open.query === query) return;
    // Nothing fits any more: it was just a slash.
    if (typesFor(query).length === 0) setState({ slash: null });
    else setState({ slash: { ...open, query, active: 0 } });
  } else if (typed && query === '') {
    setState({ slash: { block, from, query, active: 0, box: boxOf(view, from + 1) } });
  } else if (open) setState({ slash: null });
}

/** The keys of an open slash menu. True if it took the key. */
export function slashKey(event: KeyboardEvent, editing: Editing): boolean {
  const { slash } = getState();
  if (!slash || event.ctrlKey || event.metaKey || event.altKey) return false;
  const types = typesFor(slash.query);
  const { active } = slash;
  switch (event.key) {
    case 'ArrowDown':
      setState({ slash: { ...slash, active: (active + 1) % types.length } });
      return true;
    case 'ArrowUp':
      setState({ slash: { ...slash, active: (active + types.length - 1) % types.length } });
      return true;
    case 'Enter':
    case 'Tab': {
      const type = types[active];
      if (type) chooseType(editing, type);
      return true;
    }
    case 'Escape':
      setState({ slash: null });
      return true;
    default:
      return false;
  }
}

/** What is selected in an editor; null for a caret. */
export function selectedText(view: EditorView, block: string): TextSelected | null {
  const { doc, selection } = view.state;
  const { from, to, empty } = selection;
  if (empty) return null;
  const marks = ['link', 'bold', 'italic', 'underline', 'strike', 'code'].filter((name) => {
    let all = true;
    doc.nodesBetween(from, to, (node) => {
      if (node.isText && !node.marks.some((mark) => mark.type.name === name)) all = false;
    });
    return all;
  });
  let href = '';
  doc.nodesBetween(from, to, (node) => {
    href ||= node.marks.find((mark) => mark.type.name === 'link')?.attrs.href ?? '';
  });
  return { block, from, to, marks, href, box: boxOf(view, from, to) };
}

export function updateSelected(view: EditorView, block: string): void {
  const selected = view.hasFocus() ? selectedText(view, block) : null;
  if (selected || getState().selected?.block === block) setState({ selected });
}
