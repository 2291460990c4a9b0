import type { Layout } from '../layout.ts';
import { BOARD } from '../schema.ts';
import type { Drag, Slot } from '../store.ts';

/** The dragged thing's possible parents, each with what stands in it besides the dragged thing. */
export interface Lane {
  readonly parent: string;
  readonly order: readonly string[];
}

export function lanesOf(layout: Layout, { kind, id }: Pick<Drag, 'kind' | 'id'>): readonly Lane[] {
  if (kind === 'list') {
    const order = layout.columns.map((column) => column.id).filter((each) => each !== id);
    return [{ parent: BOARD, order }];
  }
  return layout.columns.map((column) => ({
    parent: column.id,
    order: column.cards.filter((each) => each !== id),
  }));
}

/** Where the thing stands before it is dragged; a card of no list counts as before the first. */
export function homeOf(layout: Layout, { kind, id }: Pick<Drag, 'kind' | 'id'>): Slot | null {
  if (kind === 'list')
    return { parent: BOARD, index: layout.columns.findIndex((column) => column.id === id) };
  for (const { id: parent, cards } of layout.columns) {
    const index = cards.indexOf(id);
    if (index >= 0) return { parent, index };
  }
  const first = layout.columns[0];
  return first ? { parent: first.id, index: 0 } : null;
}

export type Step = 'up' | 'down' | 'back' | 'forward' | 'first' | 'last';

/** The next slot for a key press; the same slot where there is no other. */
export function nextSlot(lanes: readonly Lane[], slot: Slot, step: Step): Slot {
  const lane = lanes.findIndex((each) => each.parent === slot.parent);
  const here = lanes[lane];
  if (!here) return slot;
  const clamp = (index: number, { order }: Lane): number => Math.min(Math.max(index, 0), order.length);
  // Lists stand side by side in one lane: back and forward move along it.
  const across = lanes.length === 1 && here.parent === BOARD;
  switch (step) {
    case 'up':
      return across ? slot : { ...slot, index: clamp(slot.index - 1, here) };
    case 'down':
      return across ? slot : { ...slot, index: clamp(slot.index + 1, here) };
    case 'first':
      return { ...slot, index: 0 };
    case 'last':
      return { ...slot, index: here.order.length };
    case 'back':
    case 'forward': {
      const by = step === 'back' ? -1 : 1;
      if (across) return { ...slot, index: clamp(slot.index + by, here) };
      const next = lanes[lane + by];
      return next ? { parent: next.parent, index: clamp(slot.index, next) } : slot;
    }
  }
}

/** The slot of a coordinate among boxes in order: before the first box whose middle lies beyond it. */
export function indexAmong(
  count: number,
  middleOf: (index: number) => number,
  at: number,
  reversed = false,
): number {
  let [low, high] = [0, count];
  while (low < high) {
    const mid = (low + high) >> 1;
    const beyond = reversed ? middleOf(mid) < at : middleOf(mid) > at;
    if (beyond) high = mid;
    else low = mid + 1;
  }
  return low;
}
