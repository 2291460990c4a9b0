import type { CommentSubjects } from '@concord/shell';
import { cardName, listName } from '../actions.ts';
import { cardOf } from '../dnd/geometry.ts';
import { focusCard } from '../focus.ts';
import { layoutOf } from '../layout.ts';
import type { BoardSession } from '../session.ts';
import { clearFilter } from '../store.ts';

/** On a board people comment on cards. */
export const boardComments: CommentSubjects<BoardSession> = {
  placesPath: 'places',
  chosen({ doc }, focused) {
    const id = focused?.closest<HTMLElement>('[data-card]')?.dataset.card;
    const card = id === undefined ? undefined : doc.view.cards[id];
    return id !== undefined && card ? { subject: { type: 'item', id }, quote: cardName(card.title) } : null;
  },
  places({ doc }) {
    const { view } = doc;
    const { columns, unfiled } = layoutOf(view);
    const orders = new Map<string, readonly number[]>();
    for (const [at, card] of unfiled.entries()) orders.set(card, [0, at]);
    for (const [column, { cards }] of columns.entries())
      for (const [at, card] of cards.entries()) orders.set(card, [column + 1, at]);
    return (subject) => {
      const order = subject.type === 'item' ? orders.get(subject.id) : undefined;
      if (subject.type !== 'item' || !order) return null;
      return { order, quote: cardName(view.cards[subject.id]?.title) };
    };
  },
  where({ doc: { view } }) {
    return (card) => {
      const list = view.places.parentOf[card];
      return list === undefined ? null : listName(view.lists[list]?.title);
    };
  },
  reveal(_session, subject, focus) {
    if (subject.type !== 'item') return;
    const { id } = subject;
    if (!cardOf(id)) clearFilter();
    // Once a card that the filter hid is there.
    setTimeout(() => {
      if (focus) focusCard(id);
      else cardOf(id)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
  },
};
