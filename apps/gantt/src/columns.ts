/** The columns of the table, in order. */
export const COLUMN_LIST = [
  { id: 'number', width: 56 },
  { id: 'name', width: 232 },
  { id: 'start', width: 104 },
  { id: 'finish', width: 104 },
  { id: 'duration', width: 84 },
  { id: 'progress', width: 92 },
  { id: 'predecessors', width: 128 },
  { id: 'float', width: 72 },
] as const;

export type Column = (typeof COLUMN_LIST)[number]['id'];

export const TABLE_WIDTH = COLUMN_LIST.reduce((sum, column) => sum + column.width, 0);

export const isColumn = (value: unknown): value is Column => COLUMN_LIST.some((each) => each.id === value);

/** The column `by` places away, kept inside the table. */
export function columnBeside(column: Column, by: number): Column {
  const at = COLUMN_LIST.findIndex((each) => each.id === column) + by;
  return COLUMN_LIST[Math.min(COLUMN_LIST.length - 1, Math.max(0, at))]?.id ?? column;
}
