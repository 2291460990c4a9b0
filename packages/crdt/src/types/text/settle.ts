import { DecodeError } from '../../bytes/index.ts';
import { hide } from '../../sequence/hide.ts';
import { NIL } from '../../sequence/run-table.ts';
import { replayOther } from './apply-other.ts';
import { readLog } from './columns.ts';
import { hideStretch } from './erase.ts';
import { coverAfter } from './marks.ts';
import { AHEAD, BACK, DELETE, EXPLICIT, HIDDEN, INSERT, LEFT_CHILD } from './op-log.ts';
import type { TextState } from './state.ts';

/*
 * Brings the log into the id structure. Local typing needs no ids, and neither does reading a saved text, so the log runs
 * ahead; it is settled when somebody asks for an id: a change cut for the network, a remote op, an anchor, a mark. What
 * an entry says by visible index means the same at that moment of the replay as it did when it was logged, because
 * entries are settled in order and all of them.
 */
export function settle(state: TextState): void {
  if (state.unread !== null) readLog(state);
  const { log } = state;
  for (;;) {
    const entry = log.settled;
    if (entry >= log.count) return;
    const length = log.length[entry] as number;
    if (log.settledLength < length) settleEntry(state, entry, log.settledLength);
    log.settledLength = length;
    if (entry === log.count - 1) {
      checkLog(state.runs.length === state.rope.length);
      return;
    }
    log.settled = entry + 1;
    log.settledLength = 0;
  }
}

function settleEntry(state: TextState, entry: number, done: number): void {
  const { log, runs } = state;
  const index = log.index[entry] as number;
  const length = log.length[entry] as number;
  if (log.lamport[entry] === NIL) {
    log.lamport[entry] = state.env.lamportOf(log.peer[entry] as number, log.seq[entry] as number);
  }
  switch (log.kind[entry]) {
    case INSERT:
      checkLog(index + done <= runs.length);
      if (done > 0) extend(state, entry, done);
      else insert(state, entry);
      break;
    case BACK:
      checkLog(index + length - done <= runs.length);
      hideBack(state, entry, done);
      break;
    case AHEAD:
    case DELETE:
      checkLog(index + length - done <= runs.length);
      hideAhead(state, entry, done);
      break;
    case HIDDEN:
      checkLog(runs.hasAll(log.refPeer[entry] as number, log.refSeq[entry] as number, length));
      hideStretch(
        state,
        log.refPeer[entry] as number,
        log.refSeq[entry] as number,
        log.length[entry] as number,
        log.peer[entry] as number,
        log.seq[entry] as number,
      );
      break;
    default:
      replayOther(state, entry);
  }
}

/** A log that was read from a file may say anything. */
function checkLog(good: boolean): void {
  if (!good) throw new DecodeError('a text whose log contradicts itself');
}

/** The last element of the run is the last one that was inserted at all. */
function extend(state: TextState, entry: number, done: number): void {
  const { log, runs } = state;
  const peer = log.peer[entry] as number;
  const seq = (log.seq[entry] as number) + done;
  const run = runs.find(peer, seq - 1);
  runs.gap.run = run;
  runs.gap.offset = seq - (runs.table.seq[run] as number);
  runs.insert(
    peer,
    seq,
    (log.lamport[entry] as number) + done,
    (log.length[entry] as number) - done,
    peer,
    seq - 1,
    false,
    runs.table.cover[run] as number,
    false,
  );
}

function insert(state: TextState, entry: number): void {
  const { log, runs } = state;
  const peer = log.peer[entry] as number;
  const seq = log.seq[entry] as number;
  const lamport = log.lamport[entry] as number;
  let flags = log.flags[entry] as number;
  if ((flags & EXPLICIT) !== 0) {
    const left = (flags & LEFT_CHILD) !== 0;
    const parent = log.refPeer[entry] as number;
    checkLog(parent === NIL ? !left : runs.find(parent, log.refSeq[entry] as number) !== NIL);
    runs.place(log.refPeer[entry] as number, log.refSeq[entry] as number, left, peer, seq, lamport);
  } else {
    runs.originAt(log.index[entry] as number);
    log.refPeer[entry] = runs.originPeer;
    log.refSeq[entry] = runs.originSeq;
    if (runs.originLeft) flags |= LEFT_CHILD;
    log.flags[entry] = flags;
  }
  const cover = state.rich ? coverAfter(state, runs.gap.run, runs.gap.offset - 1).number : 0;
  runs.insert(
    peer,
    seq,
    lamport,
    log.length[entry] as number,
    log.refPeer[entry] as number,
    log.refSeq[entry] as number,
    (flags & LEFT_CHILD) !== 0,
    cover,
    false,
  );
}

function hideBack(state: TextState, entry: number, before: number): void {
  const { log, runs } = state;
  const { table, list } = runs;
  const peer = log.peer[entry] as number;
  const seq = log.seq[entry] as number;
  const length = log.length[entry] as number;
  let dead = log.settledDead;
  for (let done = before; done < length; ) {
    const run = list.seek((log.index[entry] as number) + length - done - 1);
    const { offset } = list;
    const count = Math.min(offset + 1, length - done);
    log.note(entry, done, table.peer[run] as number, (table.seq[run] as number) + offset, count);
    done += count;
    dead += count;
    // Its leftmost element was deleted last.
    hide(runs, run, offset - count + 1, count, peer, seq + done - 1, -1, dead - 1, true);
  }
  log.settledDead = dead;
}

function hideAhead(state: TextState, entry: number, before: number): void {
  const { log, runs } = state;
  const { table, list } = runs;
  const peer = log.peer[entry] as number;
  const seq = log.seq[entry] as number;
  const length = log.length[entry] as number;
  const step = log.kind[entry] === AHEAD ? 1 : 0;
  let dead = log.settledDead;
  for (let done = before; done < length; ) {
    const run = list.seek(log.index[entry] as number);
    const { offset } = list;
    const count = Math.min((table.length[run] as number) - offset, length - done);
    log.note(entry, done, table.peer[run] as number, (table.seq[run] as number) + offset, count);
    hide(runs, run, offset, count, peer, seq + step * done, step, dead, false);
    done += count;
    dead += count;
  }
  log.settledDead = dead;
}
