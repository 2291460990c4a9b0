import type { TextView } from '@concord/crdt';
import { scrollBehaviour } from '@concord/ui';
import type { Editor } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';
import { useMemo } from 'react';
import { type OutlineEntry, outlineOf } from '../model.ts';
import { words } from './words.ts';

/** Puts the caret into block number `block` and brings it to the top of the window. */
function goTo(editor: Editor, { block }: OutlineEntry): void {
  const { doc } = editor.state;
  if (block >= doc.childCount) return;
  let pos = 0;
  for (let i = 0; i < block; i++) pos += doc.child(i).nodeSize;
  editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, pos + 1)));
  editor.view.focus();
  const dom = editor.view.nodeDOM(pos);
  if (dom instanceof HTMLElement) dom.scrollIntoView({ block: 'start', behavior: scrollBehaviour() });
}

/** The headings beside the page, where there is room. */
export function Outline({ editor, body }: { editor: Editor; body: TextView }) {
  const entries = useMemo(() => outlineOf(body), [body]);
  const top = Math.min(...entries.map((entry) => entry.level));
  return (
    <nav className="cc-docs-outline cc-screen-only" aria-label={words.outline}>
      <h2>{words.outline}</h2>
      {entries.length === 0 ? <p>{words.outlineEmpty}</p> : null}
      <ul>
        {entries.map((entry) => (
          <li key={entry.block} style={{ paddingInlineStart: `${(entry.level - top) * 0.75}rem` }}>
            <button type="button" onClick={() => goTo(editor, entry)}>
              {entry.text}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
