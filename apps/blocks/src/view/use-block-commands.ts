import { useMayEdit } from '@concord/shell';
import { type Command, useCommands } from '@concord/ui';

const inBlock = (id: string, title: string, ...keys: string[]): Command => ({
  id: `blocks.${id}`,
  title,
  keys,
  group: 'Focused block',
  inView: true,
});

const inText = (id: string, title: string, ...keys: string[]): Command => ({
  ...inBlock(id, title, ...keys),
  group: 'Text',
});

const COMMANDS: readonly Command[] = [
  inBlock('choose', 'Choose a block', '/'),
  inBlock('new', 'New block', 'Enter'),
  inBlock('line', 'New line in the block', 'Shift+Enter'),
  inBlock('indent', 'Indent', 'Tab'),
  inBlock('outdent', 'Outdent', 'Shift+Tab'),
  inBlock('up', 'Move up', 'Alt+Shift+Up', 'Mod+Shift+Up'),
  inBlock('down', 'Move down', 'Alt+Shift+Down', 'Mod+Shift+Down'),
  inBlock('check', 'Check, or fold', 'Mod+Enter'),
  inBlock('duplicate', 'Duplicate', 'Mod+D'),
  inBlock('delete', 'Delete the block', 'Mod+Shift+Backspace'),
  inBlock('menu', 'Menu of the block', 'Mod+/'),
  inBlock('leave', 'To the block’s handle, then Tab goes on', 'Escape'),
  inBlock('type', 'Text; 1 to 3 are headings, 4 and on the lists', 'Mod+Alt+0'),
  inText('bold', 'Bold', 'Mod+B'),
  inText('italic', 'Italic', 'Mod+I'),
  inText('underline', 'Underline', 'Mod+U'),
  inText('strike', 'Strikethrough', 'Mod+Shift+S'),
  inText('code', 'Inline code', 'Mod+E'),
  inText('link', 'Link the selection', 'Mod+K'),
];

const NONE: readonly Command[] = [];

/** The keys of a page; the editors of its blocks obey them. */
export const useBlockCommands = (): void => useCommands(useMayEdit() ? COMMANDS : NONE);
