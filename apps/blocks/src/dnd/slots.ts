import { ROOT } from '@concord/crdt';
import type { Place } from '../model.ts';
import { type Row, subtree } from '../rows.ts';
import type { Slot } from '../store.ts';

/** The rows that a dragged block can stand between: all but itself and what is below it. */
export function rowsWithout(rows: readonly Row[], id: string): readonly Row[] {
  const block = rows.find((row) => row.block.id === id)?.block;
  if (block === undefined) return rows;
  const dragged = new Set(subtree(block).map((each) => each.id));
  return rows.filter((row) => !dragged.has(row.block.id));
}

/** The depths that make sense in a gap: as deep as the row below, at most one deeper than the row above. */
export function depthsAt(
  others: readonly Row[],
  gap: number,
): { readonly min: number; readonly max: number } {
  const above = others[gap - 1];
  const min = others[gap]?.depth ?? 0;
  if (above === undefined) return { min: 0, max: 0 };
  const holds = above.block.type !== 'divider' && !above.collapsed;
  return { min, max: Math.max(min, above.depth + (holds ? 1 : 0)) };
}

export function slotAt(others: readonly Row[], gap: number, depth: number): Slot {
  const at = Math.min(Math.max(0, gap), others.length);
  const { min, max } = depthsAt(others, at);
  return { gap: at, depth: Math.min(Math.max(min, depth), max) };
}

/** Where a block stands now, as a slot among the others. */
export function homeOf(rows: readonly Row[], id: string): Slot {
  const index = rows.findIndex((row) => row.block.id === id);
  return { gap: Math.max(0, index), depth: rows[index]?.depth ?? 0 };
}

/** What a slot means in the tree. */
export function placeAt(others: readonly Row[], { gap, depth }: Slot): Place {
  for (let i = gap - 1; i >= 0; i--) {
    const row = others[i] as Row;
    if (row.depth === depth) return { parent: row.parent, after: row.block.id };
    if (row.depth < depth) return { parent: row.block.id, after: null };
  }
  return { parent: ROOT, after: null };
}
