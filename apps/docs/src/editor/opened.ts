import { chosenIndices, commentAt, readSelection, revealIndices } from '@concord/prosemirror';
import type { Editor } from '@tiptap/core';
import type { DocsSession } from './create-editor.ts';
import type { OpenEditor } from './open-editor.ts';

/** An editor as those around the app know it. */
export const opened = (editor: Editor, { doc }: DocsSession): OpenEditor => ({
  chosen() {
    const { state } = editor;
    const at = chosenIndices(state);
    return at && { at, thread: state.selection.empty ? commentAt(state) : null };
  },
  reveal(at, focus) {
    revealIndices(editor.view, at, focus);
  },
  revealChange(at) {
    const { view } = editor;
    const block = revealIndices(view, at, false);
    const { node } = view.domAtPos(view.state.selection.head);
    return block && view.hasFocus() && block.contains(node) ? null : block;
  },
  revealCaret(shared) {
    const selection = readSelection(shared);
    const at = selection && doc.query(({ body }) => body.indexOf(selection.head));
    if (at === null) return false;
    revealIndices(editor.view, { from: at, to: at }, false);
    return true;
  },
});
