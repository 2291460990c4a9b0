import { useLayoutEffect, useRef } from 'react';
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
export function useFocusKeeper(layout: Layout): void {
  const held = useRef<Held | null>(null);
  const last = useRef(layout);
  if (last.current !== layout) {
    // The last moment at which the old elements are there: removed ones tell nobody that they had the focus.
    held.current = focusedCard(last.current);
    last.current = layout;
  }
  useLayoutEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost && held.current) restore(held.current, layout);
    held.current = null;
  }, [layout]);
}

function focusedCard({ columns }: Layout): Held | null {
  const card = document.activeElement?.closest<HTMLElement>('[data-card]')?.dataset.card;
  if (card === undefined) return null;
  const column = columns.find((each) => each.cards.includes(card));
  return { card, column: column?.id ?? null, index: column?.cards.indexOf(card) ?? 0 };
}

function restore({ card, column, index }: Held, { columns }: Layout): void {
  if (focusCard(card)) return;
  const cards = columns.find((each) => each.id === column)?.cards ?? [];
  const next = cards[Math.min(index, cards.length - 1)];
  if (next !== undefined) focusCard(next);
  else document.querySelector<HTMLElement>(`[data-add="${CSS.escape(column ?? '')}"]`)?.focus();
}
