import { Slot } from 'radix-ui';
import type { PopoverProps } from '../overlays/contract.ts';
import { useLent } from '../overlays/lent.ts';

export type { PopoverProps } from '../overlays/contract.ts';

/** A small panel beside what opened it: details or a short form, without blocking the page. */
export function Popover({ trigger: button, ...rest }: PopoverProps) {
  const { lent, overlays, trigger } = useLent({ open: rest.open === true, on: 'click' });
  return (
    <>
      <Slot.Root aria-haspopup="dialog" aria-expanded={false} {...trigger}>
        {button}
      </Slot.Root>
      {overlays ? <overlays.PopoverParts lent={lent} {...rest} /> : null}
    </>
  );
}
