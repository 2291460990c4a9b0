import type { useUndo } from '@concord/react';
import { languageEntry, type MenuEntry, useCommands, useOpenCommands, useThemeEntry } from '@concord/ui';
import { Command as CommandIcon, Keyboard, Link2, Redo2, Undo2 } from 'lucide-react';
import { stepName } from '../undo/use-undo-toasts.ts';
import { words } from '../words.ts';
import { menuCommands } from './menu-commands.ts';

type FrameCommands = {
  /** The lines of the "More" menu. */
  entries: readonly MenuEntry[];
  /** The lines of the panels, which have commands of their own. */
  panels: readonly MenuEntry[];
  history: Pick<
    ReturnType<typeof useUndo>,
    'canUndo' | 'canRedo' | 'undoLabel' | 'redoLabel' | 'undo' | 'redo'
  >;
  onCopyLink: () => void;
};

/** Offers what can be done with any document as commands, and returns the lines of the "More" menu with the help added. */
export function useFrameCommands({ entries, panels, history, onCopyLink }: FrameCommands): MenuEntry[] {
  const open = useOpenCommands();
  const theme = useThemeEntry();
  const { canUndo, canRedo, undoLabel, redoLabel, undo, redo } = history;
  useCommands([
    {
      id: 'frame.undo',
      title: undoLabel ? words.undo(stepName(undoLabel)) : words.plainUndo,
      group: words.document,
      keys: ['Mod+Z'],
      icon: <Undo2 />,
      disabled: !canUndo,
      inView: true,
      run: undo,
    },
    {
      id: 'frame.redo',
      title: redoLabel ? words.redo(stepName(redoLabel)) : words.plainRedo,
      group: words.document,
      keys: ['Mod+Shift+Z'],
      icon: <Redo2 />,
      disabled: !canRedo,
      inView: true,
      run: redo,
    },
    { id: 'frame.link', title: words.copyLink, group: words.document, icon: <Link2 />, run: onCopyLink },
    ...menuCommands([...entries, theme, languageEntry()], words.document),
    {
      id: 'frame.commands',
      title: words.commands,
      group: words.help,
      keys: ['Mod+K', 'Mod+Shift+P'],
      unlisted: true,
      run: () => open('palette'),
    },
    {
      id: 'frame.keys',
      title: words.keyboardShortcuts,
      group: words.help,
      keys: ['?'],
      icon: <Keyboard />,
      run: () => open('keys'),
    },
  ]);
  return [
    ...panels,
    ...(panels.length > 0 ? [{ type: 'separator' } as const] : []),
    ...entries,
    { type: 'separator' },
    { label: words.commands, icon: <CommandIcon />, shortcut: 'Mod+K', onSelect: () => open('palette') },
    { label: words.keyboardShortcuts, icon: <Keyboard />, shortcut: '?', onSelect: () => open('keys') },
  ];
}
