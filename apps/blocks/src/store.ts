import { create } from 'zustand';
import type { Folds, Row } from './rows.ts';

/** Where a dragged block would land: before the row at `gap` among the rows without it, at that depth. */
export interface Slot {
  readonly gap: number;
  readonly depth: number;
}

export interface Drag {
  readonly id: string;
  readonly slot: Slot;
  /** The rows as they stood when the drag began; others' changes wait until the drop. */
  readonly rows: readonly Row[];
}

/** A box on the screen, in pixels of the viewport. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
}

/** An open slash menu: the text from `from` to the caret, `/` included, is what it is asked for. */
export interface Slash {
  readonly block: string;
  readonly from: number;
  readonly query: string;
  readonly active: number;
  readonly box: Box;
}

/** Selected text, for the bar of formats above it. */
export interface TextSelected {
  readonly block: string;
  readonly from: number;
  readonly to: number;
  /** Names of the marks that all of it has. */
  readonly marks: readonly string[];
  readonly href: string;
  readonly box: Box;
}

/** What one reader sees and does at this moment. Documents never come in here. */
export interface ViewState {
  readonly drag: Drag | null;
  readonly slash: Slash | null;
  readonly selected: TextSelected | null;
  /** The block whose menu is open. */
  readonly menu: { readonly block: string; readonly at: { readonly x: number; readonly y: number } } | null;
  /** The block that the Move to… dialog moves. */
  readonly moving: string | null;
  /** The link dialog is open for this text. */
  readonly linking: TextSelected | null;
  readonly trash: boolean;
  /** What this reader has folded, not being allowed to do it for all, or had unfolded to be shown what is below. */
  readonly folds: Folds;
}

const initial: ViewState = {
  drag: null,
  slash: null,
  selected: null,
  menu: null,
  moving: null,
  linking: null,
  trash: false,
  folds: new Map(),
};

export const useStore = create<ViewState>()(() => initial);

export const { getState, setState } = useStore;

/** Folds or unfolds blocks for this reader alone; null shows them again as the document has them. */
export const fold = (blocks: readonly string[], collapsed: boolean | null): void =>
  setState(({ folds }) => {
    const next = new Map(folds);
    for (const block of blocks)
      if (collapsed === null) next.delete(block);
      else next.set(block, collapsed);
    return { folds: next };
  });
