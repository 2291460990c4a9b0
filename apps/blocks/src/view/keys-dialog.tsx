import { Dialog, Kbd } from '@concord/ui';
import { setState, useStore } from '../store.ts';

const KEYS: readonly (readonly [shortcut: string, what: string])[] = [
  ['/', 'Choose a block'],
  ['Enter', 'New block'],
  ['Shift+Enter', 'New line in the block'],
  ['Tab', 'Indent'],
  ['Shift+Tab', 'Outdent'],
  ['Alt+Shift+ArrowUp', 'Move up'],
  ['Alt+Shift+ArrowDown', 'Move down'],
  ['Mod+Enter', 'Check, or fold'],
  ['Mod+D', 'Duplicate'],
  ['Mod+Shift+Backspace', 'Delete the block'],
  ['Mod+/', 'Menu of the block'],
  ['Escape', 'To the block’s handle, then Tab goes on'],
  ['Mod+B', 'Bold'],
  ['Mod+I', 'Italic'],
  ['Mod+U', 'Underline'],
  ['Mod+Shift+S', 'Strikethrough'],
  ['Mod+E', 'Inline code'],
  ['Mod+K', 'Link'],
  ['Mod+Alt+0', 'Text; 1 to 3 are headings, 4 and on the lists'],
  ['Mod+Z', 'Undo'],
  ['Mod+Shift+Z', 'Redo'],
];

export function KeysDialog() {
  const open = useStore((state) => state.keys);
  if (!open) return null;
  return (
    <Dialog
      open
      title="Keyboard shortcuts"
      description="At the start of a block # ## ### - 1. [] > ``` --- and !! make headings, lists and the rest."
      onOpenChange={() => setState({ keys: false })}
    >
      <dl className="cc-blocks-keys">
        {KEYS.map(([shortcut, what]) => (
          <div key={shortcut}>
            <dt>{what}</dt>
            <dd>
              <Kbd shortcut={shortcut} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
