import { indicesOf, quoteOf, stretchOf } from '@concord/prosemirror/text';
import type { CommentSubjects } from '@concord/shell';
import type { DocsSession } from '../editor/create-editor.ts';
import { openEditor } from '../editor/open-editor.ts';
import { words } from '../view/words.ts';

/** In a document people comment on its text. */
export const docsComments: CommentSubjects<DocsSession> = {
  /** What is selected; the comment at the caret; else the paragraph around it. */
  chosen({ doc }) {
    const chosen = openEditor.current?.chosen();
    if (!chosen) return null;
    const { at, thread } = chosen;
    return doc.query(({ body }) => ({
      subject: { type: 'text', ...stretchOf(body, at) },
      quote: quoteOf(body, at) || words.image,
      ...(thread !== null && { thread }),
    }));
  },
  places: ({ doc }) => {
    return (subject) =>
      doc.query(({ body }) => {
        const at = subject.type === 'text' ? indicesOf(body, subject) : null;
        return at && { order: [at.from, at.to], quote: quoteOf(body, at) || words.image };
      });
  },
  reveal({ doc }, subject, focus) {
    const at = subject.type === 'text' ? doc.query(({ body }) => indicesOf(body, subject)) : null;
    if (at) openEditor.current?.reveal(at, focus);
  },
};
