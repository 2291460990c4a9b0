import type { Json } from '@concord/crdt';
import { type Day, formatDay, parseDay } from './civil.ts';
import { type Column, isColumn } from './columns.ts';

/** What a person shares about where they are, besides name and colour. */
export interface Whereabouts {
  readonly task: string | null;
  readonly column: Column | null;
  /** Where the bar that they are dragging would lie. */
  readonly drag: { readonly start: Day; readonly finish: Day } | null;
}

const NOWHERE: Whereabouts = { task: null, column: null, drag: null };

export const encodeWhereabouts = ({ task, column, drag }: Whereabouts): Json => ({
  task,
  column,
  drag: drag && { start: formatDay(drag.start), finish: formatDay(drag.finish) },
});

/** Reads what a peer sent; anything unexpected counts as nowhere. */
export function decodeWhereabouts(data: Json): Whereabouts {
  if (!isObject(data)) return NOWHERE;
  const { task, column, drag } = data;
  const start = isObject(drag ?? null) ? parseDay((drag as { start?: unknown }).start) : null;
  const finish = isObject(drag ?? null) ? parseDay((drag as { finish?: unknown }).finish) : null;
  return {
    task: typeof task === 'string' ? task : null,
    column: isColumn(column) ? column : null,
    drag: start !== null && finish !== null && finish >= start ? { start, finish } : null,
  };
}

const isObject = (data: Json): data is { readonly [key: string]: Json } =>
  typeof data === 'object' && data !== null && !Array.isArray(data);
