import { download, fileName, useFrameMenu, useMayEdit } from '@concord/shell';
import { toast } from '@concord/ui';
import type { Editor } from '@tiptap/core';
import { ClipboardCopy, FileDown, FileUp, Printer, Search } from 'lucide-react';
import { useRef } from 'react';
import type { DocsSession } from '../editor/create-editor.ts';
import { SHORTCUTS } from '../editor/keymap.ts';
import { serializeMarkdown } from '../markdown/serialize.ts';
import { pasteMarkdown } from '../paste/pasting.ts';
import { useDocsStore } from '../store.ts';
import { useDocsCommands } from './use-docs-commands.ts';
import { words } from './words.ts';

/** This app's entries of the "More" menu. */
export function DocsMenu({ session, editor }: { session: DocsSession; editor: Editor }) {
  const picker = useRef<HTMLInputElement>(null);
  const outline = useDocsStore((state) => state.outline);
  const setOutline = useDocsStore((state) => state.setOutline);
  const setFinding = useDocsStore((state) => state.setFinding);
  const markdown = (): string => serializeMarkdown(editor.state.doc);

  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(markdown());
      toast({ key: 'markdown', title: words.copied });
    } catch {
      toast({ key: 'markdown', title: words.copyFailed, tone: 'danger' });
    }
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      await pasteMarkdown(editor.view, await file.text());
      toast({
        key: 'markdown',
        title: words.imported(file.name),
        action: { label: words.undo, onSelect: () => void session.doc.undo() },
      });
    } catch {
      toast({ key: 'markdown', title: words.importFailed, tone: 'danger' });
    }
  };

  const mayEdit = useMayEdit();
  useDocsCommands(editor, mayEdit);
  useFrameMenu([
    { label: words.find, icon: <Search />, shortcut: SHORTCUTS.find, onSelect: () => setFinding(true) },
    { type: 'separator' },
    ...(mayEdit
      ? [{ label: words.importMarkdown, icon: <FileUp />, onSelect: () => picker.current?.click() }]
      : []),
    { label: words.copyMarkdown, icon: <ClipboardCopy />, onSelect: () => void copy() },
    {
      label: words.downloadMarkdown,
      icon: <FileDown />,
      onSelect: () => download(fileName(session.doc.view.title, 'md'), markdown(), 'text/markdown'),
    },
    { label: words.print, icon: <Printer />, onSelect: () => window.print() },
    { type: 'separator' },
    { type: 'check', label: words.showOutline, checked: outline, onChange: setOutline },
  ]);
  return (
    <input
      ref={picker}
      type="file"
      accept=".md,.markdown,.txt,text/markdown,text/plain"
      hidden
      onChange={(event) => {
        void take(event.target.files?.[0]);
        event.target.value = '';
      }}
    />
  );
}
