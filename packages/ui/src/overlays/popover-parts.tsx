import { Popover } from 'radix-ui';
import { classNames } from '../class-names.ts';
import { Borrowed } from './borrowed.tsx';
import type { Lent, PopoverProps } from './contract.ts';

/** See Popover. */
export function PopoverParts(props: Omit<PopoverProps, 'trigger'> & { lent: Lent }) {
  const { lent, label, children, open, onOpenChange, side = 'bottom', align = 'center', className } = props;
  return (
    <Popover.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      <Popover.Trigger asChild>
        <Borrowed lent={lent} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={classNames('cc-popover', className)}
          aria-label={label}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
