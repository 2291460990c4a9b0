import { NIL } from '../../sequence/run-table.ts';
import { AHEAD, BACK, DELETE, EXPLICIT, INSERT, LEFT_CHILD } from './op-log.ts';
import type { TextState } from './state.ts';

/*
 * What the newest local op names, found in the log: its index is followed back to the op that inserted the element there,
 * or to where ids are settled and can be looked up. So the keystrokes of one person need no settling each, which costs
 * more, and neither do the first letters that are typed into a large text that was just loaded. Settling finds the same.
 */

/** So many unsettled entries are walked through again and again; more of them are settled, all at once … */
const NEAR = 32;
/** … unless there are that many: then a walk costs less … */
const FAR = 512;
/** … so often. */
const WALKS = 64;

/** Tries to note the parent of the last entry, a local insert. False if ids are needed to find it. */
export function traceParent(state: TextState): boolean {
  const { log, runs } = state;
  const entry = log.count - 1;
  if (log.kind[entry] !== INSERT || ((log.flags[entry] as number) & EXPLICIT) !== 0) return false;
  const far = entry - log.settled;
  if (far > NEAR) {
    if (far < FAR || state.walks >= WALKS) return false;
    state.walks++;
  } else if (far === 0 && log.settledLength > 0) return true;
  // The element left of the gap, and the one that stands right after it, tombstones included.
  let left = (log.index[entry] as number) - 1;
  let next = NIL;
  for (let at = entry - 1; at >= log.settled; at--) {
    const kind = log.kind[at] as number;
    if (kind > DELETE) return false;
    const index = log.index[at] as number;
    const length = log.length[at] as number;
    const settled = at === log.settled ? log.settledLength : 0;
    if (kind !== INSERT) {
      if (index <= left) left += length - settled;
    } else if (index > left) {
      // Local inserts go right after their left neighbour; the last one that did stands there.
      if (index === left + 1 && next === NIL && settled === 0) {
        if (((log.flags[at] as number) & EXPLICIT) !== 0) return false;
        next = at;
      }
    } else if (left >= index + length) left -= length - settled;
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
  if (left >= runs.length) return false;
  if (next !== NIL && state.order !== 'rga') {
    note(state, entry, log.peer[next] as number, log.seq[next] as number, true);
  } else {
    runs.originAt(left + 1);
    note(state, entry, runs.originPeer, runs.originSeq, runs.originLeft);
  }
  return true;
}

function note(state: TextState, entry: number, peer: number, seq: number, left: boolean): void {
  const { log } = state;
  log.refPeer[entry] = peer;
  log.refSeq[entry] = seq;
  if (left) (log.flags[entry] as number) |= LEFT_CHILD;
}

/**
 * Tries to find the element that delete number `done` of the last entry hit, a run of single deletes: `log.hitPeer` and
 * `log.hitSeq`. False if ids are needed. Remembers how far the next ones go on from there, which most do.
 */
export function traceHit(state: TextState, done: number): boolean {
  const { log } = state;
  const { traced } = log;
  const entry = log.count - 1;
  const kind = log.kind[entry];
  if (traced.entry === entry) {
    const further = done - traced.done;
    if (further >= 0 && further <= (kind === AHEAD ? traced.up : traced.down)) {
      log.hitPeer = traced.peer;
      log.hitSeq = kind === AHEAD ? traced.seq + further : traced.seq - further;
      return true;
    }
  }
  const settled = entry === log.settled ? log.settledLength : 0;
  if (done < settled) {
    log.hit(entry, done);
    return true;
  }
  let index = log.index[entry] as number;
  if (kind === BACK) index += (log.length[entry] as number) - 1 - done;
  else if (kind === AHEAD) index += done - settled;
  if (!traceElement(state, index, entry)) return false;
  traced.entry = entry;
  traced.done = done;
  log.hitPeer = traced.peer;
  log.hitSeq = traced.seq;
  return true;
}

/**
 * Tries to find the element that was visible at `place` before entry number `before`: `traced.peer` and `.seq`. Those
 * `.down` before it and `.up` after it, visible then, too, had ids in a row with it.
 */
export function traceElement(state: TextState, place: number, before: number): boolean {
  const { log, runs } = state;
  const { traced } = log;
  const first = log.settled;
  const last = before - 1;
  if (state.unread !== null || last - first > NEAR) return false;
  let index = place;
  let down = index;
  let up = runs.length + state.rope.length;
  for (let at = last; at >= first; at--) {
    if ((log.kind[at] as number) > DELETE) return false;
    const start = log.index[at] as number;
    const length = log.length[at] as number;
    const known = at === first ? log.settledLength : 0;
    if (index < start) up = Math.min(up, start - 1 - index);
    else if (log.kind[at] !== INSERT) {
      down = Math.min(down, index - start);
      index += length - known;
    } else if (index >= start + length) {
      down = Math.min(down, index - start - length);
      index -= length - known;
    } else {
      traced.peer = log.peer[at] as number;
      traced.seq = (log.seq[at] as number) + index - start;
      traced.down = Math.min(down, index - start);
      traced.up = Math.min(up, start + length - 1 - index);
      return true;
    }
  }
  if (index >= runs.length) return false;
  const { table, list } = runs;
  const run = list.seek(index);
  const { offset } = list;
  traced.peer = table.peer[run] as number;
  traced.seq = (table.seq[run] as number) + offset;
  traced.down = Math.min(down, offset);
  traced.up = Math.min(up, (table.length[run] as number) - 1 - offset);
  return true;
}
