import { chosenIndices, commentAt, indicesOf, quoteOf, revealIndices, stretchOf } from '@concord/prosemirror';
import type { CommentSubjects } from '@concord/shell';
import type { DocsSession } from '../editor/create-editor.ts';
import { openEditor } from '../editor/open-editor.ts';
import { words } from '../view/words.ts';

/** In a document people comment on its text. */
export const docsComments: CommentSubjects<DocsSession> = {
  /** What is selected; the comment at the caret; else the paragraph around it. */
  chosen({ doc }) {
    const state = openEditor.current?.state;
    const at = state && chosenIndices(state);
    if (!at) return null;
    const thread = state.selection.empty ? commentAt(state) : null;
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
    const view = openEditor.current?.view;
    const at = subject.type === 'text' ? doc.query(({ body }) => indicesOf(body, subject)) : null;
    if (view && at) revealIndices(view, at, focus);
  },
};
