import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import type { Lent, Overlays } from './contract.ts';
import { useOverlays } from './load.ts';

/** These scroll the page or press the button, unless they open something. */
const OPENING_KEYS = ['Enter', ' ', 'ArrowDown'];

type Wanted = {
  /** The caller drives it, and it is open. */
  readonly open: boolean;
  /** What opens it: `press` as a menu does, on the way down; `click`; `context`. */
  readonly on: 'press' | 'click' | 'context';
};

/**
 * What opens an overlay is plain markup until a pointer or the focus comes near it: no page waits for code that may
 * never be needed. Presses that come before the code does are played to it when it is there.
 */
export function useLent({ open, on }: Wanted): {
  lent: Lent;
  /** Null while nobody is near, or the code is on its way. */
  overlays: Overlays | null;
  trigger: object;
} {
  const element = useRef<HTMLElement>(null);
  const missed = useRef<Event[] | null>([]);
  const [near, setNear] = useState(open);
  useEffect(() => {
    if (open) setNear(true);
  }, [open]);
  const come = (): void => setNear(true);
  const press = (event: SyntheticEvent): void => {
    if (missed.current === null) return;
    setNear(true);
    missed.current.push(event.nativeEvent);
  };
  const handlers = {
    press: {
      onPointerDown: press,
      onKeyDown: (event: React.KeyboardEvent) => {
        if (missed.current === null || !OPENING_KEYS.includes(event.key)) return;
        event.preventDefault();
        press(event);
      },
    },
    click: { onClick: press },
    context: {
      onContextMenu: (event: SyntheticEvent) => {
        if (missed.current === null) return;
        event.preventDefault();
        press(event);
      },
    },
  };
  return {
    lent: { element, missed },
    overlays: useOverlays(near),
    trigger: { ref: element, onPointerEnter: come, onFocus: come, ...handlers[on] },
  };
}
