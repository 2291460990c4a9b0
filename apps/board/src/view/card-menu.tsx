import { useMayEdit } from '@concord/shell';
import { Menu, type MenuEntry } from '@concord/ui';
import { Archive, ArrowDownToLine, ArrowRightLeft, ArrowUpToLine, PanelTopOpen } from 'lucide-react';
import { useRef } from 'react';
import { useActions } from '../actions.ts';
import { cardOf } from '../dnd/geometry.ts';
import { focusCard } from '../focus.ts';
import { gapAt } from '../model.ts';
import { openCard, setState, startMoving, useStore } from '../store.ts';
import { words } from '../words.ts';
import { useShown } from './shown.ts';

/** The one menu of all cards: it opens where it was asked for, so that a thousand cards do not carry one each. */
export function CardMenu() {
  const menu = useStore((state) => state.menu);
  const actions = useActions();
  const mayEdit = useMayEdit();
  const shown = useShown();
  const last = useRef<string | null>(null);
  if (menu) last.current = menu.card;
  const id = menu?.card ?? '';
  const column = shown.current.columns.find((each) => each.cards.includes(id));
  const rest = column?.cards.filter((each) => each !== id) ?? [];
  const place = (index: number): void => {
    if (column) actions.moveCard(id, column.id, gapAt(rest, index));
  };
  const items: MenuEntry[] = [
    { label: words.openCard, icon: <PanelTopOpen />, shortcut: 'Enter', onSelect: () => openCard(id) },
    {
      label: words.moveTo,
      icon: <ArrowRightLeft />,
      shortcut: 'M',
      onSelect: () => startMoving({ kind: 'card', id }),
    },
    { label: words.moveToTop, icon: <ArrowUpToLine />, disabled: !column, onSelect: () => place(0) },
    {
      label: words.moveToBottom,
      icon: <ArrowDownToLine />,
      disabled: !column,
      onSelect: () => place(rest.length),
    },
    { type: 'separator' },
    { label: words.archiveCard, icon: <Archive />, shortcut: 'C', onSelect: () => actions.archiveCard(id) },
  ];
  return (
    <Menu
      open={menu !== null && mayEdit}
      onOpenChange={(open) => {
        if (!open) setState({ menu: null });
      }}
      items={items}
      trigger={
        <span
          aria-hidden="true"
          tabIndex={-1}
          className="cc-board-menu-anchor"
          style={menu ? { left: menu.at.x, top: menu.at.y } : {}}
          // The menu gives the focus back to where it hangs; it belongs to the card.
          onFocus={() => {
            if (last.current !== null && cardOf(last.current)) focusCard(last.current);
          }}
        />
      }
    />
  );
}
