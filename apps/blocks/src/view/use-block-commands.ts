import { useMayEdit } from '@concord/shell';
import { type Command, useCommands } from '@concord/ui';
import { useMemo } from 'react';
import { words } from '../words.ts';

const inBlock = (id: string, title: string, ...keys: string[]): Command => ({
  id: `blocks.${id}`,
  title,
  keys,
  group: words.keys.focused,
  inView: true,
});

const inText = (id: string, title: string, ...keys: string[]): Command => ({
  ...inBlock(id, title, ...keys),
  group: words.keys.text,
});

const commandsOf = (): readonly Command[] => [
  inBlock('choose', words.keys.choose, '/'),
  inBlock('new', words.newBlock, 'Enter'),
  inBlock('line', words.keys.line, 'Shift+Enter'),
  inBlock('indent', words.indent, 'Tab'),
  inBlock('outdent', words.outdent, 'Shift+Tab'),
  inBlock('up', words.moveUp, 'Alt+Shift+Up', 'Mod+Shift+Up'),
  inBlock('down', words.moveDown, 'Alt+Shift+Down', 'Mod+Shift+Down'),
  inBlock('check', words.keys.check, 'Mod+Enter'),
  inBlock('duplicate', words.duplicate, 'Mod+D'),
  inBlock('delete', words.keys.delete, 'Mod+Shift+Backspace'),
  inBlock('menu', words.keys.menu, 'Mod+/'),
  inBlock('leave', words.keys.leave, 'Escape'),
  inBlock('type', words.keys.type, 'Mod+Alt+0'),
  inText('bold', words.marks.bold, 'Mod+B'),
  inText('italic', words.marks.italic, 'Mod+I'),
  inText('underline', words.marks.underline, 'Mod+U'),
  inText('strike', words.marks.strike, 'Mod+Shift+S'),
  inText('code', words.marks.code, 'Mod+E'),
  inText('link', words.keys.link, 'Mod+K'),
];

const NONE: readonly Command[] = [];

/** The keys of a page; the editors of its blocks obey them. */
export function useBlockCommands(): void {
  const mayEdit = useMayEdit();
  useCommands(useMemo(() => (mayEdit ? commandsOf() : NONE), [mayEdit]));
}
