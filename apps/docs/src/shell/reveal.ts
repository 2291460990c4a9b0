import { type DocEvent, textPatches } from '@concord/crdt';
import type { DocsSession } from '../editor/create-editor.ts';
import { openEditor } from '../editor/open-editor.ts';

/** Shows the paragraph that was changed. Where the caret is there already it says enough. */
export function revealChange(
  _session: DocsSession,
  event: DocEvent,
  flash: (element: Element) => void,
): void {
  const patch = textPatches(event, 'body').at(-1);
  if (!patch) return;
  const at = Math.max(0, patch.index);
  const block = openEditor.current?.revealChange({ from: at, to: at });
  if (block) flash(block);
}
