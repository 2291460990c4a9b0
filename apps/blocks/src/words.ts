import type { Block } from './page.ts';
import type { BlockType } from './schema.ts';

/** What each type of block is called, what it says while it is empty, and how it is found in the menu. */
export const TYPES: Readonly<
  Record<BlockType, { readonly name: string; readonly hint: string; readonly keywords: string }>
> = {
  text: { name: 'Text', hint: 'Write, or type / for blocks', keywords: 'paragraph plain body' },
  heading1: { name: 'Heading 1', hint: 'Heading 1', keywords: 'h1 title large #' },
  heading2: { name: 'Heading 2', hint: 'Heading 2', keywords: 'h2 subtitle ##' },
  heading3: { name: 'Heading 3', hint: 'Heading 3', keywords: 'h3 small ###' },
  bullet: { name: 'Bulleted list', hint: 'List', keywords: 'ul unordered point -' },
  numbered: { name: 'Numbered list', hint: 'List', keywords: 'ol ordered 1.' },
  todo: { name: 'To-do', hint: 'To-do', keywords: 'task check checkbox []' },
  quote: { name: 'Quote', hint: 'Quote', keywords: 'cite blockquote >' },
  code: { name: 'Code', hint: 'Code', keywords: 'pre monospace ```' },
  callout: { name: 'Callout', hint: 'Something to note', keywords: 'note info aside !!' },
  divider: { name: 'Divider', hint: '', keywords: 'rule line hr ---' },
};

/** A block in a sentence: the start of its text in quotes, or its type if it has none. */
export function nameOf(block: Pick<Block, 'text' | 'type'> | undefined): string {
  const text = block?.text.replace(/\s+/g, ' ').trim() ?? '';
  if (text === '') return block ? `empty ${TYPES[block.type].name.toLowerCase()}` : 'a block';
  return `“${text.length > 40 ? `${text.slice(0, 39)}…` : text}”`;
}
