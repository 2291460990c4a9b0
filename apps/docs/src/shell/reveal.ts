import { type DocEvent, textPatches } from '@concord/crdt';
import { revealIndices } from '@concord/prosemirror';
import type { DocsSession } from '../editor/create-editor.ts';
import { openEditor } from '../editor/open-editor.ts';

/** Shows the paragraph that was changed. Where the caret is there already it says enough. */
export function revealChange(
  _session: DocsSession,
  event: DocEvent,
  flash: (element: Element) => void,
): void {
  const patch = textPatches(event, 'body').at(-1);
  const view = openEditor.current?.view;
  if (!patch || !view) return;
  const at = Math.max(0, patch.index);
  const block = revealIndices(view, { from: at, to: at }, false);
  const { node } = view.domAtPos(view.state.selection.head);
  if (block && !(view.hasFocus() && block.contains(node))) flash(block);
}
