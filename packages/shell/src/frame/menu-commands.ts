import type { Command, MenuEntry } from '@concord/ui';

/**
 * The lines of a menu as commands, so that nobody writes them twice. A choice gives one command per option, a submenu
 * those of its lines. Their keys are shown only: who puts a shortcut into a menu listens for it already.
 */
export function menuCommands(entries: readonly MenuEntry[], group: string, prefix = 'menu'): Command[] {
  return entries.flatMap((entry): Command[] => {
    switch (entry.type) {
      case 'separator':
      case 'heading':
        return [];
      case 'submenu':
        return menuCommands(entry.items, entry.label, `${prefix}.${entry.label}`);
      case 'choice':
        return entry.options
          .filter((option) => option.value !== entry.value)
          .map((option) => ({
            id: `${prefix}.${entry.label}.${option.value}`,
            title: `${entry.label}: ${option.label}`,
            group,
            run: () => entry.onChange(option.value),
          }));
      default: {
        const run = entry.type === 'check' ? () => entry.onChange(!entry.checked) : entry.onSelect;
        const off = entry.type !== 'check' && (entry.disabled ?? false);
        const icon = entry.type === 'check' ? undefined : entry.icon;
        return [
          {
            id: `${prefix}.${entry.label}`,
            title: entry.label,
            group,
            run,
            disabled: off,
            inView: true,
            ...(icon !== undefined && { icon }),
            ...(entry.shortcut !== undefined && { keys: [entry.shortcut] }),
          },
        ];
      }
    }
  });
}
