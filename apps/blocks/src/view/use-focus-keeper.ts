import { useLayoutEffect, useRef } from 'react';
import type { Editing } from '../editing.ts';
import { focusBlock, focusedBlock } from '../focus.ts';
import { contentRange } from '../model.ts';
import type { Presence } from '../presence.ts';
import type { Row } from '../rows.ts';
import { useTools } from './context.ts';

interface Held {
  readonly id: string;
  /** The focused element itself: a handle, a checkbox, or the text. */
  readonly element: HTMLElement;
  readonly text: string;
  readonly above: string | undefined;
}

/**
 * Keeps the focus where it is whatever a change does to the rows: in a block that moves, in the text that a merge
 * took to another block, or next to a block that is gone.
 */
export function useFocusKeeper(rows: readonly Row[]): void {
  const { editing, presence } = useTools();
  const held = useRef<Held | null>(null);
  const last = useRef(rows);
  if (last.current !== rows) {
    // The last moment at which the old elements are there: removed ones tell nobody that they had the focus.
    held.current = heldIn(last.current);
    last.current = rows;
  }
  useLayoutEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost && held.current) restore(held.current, rows, editing, presence);
    held.current = null;
  }, [rows, editing, presence]);
}

function heldIn(rows: readonly Row[]): Held | null {
  const id = focusedBlock();
  const index = rows.findIndex((row) => row.block.id === id);
  const { activeElement: element } = document;
  if (id === null || index < 0 || !(element instanceof HTMLElement)) return null;
  return { id, element, text: rows[index]?.block.text ?? '', above: rows[index - 1]?.block.id };
}

function restore(held: Held, rows: readonly Row[], editing: Editing, presence: Presence): void {
  if (rows.some((row) => row.block.id === held.id)) {
    if (held.element.isConnected && !held.element.isContentEditable) held.element.focus();
    else focusBlock(held.id, 'keep');
    return;
  }
  const caret = presence.last?.block === held.id ? presence.last.selection : null;
  const found = editing.session.doc.query((root) => {
    const index = caret && root.stream.indexOf(caret.head);
    if (index === null) return null;
    for (const { block } of rows) {
      const range = contentRange(root, block.id);
      if (range && index >= range.start && index <= range.end)
        return { id: block.id, offset: index - range.start };
    }
    return null;
  });
  // An empty block that goes leaves no text behind to follow, unless it was just split off.
  if (found && (held.text !== '' || found.id === held.above)) focusBlock(found.id, { offset: found.offset });
  else {
    const next = rows.find((row) => row.block.id === held.above) ?? rows[0];
    if (next) focusBlock(next.block.id, 'end');
  }
}
