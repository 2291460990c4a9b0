import { Slot } from 'radix-ui';
import type { ContextMenuProps, MenuProps } from '../overlays/contract.ts';
import { useLent } from '../overlays/lent.ts';

export type { ContextMenuProps, MenuEntry, MenuProps } from '../overlays/contract.ts';

/** A menu that opens from a button. */
export function Menu({ trigger: button, ...rest }: MenuProps) {
  const { lent, overlays, trigger } = useLent({ open: rest.open === true, on: 'press' });
  return (
    <>
      <Slot.Root aria-haspopup="menu" aria-expanded={false} {...trigger}>
        {button}
      </Slot.Root>
      {overlays ? <overlays.MenuParts lent={lent} {...rest} /> : null}
    </>
  );
}

/** A menu on right click, long press, or the context-menu key. Everything in it must be reachable elsewhere too. */
export function ContextMenu({ items, children }: ContextMenuProps) {
  const { lent, overlays, trigger } = useLent({ open: false, on: 'context' });
  return (
    <>
      {/* iOS would show its own callout on a long press. */}
      <Slot.Root style={{ WebkitTouchCallout: 'none' }} {...trigger}>
        {children}
      </Slot.Root>
      {overlays ? <overlays.ContextMenuParts lent={lent} items={items} /> : null}
    </>
  );
}
