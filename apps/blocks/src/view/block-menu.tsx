import { Menu, type MenuEntry } from '@concord/ui';
import {
  ArrowDown,
  ArrowRightLeft,
  ArrowUp,
  Copy,
  IndentDecrease,
  IndentIncrease,
  RefreshCw,
  Trash2,
} from 'lucide-react';
import { useRef } from 'react';
import { focusBlock } from '../focus.ts';
import { blockTypes } from '../schema.ts';
import { setState, useStore } from '../store.ts';
import { words } from '../words.ts';
import { usePage, useTools } from './context.ts';
import { TypeIcon } from './type-icon.tsx';

/** The one menu of all blocks: it opens where it was asked for. */
export function BlockMenu() {
  const menu = useStore((state) => state.menu);
  const { editing } = useTools();
  const page = usePage();
  const last = useRef<string | null>(null);
  if (menu) last.current = menu.block;
  const id = menu?.block ?? '';
  const type = page.byId.get(id)?.type;
  const items: readonly MenuEntry[] = [
    {
      type: 'submenu',
      label: words.turnInto,
      icon: <RefreshCw />,
      items: blockTypes
        .filter((each) => each !== 'divider')
        .map((each) => ({
          label: words.types[each].name,
          icon: <TypeIcon type={each} />,
          disabled: each === type,
          onSelect: () => editing.turnInto(id, each),
        })),
    },
    { label: words.duplicate, icon: <Copy />, shortcut: 'Mod+D', onSelect: () => editing.duplicate(id) },
    { label: words.moveTo, icon: <ArrowRightLeft />, onSelect: () => setState({ moving: id }) },
    { type: 'separator' },
    {
      label: words.moveUp,
      icon: <ArrowUp />,
      shortcut: 'Alt+Shift+ArrowUp',
      onSelect: () => editing.nudge(id, 'up'),
    },
    {
      label: words.moveDown,
      icon: <ArrowDown />,
      shortcut: 'Alt+Shift+ArrowDown',
      onSelect: () => editing.nudge(id, 'down'),
    },
    { label: words.indent, icon: <IndentIncrease />, shortcut: 'Tab', onSelect: () => editing.indent(id) },
    {
      label: words.outdent,
      icon: <IndentDecrease />,
      shortcut: 'Shift+Tab',
      onSelect: () => editing.outdent(id),
    },
    { type: 'separator' },
    {
      label: words.delete,
      icon: <Trash2 />,
      shortcut: 'Mod+Shift+Backspace',
      danger: true,
      onSelect: () => editing.remove(id),
    },
  ];
  return (
    <Menu
      open={menu !== null}
      onOpenChange={(open) => {
        if (!open) setState({ menu: null });
      }}
      items={items}
      trigger={
        <span
          aria-hidden="true"
          tabIndex={-1}
          className="cc-blocks-anchor"
          style={menu ? { left: menu.at.x, top: menu.at.y } : {}}
          // The menu gives the focus back to where it hangs; it belongs to the block.
          onFocus={() => {
            if (last.current !== null && page.byId.has(last.current)) focusBlock(last.current, 'keep');
          }}
        />
      }
    />
  );
}
