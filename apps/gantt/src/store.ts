import type { OpId } from '@concord/crdt';
import { create } from 'zustand';
import type { Zoom } from './chart/scale.ts';
import type { Day } from './civil.ts';
import type { Column } from './columns.ts';
import type { Cascade } from './plan.ts';

/** What a pointer is doing to a bar. Nothing of it is in the document before the drop. */
export type Drag =
  | {
      readonly type: 'move' | 'resize';
      readonly key: string;
      /** The start that a move asks for, the duration that a resize asks for. */
      readonly start: Day;
      readonly duration: number;
      readonly cascade: Cascade;
    }
  | { readonly type: 'progress'; readonly key: string; readonly progress: number }
  | {
      readonly type: 'link';
      readonly key: string;
      readonly end: 'start' | 'finish';
      /** On the canvas, in pixels. */
      readonly x: number;
      readonly y: number;
      readonly target: { readonly key: string; readonly end: 'start' | 'finish' } | null;
    };

export type Panel = 'trash' | 'links' | 'settings';

export interface Cell {
  readonly key: string;
  readonly column: Column;
}

/** How one person looks at the plan. Nothing here is shared or stored in the document. */
interface ViewState {
  readonly zoom: Zoom;
  /** Which of the two is shown where only one fits. */
  readonly pane: 'table' | 'chart';
  /** Pixels of the table's pane. */
  readonly split: number;
  readonly showCritical: boolean;
  /** The cell that has, or had last, the focus. Its row is the selected task. */
  readonly active: Cell | null;
  /** Set when the active cell should take the focus, with `turn` so that the same cell can be asked again. */
  readonly focus: { readonly in: 'table' | 'chart'; readonly turn: number };
  /** The cell being edited; `text` is what was typed to start it, which replaces the value. */
  readonly editing: (Cell & { readonly text: string | null }) | null;
  readonly details: string | null;
  readonly link: OpId | null;
  readonly panel: Panel | null;
  readonly drag: Drag | null;

  setZoom(zoom: Zoom): void;
  setPane(pane: 'table' | 'chart'): void;
  setSplit(split: number): void;
  setShowCritical(show: boolean): void;
  /** Makes a cell the active one, and gives it the focus if `focus` names a pane. */
  select(cell: Cell | null, focus?: 'table' | 'chart'): void;
  edit(cell: Cell, text?: string): void;
  stopEditing(): void;
  openDetails(key: string | null): void;
  openLink(id: OpId | null): void;
  openPanel(panel: Panel | null): void;
  /** Nothing opens above the plan after all. */
  closeAbove(): void;
  setDrag(drag: Drag | null): void;
}

export const LEAST_SPLIT = 180;

export const useViewState = create<ViewState>()((set) => ({
  zoom: 'week',
  pane: 'table',
  split: 580,
  showCritical: false,
  active: null,
  focus: { in: 'table', turn: 0 },
  editing: null,
  details: null,
  link: null,
  panel: null,
  drag: null,

  setZoom: (zoom) => set({ zoom }),
  setPane: (pane) => set({ pane }),
  setSplit: (split) => set({ split: Math.max(LEAST_SPLIT, Math.round(split)) }),
  setShowCritical: (showCritical) => set({ showCritical }),
  select: (active, pane) =>
    set((state) => ({ active, ...(pane && { focus: { in: pane, turn: state.focus.turn + 1 } }) })),
  edit: ({ key, column }, text) =>
    set({ active: { key, column }, editing: { key, column, text: text ?? null } }),
  stopEditing: () => set({ editing: null }),
  openDetails: (details) => set({ details }),
  openLink: (link) => set({ link }),
  openPanel: (panel) => set({ panel }),
  closeAbove: () => set({ details: null, link: null, panel: null }),
  setDrag: (drag) => set({ drag }),
}));
