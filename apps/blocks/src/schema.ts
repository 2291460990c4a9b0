import { lww, type Mut, object, text, tree, type View } from '@concord/crdt';

/**
 * A page. All blocks share one text stream: a block is a marker in it, and its content is the text from that marker
 * to the next live one. The tree says where each block stands; its nodes are named by their markers.
 *
 * So a split inserts one marker and a merge deletes one, no text is ever deleted to be inserted elsewhere, and what
 * somebody types into the moved half of a block is in that half.
 *
 * Attributes of a marker: `type` (a key of `blockTypes`), `checked` of a to-do, `collapsed`, `language` of code.
 */
export const blocksSchema = object({
  title: lww(''),
  stream: text({ marks: { link: { expand: 'none' }, code: { expand: 'none' } } }),
  tree: tree(),
});

export type BlocksSchema = typeof blocksSchema;
export type BlocksView = View<BlocksSchema>;
export type BlocksMut = Mut<BlocksSchema>;

export const blockTypes = [
  'text',
  'heading1',
  'heading2',
  'heading3',
  'bullet',
  'numbered',
  'todo',
  'quote',
  'code',
  'callout',
  'divider',
] as const;

export type BlockType = (typeof blockTypes)[number];

/** What a peer wrote under `type`, or 'text' if this version does not know it. */
export const blockType = (value: unknown): BlockType => blockTypes.find((type) => type === value) ?? 'text';
