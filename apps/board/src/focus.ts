import { cardOf } from './dnd/geometry.ts';

/** Puts the focus on a card and brings it into view. False if the card is not on the screen. */
export function focusCard(card: string): boolean {
  const button = cardOf(card)?.querySelector<HTMLElement>('button');
  if (!button) return false;
  button.focus({ preventScroll: true });
  button.closest('[data-column]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  button.closest('[data-card]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  return true;
}

/** Focuses the card once the screen shows what the document says now. */
export function focusSoon(card: string): void {
  setTimeout(() => void focusCard(card));
}

export type Direction = 'up' | 'down' | 'back' | 'forward' | 'first' | 'last';

/** The card that an arrow key leads to from `card`, by what is on the screen; null where there is none. */
export function neighbourOf(
  columns: readonly { readonly cards: readonly string[] }[],
  card: string,
  direction: Direction,
): string | null {
  const column = columns.findIndex(({ cards }) => cards.includes(card));
  const cards = columns[column]?.cards;
  if (!cards) return null;
  const index = cards.indexOf(card);
  switch (direction) {
    case 'up':
      return cards[index - 1] ?? null;
    case 'down':
      return cards[index + 1] ?? null;
    case 'first':
      return cards[0] ?? null;
    case 'last':
      return cards.at(-1) ?? null;
    case 'back':
    case 'forward': {
      const by = direction === 'back' ? -1 : 1;
      for (let at = column + by; columns[at]; at += by) {
        const others = columns[at]?.cards ?? [];
        if (others.length > 0) return others[Math.min(index, others.length - 1)] ?? null;
      }
      return null;
    }
  }
}
