import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../class-names.ts';
import { ariaShortcut } from '../shortcut.ts';
import { Tooltip } from './tooltip.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ControlSize = 'small' | 'medium' | 'large';

export type ButtonProps = ComponentProps<'button'> & {
  variant?: ButtonVariant;
  size?: ControlSize;
  icon?: ReactNode;
  /** Renders the only child (an anchor, say) with the button's looks. `icon` is then ignored. */
  asChild?: boolean;
};

/** A button with words. Use one `primary` per view, `danger` for what destroys. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  icon,
  asChild = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  const names = classNames('cc-button', `cc-button--${variant}`, `cc-button--${size}`, className);
  if (asChild)
    return (
      <Slot.Root className={names} {...rest}>
        {children}
      </Slot.Root>
    );
  return (
    <button type="button" className={names} {...rest}>
      {icon}
      {children}
    </button>
  );
}

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  /** The accessible name, shown as the tooltip too. */
  label: string;
  icon: ReactNode;
  /** As `Mod+Z`; shown in the tooltip. The caller handles the key itself. */
  shortcut?: string;
  /** For a toggle: whether it is on. */
  pressed?: boolean;
  variant?: ButtonVariant;
  size?: ControlSize;
  /** False where a tooltip would be in the way: a × needs none, and Escape must close what it belongs to. */
  tooltip?: boolean;
};

/** A button with an icon only, named by a tooltip. */
export function IconButton({
  label,
  icon,
  shortcut,
  pressed,
  variant = 'ghost',
  size = 'medium',
  className,
  tooltip = true,
  ...rest
}: IconButtonProps) {
  const button = (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={shortcut ? ariaShortcut(shortcut) : undefined}
      className={classNames(
        'cc-button',
        'cc-button--icon',
        `cc-button--${variant}`,
        `cc-button--${size}`,
        className,
      )}
      {...rest}
    >
      {icon}
    </button>
  );
  if (!tooltip) return button;
  return (
    <Tooltip label={label} shortcut={shortcut}>
      {button}
    </Tooltip>
  );
}
