import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import { focusCard } from '../focus.ts';
import type { Layout } from '../layout.ts';

interface Held {
  readonly card: string;
  readonly column: string | null;
  readonly index: number;
}

/**
 * Keeps the focus on the card that has it, wherever a change puts the card; and on its neighbour when it goes away.
 * Nobody's change throws the reader's focus back to the top of the page.
 */
export function useFocusKeeper(layout: Layout, shown: RefObject<Layout>) {
  const held = useRef<Held | null>(null);
  useLayoutEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (!lost || held.current === null) return;
    const { card, column, index } = held.current;
    if (focusCard(card)) return;
    const cards = layout.columns.find((each) => each.id === column)?.cards ?? [];
    const next = cards[Math.min(index, cards.length - 1)];
    if (next !== undefined) focusCard(next);
    else document.querySelector<HTMLElement>(`[data-add="${CSS.escape(column ?? '')}"]`)?.focus();
  }, [layout]);
  return {
    onFocus: (event: FocusEvent<HTMLElement>): void => {
      const card = event.target.closest<HTMLElement>('[data-card]')?.dataset.card;
      if (card === undefined) {
        held.current = null;
        return;
      }
      const column = shown.current.columns.find((each) => each.cards.includes(card));
      held.current = { card, column: column?.id ?? null, index: column?.cards.indexOf(card) ?? 0 };
    },
    // React is silent while it takes elements away, so this is the reader leaving.
    onBlur: (): void => {
      held.current = null;
    },
  };
}
