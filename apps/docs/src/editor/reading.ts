import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

/** Boxes are ticked where the text can be written in. */
const setBoxes = (view: EditorView): void => {
  for (const box of view.dom.querySelectorAll<HTMLInputElement>('.cc-docs-check input'))
    box.disabled = !view.editable;
};

/** A text that can only be read still takes the focus, so that keys scroll and select in it, and says what it is. */
export const reading = Extension.create({
  name: 'docsReading',
  addProseMirrorPlugins() {
    const { editor } = this;
    return [
      new Plugin({
        props: {
          attributes: (): Record<string, string> =>
            editor.isEditable ? {} : { 'aria-readonly': 'true', tabindex: '0' },
        },
        view: () => ({ update: setBoxes }),
      }),
    ];
  },
});
