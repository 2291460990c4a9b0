import { Popover as Primitive } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from '../class-names.ts';

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

/** A small panel beside what opened it: details or a short form, without blocking the page. */
export function Popover(props: PopoverProps) {
  const {
    label,
    trigger,
    children,
    open,
    onOpenChange,
    side = 'bottom',
    align = 'center',
    className,
  } = props;
  return (
    <Primitive.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          className={classNames('cc-popover', className)}
          aria-label={label}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Wraps a button that closes the popover around it. */
export const PopoverClose = ({ children }: { children: ReactElement }) => (
  <Primitive.Close asChild>{children}</Primitive.Close>
);
