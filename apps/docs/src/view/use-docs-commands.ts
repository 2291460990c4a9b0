import { type Command, useCommands } from '@concord/ui';
import type { Editor } from '@tiptap/core';
import { toggleMark } from '@tiptap/pm/commands';
import type { Command as Edit } from '@tiptap/pm/state';
import { clearFormatting, indent, toggleStyle } from '../editor/commands.ts';
import { SHORTCUTS, STYLES } from '../editor/keymap.ts';
import { useDocsStore } from '../store.ts';
import { words } from './words.ts';

const MARKS = ['bold', 'italic', 'underline', 'strike', 'code'] as const;

const NONE: readonly Command[] = [];

/** What can be done with the text, from the list of keys that the editor itself obeys. */
export function useDocsCommands(editor: Editor, mayEdit: boolean): void {
  const openDialog = useDocsStore((state) => state.openDialog);
  const format = (id: string, title: string, keys: readonly string[], edit: Edit): Command => ({
    id: `docs.${id}`,
    title,
    keys,
    group: words.format,
    inView: true,
    run: () => {
      edit(editor.state, editor.view.dispatch, editor.view);
      editor.view.focus();
    },
  });
  const commands: readonly Command[] = [
    ...MARKS.map((mark) =>
      format(mark, words.marks[mark], [SHORTCUTS[mark]], (...at) => {
        const type = editor.schema.marks[mark];
        return type ? toggleMark(type)(...at) : false;
      }),
    ),
    {
      id: 'docs.link',
      title: words.link,
      group: words.format,
      keys: [SHORTCUTS.link],
      inView: true,
      run: () => openDialog('link'),
    },
    { id: 'docs.image', title: words.image, group: words.format, run: () => openDialog('image') },
    format('clear', words.clear, [SHORTCUTS.clear], clearFormatting),
    format('indent', words.indent, ['Tab'], indent(1)),
    format('outdent', words.outdent, ['Shift+Tab'], indent(-1)),
    ...Object.entries(STYLES).map(([name, style]) =>
      format(name, words.styles[name] ?? name, [SHORTCUTS[name as keyof typeof STYLES]], toggleStyle(style)),
    ),
  ];
  useCommands(mayEdit ? commands : NONE);
}
