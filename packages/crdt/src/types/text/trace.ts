import { NIL } from '../../sequence/run-table.ts';
import { DELETE, EXPLICIT, INSERT, LEFT_CHILD } from './op-log.ts';
import type { TextState } from './state.ts';

/*
 * Where a local insert hangs, found in the log alone: its index is followed back to the op that inserted the element left
 * of it. O(entries) instead of the O(entries · log runs) and the memory of settling them all, so that the first letters
 * typed into a large text that was just loaded are on their way at once. Settling finds the same parent later.
 */

/** So many unsettled entries are worth a walk. */
const FAR = 512;
/** So many walks are cheaper than settling. */
const WALKS = 64;

/** Tries to note the parent of the last entry, an unsettled local insert. False if ids are needed to find it. */
export function traceParent(state: TextState): boolean {
  const { log } = state;
  const entry = log.count - 1;
  if (entry - log.settled < FAR || state.walks >= WALKS) return false;
  if (log.kind[entry] !== INSERT || ((log.flags[entry] as number) & EXPLICIT) !== 0) return false;
  state.walks++;
  // The element left of the gap, and the one that stands right after it, tombstones included.
  let left = (log.index[entry] as number) - 1;
  let next = NIL;
  for (let at = entry - 1; at >= 0; at--) {
    const kind = log.kind[at] as number;
    if (kind > DELETE || ((log.flags[at] as number) & EXPLICIT) !== 0) return false;
    const index = log.index[at] as number;
    const length = log.length[at] as number;
    if (kind !== INSERT) {
      if (index <= left) left += length;
    } else if (index > left) {
      // Local inserts go right after their left neighbour; the last one that did stands there.
      if (index === left + 1 && next === NIL) next = at;
    } else if (left >= index + length) left -= length;
    else {
      const offset = left - index;
      const seq = (log.seq[at] as number) + offset;
      if (state.order === 'rga' || (next === NIL && offset === length - 1)) {
        note(state, entry, log.peer[at] as number, seq, false);
      } else if (next === NIL) note(state, entry, log.peer[at] as number, seq + 1, true);
      else note(state, entry, log.peer[next] as number, log.seq[next] as number, true);
      return true;
    }
  }
  if (left >= 0) return false;
  if (next === NIL || state.order === 'rga') note(state, entry, NIL, 0, false);
  else note(state, entry, log.peer[next] as number, log.seq[next] as number, true);
  return true;
}

function note(state: TextState, entry: number, peer: number, seq: number, left: boolean): void {
  const { log } = state;
  log.refPeer[entry] = peer;
  log.refSeq[entry] = seq;
  if (left) (log.flags[entry] as number) |= LEFT_CHILD;
}
