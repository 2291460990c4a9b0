import { Check, ChevronRight } from 'lucide-react';
import { ContextMenu, DropdownMenu } from 'radix-ui';
import { startTransition, useState } from 'react';
import { classNames } from '../class-names.ts';
import { Kbd } from '../components/kbd.tsx';
import { ariaShortcut } from '../shortcut.ts';
import { Borrowed } from './borrowed.tsx';
import type { ContextMenuProps, Lent, MenuEntry, MenuItems, MenuProps } from './contract.ts';

// Both primitives have the same parts with the same props, so one renderer serves both.
type Parts = typeof DropdownMenu | typeof ContextMenu;

function Line({ parts: P, entry }: { parts: Parts; entry: MenuEntry }) {
  switch (entry.type) {
    case 'separator':
      return <P.Separator className="cc-menu__separator" />;
    case 'heading':
      return <P.Label className="cc-menu__heading">{entry.label}</P.Label>;
    case 'check':
      return (
        <P.CheckboxItem
          className="cc-menu__item"
          checked={entry.checked}
          onCheckedChange={(checked) => entry.onChange(checked === true)}
        >
          <span className="cc-menu__icon">
            <P.ItemIndicator>
              <Check />
            </P.ItemIndicator>
          </span>
          <span className="cc-menu__label">{entry.label}</span>
          {entry.shortcut ? <Kbd shortcut={entry.shortcut} /> : null}
        </P.CheckboxItem>
      );
    case 'choice':
      return (
        <P.RadioGroup value={entry.value} onValueChange={entry.onChange} aria-label={entry.label}>
          <P.Label className="cc-menu__heading">{entry.label}</P.Label>
          {entry.options.map((option) => (
            <P.RadioItem className="cc-menu__item" key={option.value} value={option.value}>
              <span className="cc-menu__icon">
                <P.ItemIndicator>
                  <Check />
                </P.ItemIndicator>
              </span>
              <span className="cc-menu__label">{option.label}</span>
            </P.RadioItem>
          ))}
        </P.RadioGroup>
      );
    case 'submenu':
      return (
        <P.Sub>
          <P.SubTrigger className="cc-menu__item">
            <span className="cc-menu__icon">{entry.icon}</span>
            <span className="cc-menu__label">{entry.label}</span>
            <ChevronRight className="cc-menu__chevron" aria-hidden="true" />
          </P.SubTrigger>
          <P.Portal>
            <P.SubContent className="cc-menu" sideOffset={4} collisionPadding={8}>
              <Lines parts={P} items={entry.items} />
            </P.SubContent>
          </P.Portal>
        </P.Sub>
      );
    default:
      return (
        <P.Item
          className={classNames('cc-menu__item', entry.danger && 'cc-menu__item--danger')}
          disabled={entry.disabled ?? false}
          onSelect={entry.onSelect}
          aria-keyshortcuts={entry.shortcut ? ariaShortcut(entry.shortcut) : undefined}
        >
          <span className="cc-menu__icon">{entry.icon}</span>
          <span className="cc-menu__label">{entry.label}</span>
          {entry.shortcut ? <Kbd shortcut={entry.shortcut} /> : null}
        </P.Item>
      );
  }
}

const Lines = ({ parts, items }: { parts: Parts; items: MenuItems }) => (
  <>
    {(typeof items === 'function' ? items() : items).map((entry, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: separators have no name, and a menu is not reordered while open
      <Line key={index} parts={parts} entry={entry} />
    ))}
  </>
);

/** See Menu. */
export function MenuParts(props: Omit<MenuProps, 'trigger'> & { lent: Lent }) {
  const { lent, items, align = 'start', side = 'bottom', open: driven, onOpenChange } = props;
  const [own, setOwn] = useState(false);
  // The press is answered before its lines are rendered: twenty of them take a slow phone two tenths of a second.
  const change = (open: boolean): void => {
    const set = (): void => {
      setOwn(open);
      onOpenChange?.(open);
    };
    if (open) startTransition(set);
    else set();
  };
  return (
    <DropdownMenu.Root modal={false} open={driven ?? own} onOpenChange={change}>
      <DropdownMenu.Trigger asChild>
        <Borrowed lent={lent} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="cc-menu"
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
        >
          <Lines parts={DropdownMenu} items={items} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** See ContextMenu. */
export const ContextMenuParts = ({ lent, items }: Pick<ContextMenuProps, 'items'> & { lent: Lent }) => (
  <ContextMenu.Root modal={false}>
    <ContextMenu.Trigger asChild>
      <Borrowed lent={lent} />
    </ContextMenu.Trigger>
    <ContextMenu.Portal>
      <ContextMenu.Content className="cc-menu" collisionPadding={8}>
        <Lines parts={ContextMenu} items={items} />
      </ContextMenu.Content>
    </ContextMenu.Portal>
  </ContextMenu.Root>
);
