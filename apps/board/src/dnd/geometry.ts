import { BOARD } from '../schema.ts';
import type { Drag, Point, Slot } from '../store.ts';
import { indexAmong } from './slots.ts';

/*
 * Where slots are on the screen. Columns are `[data-column]`, each with one `[data-list]` whose children
 * `[data-card]` are its cards. Boxes are measured when they are asked for, a handful per frame: nothing is cached,
 * so nothing goes stale when a column scrolls.
 */

type Dragged = Pick<Drag, 'kind' | 'id'>;

// The children of the lanes, not a search of the page: it is asked once a frame, and the page may hold 1,000 cards.
const columns = (without?: string): HTMLElement[] =>
  [...(document.querySelector('[data-lanes]')?.children ?? [])].filter(
    (each): each is HTMLElement =>
      each instanceof HTMLElement && each.dataset.column !== undefined && each.dataset.column !== without,
  );

export const listOf = (column: Element): HTMLElement | null => column.querySelector('[data-list]');

export const columnOf = (id: string): HTMLElement | null =>
  document.querySelector(`[data-column="${CSS.escape(id)}"]`);

export const cardOf = (id: string): HTMLElement | null =>
  document.querySelector(`[data-card="${CSS.escape(id)}"]`);

/** The cards in a list's element, without the dragged one. */
const cardsIn = (list: HTMLElement, without?: string): HTMLElement[] =>
  [...list.children].filter(
    (each): each is HTMLElement =>
      each instanceof HTMLElement && each.dataset.card !== undefined && each.dataset.card !== without,
  );

export const isRtl = (): boolean => getComputedStyle(document.documentElement).direction === 'rtl';

const middleY = (box: Element | undefined): number => {
  const { top, height } = box?.getBoundingClientRect() ?? { top: 0, height: 0 };
  return top + height / 2;
};
const middleX = (box: Element | undefined): number => {
  const { left, width } = box?.getBoundingClientRect() ?? { left: 0, width: 0 };
  return left + width / 2;
};

/** The column under x, or the nearest one. */
export function columnAt(x: number): HTMLElement | null {
  let nearest: HTMLElement | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const column of columns()) {
    const { left, right } = column.getBoundingClientRect();
    const distance = Math.max(left - x, 0, x - right);
    if (distance < least) [nearest, least] = [column, distance];
  }
  return nearest;
}

/** Where the dragged thing would land if it were dropped at `point`; null if there is no list. */
export function slotAt({ x, y }: Point, { kind, id }: Dragged): Slot | null {
  if (kind === 'list') {
    const others = columns(id);
    return { parent: BOARD, index: indexAmong(others.length, (i) => middleX(others[i]), x, isRtl()) };
  }
  const column = columnAt(x);
  const list = column && listOf(column);
  if (!column?.dataset.column || !list) return null;
  const cards = cardsIn(list, id);
  return { parent: column.dataset.column, index: indexAmong(cards.length, (i) => middleY(cards[i]), y) };
}

/** Scrolls the slot into view and says where the dragged thing's corner goes to show it there. */
export function pointOf(slot: Slot, { kind, id }: Dragged): Point | null {
  if (kind === 'list') {
    const others = columns(id);
    const box = others[slot.index] ?? others.at(-1);
    if (!box) return null;
    box.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const { left, right, top } = box.getBoundingClientRect();
    const after = slot.index >= others.length;
    return { x: after === isRtl() ? left - 24 : right - 24, y: top };
  }
  const column = columnOf(slot.parent);
  const list = column && listOf(column);
  if (!list) return null;
  column.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const cards = cardsIn(list, id);
  const box = cards[slot.index] ?? cards.at(-1);
  box?.scrollIntoView({ block: 'nearest' });
  const bounds = list.getBoundingClientRect();
  if (!box) return { x: bounds.left, y: bounds.top };
  const { top, bottom } = box.getBoundingClientRect();
  return { x: bounds.left, y: slot.index >= cards.length ? bottom : top - 8 };
}

/** Offset of the slot from the top of its list's scrolled content, in pixels: where the drop line is drawn. */
export function lineAt(list: HTMLElement, index: number, dragged: string): number {
  const cards = cardsIn(list, dragged);
  const next = cards[index];
  const previous = cards[index - 1];
  if (next && previous) return (previous.offsetTop + previous.offsetHeight + next.offsetTop) / 2;
  if (next) return Math.max(2, next.offsetTop - 4);
  return previous ? previous.offsetTop + previous.offsetHeight + 3 : 4;
}
