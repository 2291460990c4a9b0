import { type DocEvent, textPatches } from '@concord/crdt';
import { keysIn } from '@concord/shell';
import type { BlocksSession } from '../editing.ts';
import { blockAt } from './comments.ts';

/** Shows the block that was changed. Words that come and go under the caret are seen there. */
export function revealChange(
  { doc }: BlocksSession,
  event: DocEvent,
  flash: (element: Element) => void,
): void {
  const written = textPatches(event, 'stream').at(-1);
  const inText = written && doc.query((root) => blockAt(root, Math.max(0, written.index))?.id);
  const [element] = [...keysIn(event), ...(inText ? [inText] : [])].flatMap((key) => [
    ...document.querySelectorAll(`[data-block="${CSS.escape(key)}"]`),
  ]);
  if (!element) return;
  element.scrollIntoView({ block: 'nearest' });
  if (!element.contains(document.activeElement)) flash(element);
}
