import { caretOnly } from '@concord/prosemirror';
import type { Mode } from '@concord/shell';
import { type Editor, Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

/** Who comments has to show on what: by a caret and a selection of theirs. */
export const hasCaret = (mode: Mode): boolean => mode !== 'view';

/** The reader may do something else from now on, which the editor was given the way to ask for. */
export const modeChanged = (editor: Editor, mode: Mode): void => editor.setEditable(hasCaret(mode), false);

/** A text that can only be read still takes the focus, so that keys scroll and select in it, and says what it is. */
export const reading = (mode: () => Mode) =>
  Extension.create({
    name: 'docsReading',
    addProseMirrorPlugins: () => [
      caretOnly(() => mode() === 'comment'),
      new Plugin({
        props: {
          attributes: (): Record<string, string> =>
            hasCaret(mode()) ? {} : { 'aria-readonly': 'true', tabindex: '0' },
        },
        view: () => ({ update: (view) => setBoxes(view, mode()) }),
      }),
    ],
  });

/** Boxes are ticked where the text can be written in. */
function setBoxes({ dom }: EditorView, mode: Mode): void {
  for (const box of dom.querySelectorAll<HTMLInputElement>('.cc-docs-check input'))
    box.disabled = mode !== 'edit';
}
