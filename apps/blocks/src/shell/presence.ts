import type { Whereabouts } from '@concord/shell';
import type { BlocksSession } from '../editing.ts';
import { placeOf } from '../presence.ts';

/** People are in the block that their caret is in. */
export const blocksWhereabouts: Whereabouts<BlocksSession> = {
  reveal(_session, data) {
    const place = placeOf(data);
    const row = place && document.querySelector(`[data-block="${CSS.escape(place.block)}"]`);
    row?.scrollIntoView({ block: 'nearest' });
    return Boolean(row);
  },
};
