import type { Whereabouts } from '@concord/shell';
import type { BlocksSession } from '../editing.ts';
import { placeOf } from '../presence.ts';
import { shownRow } from './unfold.ts';

/** People are in the block that their caret is in. */
export const blocksWhereabouts: Whereabouts<BlocksSession> = {
  reveal(session, data) {
    const place = placeOf(data);
    const row = place && shownRow(session, [place.block]);
    row?.scrollIntoView({ block: 'nearest' });
    return Boolean(row);
  },
};
