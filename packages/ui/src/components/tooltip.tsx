import { Slot } from 'radix-ui';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Tip, TooltipProps } from '../overlays/contract.ts';
import { useOverlays } from '../overlays/load.ts';

export type { TooltipProps } from '../overlays/contract.ts';

let tip: Tip | null = null;
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: Tip | null): void {
  tip = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** A name shown on hover and on keyboard focus. Never the only place where something important is said. */
export function Tooltip({ label, shortcut, side, children }: TooltipProps) {
  const element = useRef<HTMLElement>(null);
  const said = { label, shortcut, ...(side && { side }) };
  const come = (missed: Event | null): void => {
    if (tip?.lent.element === element) return;
    set({ ...said, lent: { element, missed: { current: missed ? [missed] : [] } }, id: nextId++ });
  };
  useEffect(() => {
    if (tip?.lent.element === element && tip.label !== label) set({ ...tip, label });
  }, [label]);
  useEffect(
    () => () => {
      if (tip?.lent.element === element) set(null);
    },
    [],
  );
  return (
    <Slot.Root
      ref={element}
      onPointerEnter={() => come(null)}
      onFocus={(event: React.FocusEvent) => come(event.nativeEvent)}
    >
      {children}
    </Slot.Root>
  );
}

/** Where tooltips appear, one at a time; UiProvider renders it once. */
export function Tooltips() {
  const shown = useSyncExternalStore(subscribe, () => tip);
  const overlays = useOverlays(shown !== null);
  return overlays ? <overlays.TooltipParts tip={shown} /> : null;
}
