import {
  type AppProps,
  type Beginning,
  EditOnly,
  Loading,
  textMarks,
  useAwaited,
  useBeginning,
  useComments,
  useMode,
} from '@concord/shell';
import { toast } from '@concord/ui';
import type { Editor } from '@tiptap/core';
import { lazy, Suspense, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createEditor } from '../editor/create-editor.ts';
import { openEditor } from '../editor/open-editor.ts';
import { opened } from '../editor/opened.ts';
import { modeChanged } from '../editor/reading.ts';
import { pasteMarkdown } from '../paste/pasting.ts';
import type { docsSchema } from '../schema.ts';
import { useDocsStore } from '../store.ts';
import { DocsMenu } from './docs-menu.tsx';
import { FormatBar } from './format-bar.tsx';
import { LinkCard } from './link-card.tsx';
import { Outline } from './outline.tsx';
import { useAnnouncedEdits } from './use-announced-edits.ts';
import { useSettledBody } from './use-settled-body.ts';
import { WordCount } from './word-count.tsx';
import { words } from './words.ts';

// Not needed to show a document and to write in it; loaded as soon as that is done, so that all of it works offline.
const LATER = {
  dialogs: () => import('./dialogs.ts'),
  parser: () => import('../markdown/parse.ts'),
};
const FindBar = lazy(async () => ({ default: (await LATER.dialogs()).FindBar }));
const ImageDialog = lazy(async () => ({ default: (await LATER.dialogs()).ImageDialog }));
const LinkDialog = lazy(async () => ({ default: (await LATER.dialogs()).LinkDialog }));

type DocsProps = AppProps<typeof docsSchema>;

/** The editor of one document, for as long as the page shows it. */
function useDocsEditor(session: DocsProps['session']) {
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor | null>(null);
  const comments = useComments();
  const mode = useMode();
  const latest = useRef(mode);
  latest.current = mode;
  useEffect(() => {
    if (editor) modeChanged(editor, mode);
  }, [editor, mode]);
  // Before the next paint: what was there to be read goes in the same frame.
  useLayoutEffect(() => {
    if (!host.current) return;
    const { openDialog, setFinding } = useDocsStore.getState();
    const made = createEditor({
      session,
      host: host.current,
      label: words.text,
      description: words.leave,
      placeholder: words.placeholder,
      onLink: () => openDialog('link'),
      onFind: () => setFinding(true),
      mode: () => latest.current,
      comments: textMarks(comments),
      onRefused: (message) => toast({ key: 'refused', title: message, tone: 'danger' }),
    });
    setEditor(made);
    openEditor.current = opened(made, session);
    const later = setTimeout(() => {
      // Without a network they come when they are asked for, or say so.
      for (const load of Object.values(LATER)) load().catch(() => undefined);
    }, 1000);
    // A new document is there to be written in; in a frame beside others the focus is not ours to take.
    if (
      latest.current === 'edit' &&
      made.state.doc.content.size === 2 &&
      window.top === window &&
      document.activeElement === document.body
    ) {
      made.view.focus();
    }
    return () => {
      clearTimeout(later);
      setEditor(null);
      openEditor.current = null;
      made.destroy();
    };
  }, [session, comments]);
  return { host, editor };
}

/** The text with its editor and all that one does to it. */
export function DocsEditor({ session }: DocsProps) {
  const { host, editor } = useDocsEditor(session);
  const dialog = useDocsStore((state) => state.dialog);
  const outline = useDocsStore((state) => state.outline);
  const finding = useDocsStore((state) => state.finding);
  const openDialog = useDocsStore((state) => state.openDialog);
  const body = useSettledBody(session);
  // What is written here is on its way: nothing shall say yet that there is nothing.
  const coming = useAwaited() && body.text === '';
  useAnnouncedEdits(session);

  useBeginning(
    editor &&
      ((beginning: Beginning) => {
        if (beginning.type !== 'markdown') return;
        session.doc.change((root) => root.title.set(beginning.name.slice(0, 200)), { undoable: false });
        // Read from the top, whatever was put in.
        void pasteMarkdown(editor.view, beginning.text).then(() => {
          editor.commands.focus('start', { scrollIntoView: false });
          window.scrollTo(0, 0);
        });
      }),
  );

  const close = (): void => {
    openDialog(null);
    // After the dialog gave the focus back to what had it.
    requestAnimationFrame(() => editor?.view.focus());
  };

  return (
    <div className="cc-docs">
      <div className="cc-docs-bar">
        {editor ? (
          <EditOnly>
            <FormatBar editor={editor} />
          </EditOnly>
        ) : null}
        <Suspense>{editor && finding ? <FindBar editor={editor} /> : null}</Suspense>
      </div>
      <div className="cc-docs-desk">
        {editor && outline && !coming ? <Outline editor={editor} body={body} /> : null}
        <div className="cc-docs-page">
          <div className="cc-docs-host" ref={host} />
          {coming ? <Loading /> : null}
          {editor ? <LinkCard editor={editor} /> : null}
        </div>
      </div>
      {editor ? (
        <>
          {coming ? null : <WordCount editor={editor} body={body} />}
          <DocsMenu session={session} editor={editor} />
          <Suspense>
            <EditOnly>
              {dialog === 'link' ? <LinkDialog editor={editor} onClose={close} /> : null}
              {dialog === 'image' ? <ImageDialog editor={editor} onClose={close} /> : null}
            </EditOnly>
          </Suspense>
        </>
      ) : null}
    </div>
  );
}
