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
}

const NONE: ReadonlySet<string> = new Set();

/**
 * The rows in view from top to bottom: what stands below a collapsed block is left out. `flipped`: blocks that this
 * reader alone has opened or closed.
 */
export function rowsOf(
  blocks: readonly Block[],
  flipped = NONE,
  parent: string = ROOT,
  depth = 0,
): readonly Row[] {
  let number = 0;
  return blocks.flatMap((block) => {
    number = block.type === 'numbered' ? number + 1 : 0;
    const row: Row = { block, depth, parent, number: block.type === 'numbered' ? number : null };
    return isCollapsed(block, flipped)
      ? [row]
      : [row, ...rowsOf(block.children, flipped, block.id, depth + 1)];
  });
}

export const isCollapsed = (block: Block, flipped = NONE): boolean =>
  (block.attrs.collapsed === true) !== flipped.has(block.id) && block.children.length > 0;

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
