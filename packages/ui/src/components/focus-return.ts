import { useRef } from 'react';

/** What opened a menu, for something inside the menu: the menu is gone by the time the focus comes back. */
function openerOf(element: Element | null): Element | null {
  const opener = element?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  return opener ? document.getElementById(opener) : element;
}

/**
 * For `onCloseAutoFocus` of a dialog that no trigger of its own opened: the focus goes back to what had it before,
 * unless somebody has moved it meanwhile. If that is gone, it goes to the page's content, never to nowhere.
 */
export function useFocusReturn(open: boolean): (event: Event) => void {
  const before = useRef<Element | null>(null);
  const wasOpen = useRef(false);
  // While it is rendered for the first time, before it takes the focus.
  if (open && !wasOpen.current) before.current = openerOf(document.activeElement);
  wasOpen.current = open;
  return (event) => {
    event.preventDefault();
    const { activeElement, body } = document;
    if (activeElement !== null && activeElement !== body) return;
    const there = before.current?.isConnected && before.current !== body ? before.current : null;
    const goal = there ?? document.getElementById('content');
    if (goal instanceof HTMLElement) goal.focus({ preventScroll: true });
  };
}
