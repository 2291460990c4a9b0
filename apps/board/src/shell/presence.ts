import type { Whereabouts } from '@concord/shell';
import { cardOf, columnOf } from '../dnd/geometry.ts';
import { whereaboutsOf } from '../presence.ts';
import type { BoardSession } from '../session.ts';

/** People are at the card or list that they drag, the card that they have open, or the one that has their focus. */
export const boardWhereabouts: Whereabouts<BoardSession> = {
  reveal(_session, data) {
    const { drag, card, at } = whereaboutsOf(data);
    const id = drag ?? card ?? at;
    const element = id === null ? null : (cardOf(id) ?? columnOf(id));
    element?.closest('[data-column]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return Boolean(element);
  },
};
