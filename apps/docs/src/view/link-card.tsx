import { EditOnly } from '@concord/shell';
import { IconButton } from '@concord/ui';
import type { Editor } from '@tiptap/core';
import { ExternalLink, Pencil, Unlink } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { linkAt, setLink } from '../editor/commands.ts';
import { useDocsStore } from '../store.ts';
import { run, useEditorValue } from './use-editor.ts';
import { words } from './words.ts';

/** Below the link that the caret is in: where it leads, and what can be done with it. Its keys are those of Mod+K. */
export function LinkCard({ editor }: { editor: Editor }) {
  const link = useEditorValue(editor, ({ state }) =>
    state.selection.empty ? linkAt(state.selection.$from) : null,
  );
  const openDialog = useDocsStore((state) => state.openDialog);
  const card = useRef<HTMLDivElement>(null);
  const from = link?.from;
  useLayoutEffect(() => {
    const element = card.current;
    const parent = element?.offsetParent;
    if (!element || !parent || from === undefined) return;
    const at = editor.view.coordsAtPos(from);
    const frame = parent.getBoundingClientRect();
    const left = Math.min(at.left - frame.left, frame.width - element.offsetWidth - 8);
    element.style.insetBlockStart = `${at.bottom - frame.top + 6}px`;
    element.style.left = `${Math.max(8, left)}px`;
  }, [editor, from]);
  if (!link) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a press on the card leaves the caret in the link
    <div ref={card} className="cc-docs-card cc-screen-only" onMouseDown={(event) => event.preventDefault()}>
      <a
        href={link.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        aria-label={`${words.openLink}: ${link.href}`}
      >
        <ExternalLink aria-hidden="true" />
        <span>{link.href.replace(/^https?:\/\//, '')}</span>
      </a>
      <EditOnly>
        <IconButton
          label={words.editLink}
          icon={<Pencil />}
          size="small"
          onClick={() => openDialog('link')}
        />
        <IconButton
          label={words.removeLink}
          icon={<Unlink />}
          size="small"
          onClick={() => run(editor, setLink(null))}
        />
      </EditOnly>
    </div>
  );
}
