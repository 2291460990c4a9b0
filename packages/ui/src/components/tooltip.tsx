import { Tooltip as Primitive } from 'radix-ui';
import type { ReactElement } from 'react';
import { Kbd } from './kbd.tsx';

export type TooltipProps = {
  label: string;
  shortcut?: string | undefined;
  side?: 'top' | 'bottom' | 'left' | 'right';
  /** One element that takes a ref and props: the thing that is explained. */
  children: ReactElement;
};

/** A name shown on hover and on keyboard focus. Never the only place where something important is said. */
export function Tooltip({ label, shortcut, side = 'bottom', children }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger
        asChild
        onFocus={(event) => {
          // Focus that comes back from a menu by mouse is no wish to read the name.
          if (!event.currentTarget.matches(':focus-visible')) event.preventDefault();
        }}
      >
        {children}
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className="cc-tooltip" side={side} sideOffset={6} collisionPadding={8}>
          {label}
          {shortcut ? <Kbd shortcut={shortcut} /> : null}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export const TooltipProvider = Primitive.Provider;
