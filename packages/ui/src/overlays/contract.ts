import type { ComponentType, ReactElement, ReactNode, RefObject } from 'react';

/* What is said between the small part of an overlay, on the page at once, and its large part, which comes later. */

/** An element that is on the page at once, lent to an overlay that comes later. */
export type Lent = {
  readonly element: RefObject<HTMLElement | null>;
  /** What the user did to it before the overlay was there; null from then on. */
  readonly missed: { current: Event[] | null };
};

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

/** A function is asked when the menu opens, and whenever it is drawn again while it is open. */
export type MenuItems = readonly MenuEntry[] | (() => readonly MenuEntry[]);

export type MenuProps = {
  /** One button element that opens the menu. */
  trigger: ReactElement;
  items: MenuItems;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'left' | 'right';
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

export type ContextMenuProps = { items: MenuItems; children: ReactElement };

export type PopoverProps = {
  /** The accessible name of what opens. */
  label: string;
  trigger: ReactElement;
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  side?: 'top' | 'bottom' | 'left' | 'right';
  align?: 'start' | 'center' | 'end';
  className?: string;
};

export type ToastOptions = {
  title: string;
  description?: string;
  /** One thing to do about it, most often Undo. */
  action?: { label: string; onSelect: () => void };
  tone?: 'neutral' | 'danger';
  /** What others did: a screen reader says it when it has finished its sentence. */
  polite?: boolean;
  /** A new toast takes the place of the shown one with the same key. */
  key?: string;
  /** Milliseconds in view; 6,000 unless told. Hover and focus hold it. */
  duration?: number;
};

export type Shown = ToastOptions & { readonly id: number };

export type TooltipProps = {
  label: string;
  shortcut?: string | undefined;
  side?: 'top' | 'bottom' | 'left' | 'right';
  /** One element that takes a ref and props: the thing that is explained. */
  children: ReactElement;
};

/** What would be said of the element that a pointer or the focus came to last. */
export type Tip = Omit<TooltipProps, 'children'> & { readonly lent: Lent; readonly id: number };

/** The large parts. */
export interface Overlays {
  readonly MenuParts: ComponentType<Omit<MenuProps, 'trigger'> & { lent: Lent }>;
  readonly ContextMenuParts: ComponentType<Omit<ContextMenuProps, 'children'> & { lent: Lent }>;
  readonly PopoverParts: ComponentType<Omit<PopoverProps, 'trigger'> & { lent: Lent }>;
  readonly ToastParts: ComponentType<{ toasts: readonly Shown[]; onDismiss: (id: number) => void }>;
  readonly TooltipParts: ComponentType<{ tip: Tip | null }>;
}
