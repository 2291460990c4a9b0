import { type DocEvent, textPatches } from '@concord/crdt';
import { keysIn } from '@concord/shell';
import type { BlocksSession } from '../editing.ts';
import { blockAt } from './comments.ts';
import { shownRow } from './unfold.ts';

/** Shows the block that was changed, below collapsed ones too. Words that come and go under the caret are seen there. */
export function revealChange(
  session: BlocksSession,
  event: DocEvent,
  flash: (element: Element) => void,
): void {
  const written = textPatches(event, 'stream').at(-1);
  const inText =
    written &&
    written.type !== 'attr' &&
    session.doc.query((root) => blockAt(root, Math.max(0, written.index))?.id);
  const element = shownRow(session, [...keysIn(event), ...(inText ? [inText] : [])]);
  if (!element) return;
  element.scrollIntoView({ block: 'nearest' });
  if (!element.contains(document.activeElement)) flash(element);
}
