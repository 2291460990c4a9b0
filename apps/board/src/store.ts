import { create } from 'zustand';
import { civilDate } from './dates.ts';
import type { LabelColour } from './labels.ts';
import type { Visitors } from './presence.ts';

/** Where a drag would land: at `index` of the list among the cards in view, without the dragged one. */
export interface Slot {
  /** The list for a card; for a list it is the board itself. */
  readonly parent: string;
  readonly index: number;
}

export interface Drag {
  readonly kind: 'card' | 'list';
  readonly id: string;
  readonly over: Slot | null;
}

/** What the Move to… dialog moves. */
export interface Moving {
  readonly kind: 'card' | 'list';
  readonly id: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Somebody who just moved a card: the card wears their mark for a moment. */
export interface Flash {
  readonly name: string;
  readonly colour: number;
}

/** What one reader sees and does at this moment. Documents never come in here. */
export interface ViewState {
  readonly query: string;
  readonly labels: readonly LabelColour[];
  /** Whether the filter is unfolded where the bar is narrow. */
  readonly filtering: boolean;
  /** The card whose dialog is open. */
  readonly card: string | null;
  /** The list whose "Add a card" line is open. */
  readonly adding: string | null;
  readonly addingList: boolean;
  readonly moving: Moving | null;
  readonly archive: boolean;
  readonly drag: Drag | null;
  readonly menu: { readonly card: string; readonly at: Point } | null;
  /** The card that had the focus last. */
  readonly at: string | null;
  /** By list: the card that Tab goes to. */
  readonly stops: Readonly<Record<string, string>>;
  readonly flashes: Readonly<Record<string, Flash>>;
  /** Who else is at which card or list. */
  readonly visitors: Visitors;
  /** The civil date where the reader is. */
  readonly today: string;
}

const initial: ViewState = {
  query: '',
  labels: [],
  filtering: false,
  card: null,
  adding: null,
  addingList: false,
  moving: null,
  archive: false,
  drag: null,
  menu: null,
  at: null,
  stops: {},
  flashes: {},
  visitors: {},
  today: civilDate(new Date()),
};

export const useStore = create<ViewState>()(() => initial);

export const { getState, setState } = useStore;

export const openCard = (card: string | null): void => setState({ card });
export const startAdding = (list: string | null): void => setState({ adding: list });
export const startMoving = (moving: Moving | null): void => setState({ moving });
/** Nothing opens above the board after all. */
export const closeAbove = (): void => setState({ card: null, moving: null, archive: false });
export const clearFilter = (): void => setState({ query: '', labels: [] });

export const toggleFilterLabel = (label: LabelColour): void =>
  setState(({ labels }) => ({
    labels: labels.includes(label) ? labels.filter((each) => each !== label) : [...labels, label],
  }));

export const setStop = (list: string, card: string): void =>
  setState(({ stops }) => ({
    at: card,
    ...(stops[list] !== card && { stops: { ...stops, [list]: card } }),
  }));

/** How long a card wears the mark of whoever moved it, in milliseconds. */
const FLASH = 2500;

export function flash(card: string, by: Flash): void {
  setState(({ flashes }) => ({ flashes: { ...flashes, [card]: by } }));
  setTimeout(() => {
    setState(({ flashes }) => {
      if (flashes[card] !== by) return {};
      const { [card]: _, ...rest } = flashes;
      return { flashes: rest };
    });
  }, FLASH);
}
