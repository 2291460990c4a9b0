import { Dialog, Kbd } from '@concord/ui';
import { SHORTCUTS } from '../editor/keymap.ts';
import { words } from './words.ts';

const NAMES: Readonly<Record<string, string>> = {
  ...words.marks,
  ...words.styles,
  link: words.link,
  clear: words.clear,
  find: words.find,
};

/** Every key of the editor, from the list that the editor itself obeys. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const rows: [string, string][] = [
    ...Object.entries(SHORTCUTS).map(([name, keys]): [string, string] => [NAMES[name] ?? name, keys]),
    [words.indent, 'Tab'],
    [words.outdent, 'Shift+Tab'],
  ];
  return (
    <Dialog
      title={words.shortcuts}
      description={words.leave}
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <dl className="cc-docs-keys">
        {rows.map(([name, keys]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Kbd shortcut={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
