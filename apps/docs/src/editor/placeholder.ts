import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';

/** Words in an empty document, drawn by the style sheet so that they are never part of the text. */
export const placeholder = (words: string) =>
  Extension.create({
    name: 'docsPlaceholder',
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          decorations({ doc }) {
            const { firstChild: first, childCount } = doc;
            if (!first || childCount > 1 || first.content.size > 0 || first.type.name !== 'paragraph')
              return null;
            return DecorationSet.create(doc, [
              Decoration.node(0, first.nodeSize, { class: 'cc-docs-placeholder', 'data-placeholder': words }),
            ]);
          },
        },
      }),
    ],
  });
