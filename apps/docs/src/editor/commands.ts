import { safeHref, safeImageSrc } from '@concord/prosemirror/text';
import type { Attrs, Node, NodeType, ResolvedPos, Schema } from '@tiptap/pm/model';
import { type Command, type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import { words } from '../view/words.ts';
import { isListItem, MAX_INDENT } from './nodes.ts';

/** What a block can be, as the styles menu and the shortcuts know it. */
export interface BlockStyle {
  readonly type: string;
  readonly attrs?: Attrs;
}

const nodeType = (schema: Schema, name: string): NodeType => {
  const type = schema.nodes[name];
  if (!type) throw new RangeError(`no node ${name}`);
  return type;
};

/** The blocks that the selection touches, with their positions. */
export function selectedBlocks(state: EditorState): { readonly node: Node; readonly pos: number }[] {
  const found: { node: Node; pos: number }[] = [];
  const { from, to } = state.selection;
  state.doc.nodesBetween(from, to, (node, pos) => {
    found.push({ node, pos });
    return false;
  });
  return found;
}

const isStyle = (node: Node, { type, attrs }: BlockStyle): boolean =>
  node.type.name === type && Object.entries(attrs ?? {}).every(([key, value]) => node.attrs[key] === value);

/** Whether every block of the selection has this style. */
export const hasStyle = (state: EditorState, style: BlockStyle): boolean =>
  selectedBlocks(state).every(({ node }) => isStyle(node, style));

function setStyle(tr: Transaction, pos: number, style: BlockStyle): void {
  const node = tr.doc.nodeAt(pos);
  if (!node) return;
  // An indent is kept where the new kind of block has one.
  tr.setNodeMarkup(pos, nodeType(node.type.schema, style.type), {
    indent: node.attrs.indent ?? 0,
    ...style.attrs,
  });
}

/** Gives the blocks of the selection a style; all of them have it already: makes them paragraphs. */
export const toggleStyle =
  (style: BlockStyle): Command =>
  (state, dispatch) => {
    const target = hasStyle(state, style) ? { type: 'paragraph' } : style;
    return setStyles(target)(state, dispatch);
  };

export const setStyles =
  (style: BlockStyle): Command =>
  (state, dispatch) => {
    if (dispatch) {
      const { tr } = state;
      for (const { node, pos } of selectedBlocks(state)) if (!isStyle(node, style)) setStyle(tr, pos, style);
      dispatch(tr.scrollIntoView());
    }
    return true;
  };

/** Shifts the blocks of the selection by one indent. False if none of them can move. */
export const indent =
  (by: 1 | -1): Command =>
  (state, dispatch) => {
    const movable = selectedBlocks(state).filter(({ node }) => {
      if (node.attrs.indent === undefined) return false;
      const next = (node.attrs.indent as number) + by;
      return next >= 0 && next <= MAX_INDENT;
    });
    if (movable.length === 0) return false;
    if (dispatch) {
      const { tr } = state;
      for (const { node, pos } of movable)
        tr.setNodeAttribute(pos, 'indent', (node.attrs.indent as number) + by);
      dispatch(tr.scrollIntoView());
    }
    return true;
  };

const blockOf = ($pos: ResolvedPos): { node: Node; pos: number } => ({
  node: $pos.parent,
  pos: $pos.before(),
});

/** Enter: what comes next depends on the block. Code keeps the key for a new line. */
export const enter: Command = (state, dispatch) => {
  const { selection, schema } = state;
  if (!(selection instanceof TextSelection)) return false;
  const { node, pos } = blockOf(selection.$from);
  if (node.type.name === 'codeBlock') return newLineInCode(state, dispatch);
  if (selection.empty && openFence(state, dispatch)) return true;
  const isEmpty = node.content.size === 0;
  if (isEmpty && selection.empty && (isListItem(node) || node.type.name === 'quote')) {
    return indent(-1)(state, dispatch) || setStyles({ type: 'paragraph' })(state, dispatch);
  }
  if (!dispatch) return true;
  const tr = state.tr.deleteSelection();
  const { $from } = tr.selection;
  const atEnd = $from.parentOffset === $from.parent.content.size;
  if ($from.parentOffset === 0 && !atEnd) {
    // A new block goes before this one, which stays itself.
    const above = isListItem(node)
      ? node.type.create({ indent: node.attrs.indent })
      : nodeType(schema, 'paragraph').create();
    tr.insert(pos, above);
  } else {
    const isHeadingEnd = node.type.name === 'heading' && atEnd;
    const type = isHeadingEnd ? nodeType(schema, 'paragraph') : node.type;
    const attrs = isHeadingEnd ? null : { ...node.attrs, ...('checked' in node.attrs && { checked: false }) };
    tr.split($from.pos, 1, [{ type, attrs }]);
  }
  const marks = state.storedMarks ?? (selection.$to.parentOffset > 0 ? selection.$from.marks() : null);
  if (marks) tr.ensureMarks(marks.filter((mark) => mark.type.spec.inclusive !== false));
  dispatch(tr.scrollIntoView());
  return true;
};

/** A fence alone on its line, with or without a language, opens code. */
const openFence: Command = (state, dispatch) => {
  const { $from } = state.selection;
  const fence = /^```([\w+#.-]{0,40})$/.exec($from.parent.textContent);
  if (!fence || $from.parentOffset !== $from.parent.content.size || $from.parent.type.name !== 'paragraph')
    return false;
  if (dispatch) {
    const tr = state.tr.delete($from.start(), $from.pos);
    setStyle(tr, $from.before(), { type: 'codeBlock', attrs: { language: fence[1] ?? '' } });
    dispatch(tr.scrollIntoView());
  }
  return true;
};

/** A second empty line at the end of code leaves it. */
const newLineInCode: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const text = $from.parent.textContent;
  const leaves = empty && $from.parentOffset === text.length && text.endsWith('\n');
  if (leaves) return exitCode(1)(state, dispatch);
  const before = $from.parent.textBetween(0, $from.parentOffset, '', ' ');
  const lead = /(?:^|\n)([ \t]*)[^\n]*$/.exec(before)?.[1] ?? '';
  dispatch?.(state.tr.insertText(`\n${lead}`).scrollIntoView());
  return true;
};

/** Starts a paragraph below the code; `trim` line ends go from the end of the code. */
export const exitCode =
  (trim = 0): Command =>
  (state, dispatch) => {
    const { $head } = state.selection;
    if ($head.parent.type.name !== 'codeBlock') return false;
    if (dispatch) {
      const end = $head.end();
      const tr = state.tr.delete(end - trim, end);
      const after = end - trim + 1;
      tr.insert(after, nodeType(state.schema, 'paragraph').create());
      dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
    }
    return true;
  };

/** Backspace at the start of a block: first back to the margin, then back to a paragraph, only then a join. */
export const backspaceAtStart: Command = (state, dispatch) => {
  const { selection } = state;
  if (!(selection instanceof TextSelection) || !selection.empty || selection.$from.parentOffset > 0)
    return false;
  const { node } = blockOf(selection.$from);
  if (indent(-1)(state, dispatch)) return true;
  if (node.type.name === 'paragraph') return false;
  return setStyles({ type: 'paragraph' })(state, dispatch);
};

/** Takes all marks from the selection and makes its blocks paragraphs. */
export const clearFormatting: Command = (state, dispatch) => {
  if (dispatch) {
    const { tr, selection } = state;
    for (const { pos } of selectedBlocks(state))
      setStyle(tr, pos, { type: 'paragraph', attrs: { indent: 0 } });
    tr.removeMark(selection.from, selection.to).setStoredMarks([]);
    dispatch(tr.setMeta('label', words.clear));
  }
  return true;
};

export const insertBreak: Command = (state, dispatch) => {
  const { $from } = state.selection;
  const isCode = $from.parent.type.name === 'codeBlock';
  const node = isCode ? state.schema.text('\n') : nodeType(state.schema, 'hardBreak').create();
  dispatch?.(state.tr.replaceSelectionWith(node, false).scrollIntoView());
  return true;
};

/** A line across the page, and a paragraph below to go on in. */
export const insertDivider: Command = (state, dispatch) => {
  if (dispatch) {
    const paragraph = nodeType(state.schema, 'paragraph');
    const line = nodeType(state.schema, 'divider').create();
    const tr = state.tr.deleteSelection();
    const { $from } = tr.selection;
    let below = $from.after();
    if ($from.parent.content.size === 0) {
      tr.setNodeMarkup($from.before(), paragraph).insert($from.pos, line);
      below += line.nodeSize;
    } else {
      const block = paragraph.create(null, line);
      tr.insert(below, block);
      below += block.nodeSize;
    }
    tr.insert(below, paragraph.create());
    tr.setSelection(TextSelection.create(tr.doc, below + 1));
    dispatch(tr.setMeta('label', words.insertLine).scrollIntoView());
  }
  return true;
};

export const setAlign =
  (align: 'start' | 'center' | 'end'): Command =>
  (state, dispatch) => {
    const blocks = selectedBlocks(state).filter(({ node }) => 'align' in node.attrs);
    if (blocks.length === 0) return false;
    const { tr } = state;
    for (const { node, pos } of blocks)
      if (node.attrs.align !== align) tr.setNodeAttribute(pos, 'align', align);
    dispatch?.(tr);
    return true;
  };

/** Puts an image in place of the selection. */
export const insertImage =
  (attrs: { readonly src: string; readonly alt: string; readonly width: number }): Command =>
  (state, dispatch) => {
    if (safeImageSrc(attrs.src) === null) return false;
    const image = nodeType(state.schema, 'image').create(attrs);
    dispatch?.(
      state.tr.replaceSelectionWith(image, false).setMeta('label', words.imageInsert).scrollIntoView(),
    );
    return true;
  };

/** The stretch of the link around a position, or null. */
export function linkAt(
  $pos: ResolvedPos,
): { readonly from: number; readonly to: number; readonly href: string } | null {
  const find = (node: Node | null | undefined) => node?.marks.find((mark) => mark.type.name === 'link');
  const mark = find($pos.parent.maybeChild($pos.index())) ?? find($pos.nodeBefore);
  if (!mark) return null;
  let run: { from: number; to: number } | null = null;
  let found: { from: number; to: number } | null = null;
  $pos.parent.forEach((child, offset) => {
    const from = $pos.start() + offset;
    const to = from + child.nodeSize;
    run = mark.isInSet(child.marks) ? { from: run?.from ?? from, to } : null;
    if (run && run.from <= $pos.pos && run.to >= $pos.pos) found = run;
  });
  return found && { ...(found as { from: number; to: number }), href: String(mark.attrs.href) };
}

/** Links the selection, or the link under the caret, or inserts `text` as a link. `href: null` takes the link off. */
export const setLink =
  (href: string | null, text?: string): Command =>
  (state, dispatch) => {
    const type = state.schema.marks.link;
    const safe = href === null ? null : safeHref(href);
    if (!type || (href !== null && safe === null)) return false;
    if (!dispatch) return true;
    const { selection } = state;
    const { tr } = state;
    const here = linkAt(selection.$from);
    const { from, to } = selection.empty && here ? here : selection;
    tr.setMeta('label', safe === null ? words.removeLink : words.setLink);
    if (safe === null) tr.removeMark(from, to, type);
    else if (from === to || (text && text !== state.doc.textBetween(from, to))) {
      const words = text || safe;
      const marks = [
        ...selection.$from.marks().filter((mark) => mark.type !== type),
        type.create({ href: safe }),
      ];
      tr.replaceWith(from, to, state.schema.text(words, marks)).removeStoredMark(type);
    } else tr.addMark(from, to, type.create({ href: safe }));
    dispatch(tr.scrollIntoView());
    return true;
  };
