import type { Block } from './page.ts';
import { words } from './words.ts';

/** A block in a sentence: the start of its text in quotes, or its type if it has none. */
export function nameOf(block: Pick<Block, 'text' | 'type'> | undefined): string {
  const text = block?.text.replace(/\s+/g, ' ').trim() ?? '';
  if (text === '') return block ? words.emptyBlock(words.types[block.type].name) : words.aBlock;
  return words.quoted(text.length > 40 ? `${text.slice(0, 39)}…` : text);
}
