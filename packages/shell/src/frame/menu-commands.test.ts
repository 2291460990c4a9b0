import type { MenuEntry } from '@concord/ui';
import { expect, test } from 'vitest';
import { menuCommands } from './menu-commands.ts';

test('every line that does something becomes a command, once', () => {
  const done: unknown[] = [];
  const entries: MenuEntry[] = [
    { label: 'Archive', shortcut: 'A', onSelect: () => done.push('archive') },
    { type: 'separator' },
    { type: 'heading', label: 'View' },
    { type: 'check', label: 'Outline', checked: true, onChange: (on) => done.push(on) },
    {
      type: 'choice',
      label: 'Theme',
      value: 'dark',
      options: [
        { value: 'dark', label: 'Dark' },
        { value: 'light', label: 'Light' },
      ],
      onChange: (value) => done.push(value),
    },
    {
      type: 'submenu',
      label: 'Export',
      items: [{ label: 'PDF', onSelect: () => done.push('pdf'), disabled: true }],
    },
  ];
  const commands = menuCommands(entries, 'Document');
  expect(commands.map(({ title, group, keys, disabled }) => [group, title, keys, disabled])).toEqual([
    ['Document', 'Archive', ['A'], false],
    ['Document', 'Outline', undefined, false],
    ['Document', 'Theme: Light', undefined, undefined],
    ['Export', 'PDF', undefined, true],
  ]);
  for (const command of commands) command.run?.();
  expect(done).toEqual(['archive', false, 'light', 'pdf']);
});
