import { Check, ChevronRight } from 'lucide-react';
import { ContextMenu as ContextParts, DropdownMenu as MenuParts } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from '../class-names.ts';
import { ariaShortcut } from '../shortcut.ts';
import { Kbd } from './kbd.tsx';

/** One line of a menu, as data: the same list serves a dropdown, a context menu and, later, a palette. */
export type MenuEntry =
  | {
      readonly type?: 'item';
      readonly label: string;
      readonly onSelect: () => void;
      readonly icon?: ReactNode;
      readonly shortcut?: string;
      readonly disabled?: boolean;
      readonly danger?: boolean;
    }
  | {
      readonly type: 'check';
      readonly label: string;
      readonly checked: boolean;
      readonly onChange: (checked: boolean) => void;
      readonly shortcut?: string;
    }
  | {
      readonly type: 'choice';
      readonly label: string;
      readonly value: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
      readonly onChange: (value: string) => void;
    }
  | {
      readonly type: 'submenu';
      readonly label: string;
      readonly icon?: ReactNode;
      readonly items: readonly MenuEntry[];
    }
  | { readonly type: 'heading'; readonly label: string }
  | { readonly type: 'separator' };

// Both primitives have the same parts with the same props, so one renderer serves both.
type Parts = typeof MenuParts | typeof ContextParts;

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

const Lines = ({ parts, items }: { parts: Parts; items: readonly MenuEntry[] }) => (
  <>
    {items.map((entry, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: separators have no name, and a menu is not reordered while open
      <Line key={index} parts={parts} entry={entry} />
    ))}
  </>
);

export type MenuProps = {
  /** One button element that opens the menu. */
  trigger: ReactElement;
  items: readonly MenuEntry[];
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'left' | 'right';
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

/** A menu that opens from a button. */
export function Menu({ trigger, items, align = 'start', side = 'bottom', open, onOpenChange }: MenuProps) {
  return (
    <MenuParts.Root
      modal={false}
      {...(open !== undefined && { open })}
      {...(onOpenChange && { onOpenChange })}
    >
      <MenuParts.Trigger asChild>{trigger}</MenuParts.Trigger>
      <MenuParts.Portal>
        <MenuParts.Content className="cc-menu" align={align} side={side} sideOffset={4} collisionPadding={8}>
          <Lines parts={MenuParts} items={items} />
        </MenuParts.Content>
      </MenuParts.Portal>
    </MenuParts.Root>
  );
}

export type ContextMenuProps = { items: readonly MenuEntry[]; children: ReactElement };

/** A menu on right click, long press, or the context-menu key. Everything in it must be reachable elsewhere too. */
export function ContextMenu({ items, children }: ContextMenuProps) {
  return (
    <ContextParts.Root modal={false}>
      <ContextParts.Trigger asChild>{children}</ContextParts.Trigger>
      <ContextParts.Portal>
        <ContextParts.Content className="cc-menu" collisionPadding={8}>
          <Lines parts={ContextParts} items={items} />
        </ContextParts.Content>
      </ContextParts.Portal>
    </ContextParts.Root>
  );
}
