import { indicesOf, quoteOf, stretchOf } from '@concord/prosemirror/text';
import type { CommentSubjects } from '@concord/shell';
import type { BlocksSession } from '../editing.ts';
import { editorOf } from '../editor/open-editors.ts';
import { focusBlock } from '../focus.ts';
import { contentRange } from '../model.ts';
import { nameOf } from '../names.ts';
import { type Block, pageOf } from '../page.ts';
import { subtree } from '../rows.ts';
import type { BlocksMut } from '../schema.ts';
import { shownRow } from './unfold.ts';

/** Where each block's content begins in the stream, from top to bottom of the stream. */
function starts(root: BlocksMut): readonly { readonly id: string; readonly start: number }[] {
  let index = 0;
  return root.stream.spans().flatMap((span) => {
    index += span.type === 'text' ? span.text.length : 1;
    return span.type === 'block' ? [{ id: span.id, start: index }] : [];
  });
}

/** The block in which a place of the stream lies. */
export function blockAt(
  root: BlocksMut,
  index: number,
): { readonly id: string; readonly start: number } | undefined {
  return starts(root).findLast(({ start }) => start <= index);
}

const quoteOfBlock = (block: Block): string => block.text.trim().slice(0, 140) || nameOf(block);

/** On a page people comment on text inside a block, or on a block as a whole. */
export const blocksComments: CommentSubjects<BlocksSession> = {
  placesPath: 'tree',
  chosen({ doc }, focused) {
    const id = focused?.closest<HTMLElement>('[data-block]')?.dataset.block;
    const block = id === undefined ? undefined : pageOf(doc.view).byId.get(id);
    if (id === undefined || !block) return null;
    const editor = editorOf(id);
    const thread = editor?.commentAtCaret() ?? null;
    return doc.query((root) => {
      const start = contentRange(root, id)?.start;
      const at = (start !== undefined && editor?.selected(start)) || null;
      if (at) {
        const subject = { type: 'text', ...stretchOf(root.stream, at) } as const;
        return { subject, quote: quoteOf(root.stream, at) };
      }
      return {
        subject: { type: 'item', id },
        quote: quoteOfBlock(block),
        ...(thread !== null && { thread }),
      };
    });
  },
  places({ doc }) {
    const { blocks, byId } = pageOf(doc.view);
    const rows = new Map(blocks.flatMap(subtree).map(({ id }, row) => [id, row]));
    return (subject) => {
      if (subject.type === 'item') {
        const block = byId.get(subject.id);
        const row = rows.get(subject.id);
        return block && row !== undefined ? { order: [row], quote: quoteOfBlock(block) } : null;
      }
      return doc.query((root) => {
        const at = indicesOf(root.stream, subject);
        const block = at && blockAt(root, at.from);
        const row = block ? rows.get(block.id) : undefined;
        if (!at || !block || row === undefined) return null;
        return { order: [row, at.from - block.start], quote: quoteOf(root.stream, at) };
      });
    };
  },
  where({ doc: { view } }) {
    const { byId } = pageOf(view);
    return (block) => {
      const parent = byId.get(view.tree.parent[block] ?? '');
      return parent ? nameOf(parent) : null;
    };
  },
  reveal(session, subject, focus) {
    const found = session.doc.query((root) => {
      if (subject.type === 'item') return { id: subject.id, at: null, start: 0 };
      const at = indicesOf(root.stream, subject);
      const block = at && blockAt(root, at.from);
      return at && block ? { ...block, at } : null;
    });
    if (!found) return;
    const { id, at, start } = found;
    const row = shownRow(session, [id]);
    const editor = editorOf(id);
    if (editor && at) editor.reveal(at, focus, start);
    else if (focus) focusBlock(id, at ? { offset: at.from - start } : 'keep');
    else row?.scrollIntoView({ block: 'nearest' });
  },
};
