import type { DocEvent } from '@concord/crdt';
import { keysIn } from '@concord/shell';
import { cardOf, columnOf } from '../dnd/geometry.ts';
import type { BoardSession } from '../session.ts';

/** Shows the card or the list that was changed; a card that the filter hides stays hidden. */
export function revealChange(
  _session: BoardSession,
  event: DocEvent,
  flash: (element: Element) => void,
): void {
  const elements = keysIn(event).map((key) => cardOf(key) ?? columnOf(key));
  const element = elements.find((each) => each !== null);
  if (!element) return;
  element.closest('[data-column]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  flash(element);
}
