import type { DocEvent } from '@concord/crdt';
import { keysIn } from '@concord/shell';
import { toast } from '@concord/ui';
import { cardName } from '../actions.ts';
import { cardOf, columnOf } from '../dnd/geometry.ts';
import { isFiltering, layoutOf } from '../layout.ts';
import type { BoardView } from '../schema.ts';
import type { BoardSession } from '../session.ts';
import { clearFilter, getState } from '../store.ts';
import { words } from '../words.ts';

/** Shows the card or the list that was changed; says so of a card that the filter hides, and offers to show it. */
export function revealChange(
  session: BoardSession,
  event: DocEvent,
  flash: (element: Element) => void,
): void {
  const { view } = session.doc;
  const keys = keysIn(event);
  const element = keys.map((key) => cardOf(key) ?? columnOf(key)).find((each) => each !== null);
  const hidden = isFiltering(getState()) ? hiddenOf(view, keys) : undefined;
  if (hidden !== undefined && !element?.matches('[data-card]'))
    toast({
      key: 'hidden',
      title: words.hiddenByFilter(cardName(view.cards[hidden]?.title)),
      action: {
        label: words.showHidden,
        onSelect: () => {
          clearFilter();
          showOnceDrawn(hidden, flash);
        },
      },
    });
  else if (element) show(element, flash);
}

/** The first of these cards that would be seen without the filter. */
function hiddenOf(view: BoardView, keys: readonly string[]): string | undefined {
  const { columns, unfiled } = layoutOf(view);
  const all = new Set([...unfiled, ...columns.flatMap(({ cards }) => cards)]);
  return keys.find((key) => all.has(key));
}

/** The filter lets go of its cards when there is time for it: not in the next frame on a large board. */
function showOnceDrawn(card: string, flash: (element: Element) => void, frames = 120): void {
  const element = cardOf(card);
  if (element) show(element, flash);
  else if (frames > 0) requestAnimationFrame(() => showOnceDrawn(card, flash, frames - 1));
}

function show(element: Element, flash: (element: Element) => void): void {
  element.closest('[data-column]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  flash(element);
}
