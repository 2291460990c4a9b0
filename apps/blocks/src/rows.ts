import { ROOT } from '@concord/crdt';
import type { Block } from './page.ts';

/** One line of the page: the tree, flattened, so that a block keeps its editor wherever it is moved to. */
export interface Row {
  readonly block: Block;
  /** 0 at the top level. */
  readonly depth: number;
  readonly parent: string;
  /** What a numbered block counts; null for others. */
  readonly number: number | null;
  /** Something stands below it that is not shown. */
  readonly collapsed: boolean;
}

/** Blocks that this reader alone has closed (true) or opened, whatever the document says. */
export type Folds = ReadonlyMap<string, boolean>;

const NONE: Folds = new Map();

/** The rows in view from top to bottom: what stands below a collapsed block is left out. */
export function rowsOf(
  blocks: readonly Block[],
  folds = NONE,
  parent: string = ROOT,
  depth = 0,
): readonly Row[] {
  let number = 0;
  return blocks.flatMap((block) => {
    number = block.type === 'numbered' ? number + 1 : 0;
    const collapsed = isCollapsed(block, folds);
    const row: Row = { block, depth, parent, number: block.type === 'numbered' ? number : null, collapsed };
    return collapsed ? [row] : [row, ...rowsOf(block.children, folds, block.id, depth + 1)];
  });
}

export const isCollapsed = (block: Block, folds = NONE): boolean =>
  block.children.length > 0 && (folds.get(block.id) ?? block.attrs.collapsed === true);

/** The blocks of a subtree from top to bottom, the collapsed ones too. */
export const subtree = (block: Block): readonly Block[] => [block, ...block.children.flatMap(subtree)];

/** The number of a numbered block as people write it at this depth: 1, a, i, and around again. */
export function numeral(number: number, depth: number): string {
  if (depth % 3 === 1) return letters(number);
  return depth % 3 === 2 ? roman(number) : String(number);
}

function letters(number: number): string {
  const rest = Math.floor((number - 1) / 26);
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(97 + ((number - 1) % 26));
}

const ROMAN: readonly (readonly [number, string])[] = [
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function roman(number: number): string {
  if (number > 399) return String(number);
  let rest = number;
  let text = '';
  for (const [value, sign] of ROMAN) {
    while (rest >= value) {
      text += sign;
      rest -= value;
    }
  }
  return text;
}
