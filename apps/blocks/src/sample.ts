import { ROOT } from '@concord/crdt';
import { parseMarkdown } from './markdown.ts';
import { addBlock, insertBlocks } from './model.ts';
import type { BlocksMut } from './schema.ts';
import { words } from './words.ts';

/** A page that shows what blocks can do. */
export const addSamplePage = (root: BlocksMut): void => addMarkdown(root, words.sample);

/** Puts text on an empty page, a block for each line. */
export function addMarkdown(root: BlocksMut, text: string): void {
  const first = addBlock(root, { parent: ROOT, after: null });
  insertBlocks(root, first, 0, parseMarkdown(text));
}
