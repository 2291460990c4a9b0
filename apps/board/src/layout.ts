import { BOARD, type BoardView, type CardView } from './schema.ts';

/** A list and the keys of the cards that it shows, in order. */
export interface Column {
  readonly id: string;
  readonly cards: readonly string[];
}

/** What stands where on the board. */
export interface Layout {
  readonly columns: readonly Column[];
  /** Live cards in no list that can be seen: their list was archived or removed as they came. Nothing vanishes. */
  readonly unfiled: readonly string[];
}

export const emptyLayout: Layout = { columns: [], unfiled: [] };

type Placed = Pick<BoardView, 'lists' | 'cards' | 'places'>;

/** Where every live card is shown. O(cards + lists). */
export function layoutOf({ lists, cards, places }: Placed): Layout {
  const { byParent, parentOf } = places;
  const isLive = (id: string): boolean => lists[id]?.archived === null;
  const placed = (byParent[BOARD] ?? []).filter(isLive);
  // A list that somebody's undo left without a place is still a list.
  const unplaced = Object.keys(lists).filter((id) => isLive(id) && parentOf[id] !== BOARD);
  const columns = [...placed, ...unplaced].map((id) => ({
    id,
    cards: (byParent[id] ?? []).filter((card) => cards[card]?.archived === false),
  }));
  const gone = new Map<string, ReadonlySet<string>>();
  for (const [id, { archived }] of Object.entries(lists))
    if (archived !== null) gone.set(id, new Set(archived));
  const unfiled: string[] = [];
  for (const [id, card] of Object.entries(cards)) {
    if (card.archived) continue;
    const parent = parentOf[id];
    if (parent === undefined || !(isLive(parent) || gone.get(parent)?.has(id))) unfiled.push(id);
  }
  return { columns, unfiled };
}

/** `next`, with every column and array of `previous` that is equal in its place: React then skips what did not move. */
export function reuse(previous: Layout, next: Layout): Layout {
  const before = new Map(previous.columns.map((column) => [column.id, column]));
  const columns = next.columns.map((column) => {
    const old = before.get(column.id);
    return old && equal(old.cards, column.cards) ? old : column;
  });
  const sameColumns = equal(previous.columns, columns);
  const sameUnfiled = equal(previous.unfiled, next.unfiled);
  if (sameColumns && sameUnfiled) return previous;
  return {
    columns: sameColumns ? previous.columns : columns,
    unfiled: sameUnfiled ? previous.unfiled : next.unfiled,
  };
}

/** The layout with only the cards that `keep` wants. */
export function filterLayout(layout: Layout, keep: (card: string) => boolean): Layout {
  return {
    columns: layout.columns.map(({ id, cards }) => ({ id, cards: cards.filter(keep) })),
    unfiled: layout.unfiled.filter(keep),
  };
}

export interface Filter {
  readonly query: string;
  /** A card with any of these passes; none at all lets everything pass. */
  readonly labels: readonly string[];
}

export const isFiltering = ({ query, labels }: Filter): boolean => query.trim() !== '' || labels.length > 0;

/** True if every word of the query is somewhere in the card: title, description, checklist, names of its labels. */
export function matches(card: CardView, filter: Filter, labelName: (key: string) => string): boolean {
  if (filter.labels.length > 0 && !filter.labels.some((label) => card.labels.includes(label))) return false;
  const words = filter.query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const steps = Object.values(card.steps).map((step) => step.text);
  const hay = [card.title, card.description.text, ...card.labels.map(labelName), ...steps];
  const all = hay.join('\n').toLocaleLowerCase();
  return words.every((word) => all.includes(word));
}

function equal<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}
