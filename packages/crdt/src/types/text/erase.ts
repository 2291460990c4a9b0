import { hide, hideMore, isHiddenBy } from '../../sequence/hide.ts';
import { BACKWARDS, NIL } from '../../sequence/run-table.ts';
import type { TextPatch } from './op.ts';
import { AHEAD, BACK, DELETE, GOES_ON, HIDDEN } from './op-log.ts';
import type { TextState } from './state.ts';

/*
 * Deletes that name elements by their ids, and their return. All of this works on a settled state and logs what it does;
 * what people see goes from the rope to the deleted text and back.
 */

/**
 * Op (peer, seq) deletes `length` elements from (target, first) on, which must be known. `goesOn`: it has deleted
 * others before. Returns whether it logged anything.
 */
export function eraseStretch(
  state: TextState,
  target: number,
  first: number,
  length: number,
  peer: number,
  seq: number,
  lamport: number,
  goesOn: boolean,
  patches: TextPatch[] | null,
): void {
  const { runs, log, rope, dead } = state;
  const { table, list } = runs;
  let further = goesOn;
  for (let at = first; at < first + length; ) {
    const run = runs.find(target, at);
    const offset = at - (table.seq[run] as number);
    const count = Math.min((table.length[run] as number) - offset, first + length - at);
    if ((table.deleterPeer[run] as number) < 0) {
      const index = list.startOf(run) + offset;
      const last = log.count - 1;
      if (further && log.kind[last] === DELETE && log.index[last] === index) {
        const done = log.length[last] as number;
        log.length[last] = done + count;
        log.note(last, done, target, at, count);
      } else {
        const entry = log.add(DELETE, peer, seq, lamport, index, count);
        if (further) log.flags[entry] = GOES_ON;
        log.note(entry, 0, target, at, count);
      }
      hide(runs, run, offset, count, peer, seq, 0, dead.length, false);
      dead.take(rope, index, count, false);
      rope.delete(index, count);
      if (patches !== null) pushDelete(patches, index, count);
    } else {
      const entry = log.add(HIDDEN, peer, seq, lamport, 0, count);
      if (further) log.flags[entry] = GOES_ON;
      log.refPeer[entry] = target;
      log.refSeq[entry] = at;
      hideStretch(state, target, at, count, peer, seq);
    }
    further = true;
    at += count;
  }
  log.allSettled(dead.length);
}

/** `count` ops from (peer, seq) on delete one element each: (target, first) and, step by step, those below or above. */
export function eraseSingles(
  state: TextState,
  target: number,
  first: number,
  count: number,
  down: boolean,
  peer: number,
  seq: number,
  lamport: number,
  patches: TextPatch[] | null,
): void {
  const { runs, log, rope, dead } = state;
  const { table, list } = runs;
  for (let done = 0; done < count; ) {
    const at = down ? first - done : first + done;
    const run = runs.find(target, at);
    const offset = at - (table.seq[run] as number);
    if ((table.deleterPeer[run] as number) >= 0) {
      const entry = log.add(HIDDEN, peer, seq + done, lamport + done, 0, 1);
      log.refPeer[entry] = target;
      log.refSeq[entry] = at;
      hideStretch(state, target, at, 1, peer, seq + done);
      done++;
      continue;
    }
    const n = Math.min(down ? offset + 1 : (table.length[run] as number) - offset, count - done);
    const from = down ? offset - n + 1 : offset;
    const index = list.startOf(run) + from;
    const entry = logSingles(state, peer, seq + done, lamport + done, index, n, down);
    log.note(entry, (log.length[entry] as number) - n, target, at, n);
    if (down) hide(runs, run, from, n, peer, seq + done + n - 1, -1, dead.length + n - 1, true);
    else hide(runs, run, from, n, peer, seq + done, 1, dead.length, false);
    dead.take(rope, index, n, down);
    rope.delete(index, n);
    if (patches !== null) for (let i = n - 1; i >= 0; i--) pushDelete(patches, down ? index + i : index, 1);
    done += n;
  }
  log.allSettled(dead.length);
}

/**
 * Logs `n` single deletes of the elements at [index, index + n), from the last to the first if `down`: as part of the
 * last entry, if they go on where it left off. Returns the entry.
 */
export function logSingles(
  state: TextState,
  peer: number,
  seq: number,
  lamport: number,
  index: number,
  n: number,
  down: boolean,
): number {
  const { log } = state;
  const last = log.count - 1;
  if (log.continues(peer, seq, lamport)) {
    const lone = log.kind[last] === DELETE && log.length[last] === 1 && log.flags[last] === 0;
    const start = log.index[last] as number;
    if ((n === 1 || down) && (lone || log.kind[last] === BACK) && index + n === start) {
      log.kind[last] = BACK;
      log.index[last] = index;
      (log.length[last] as number) += n;
      return last;
    }
    if ((n === 1 || !down) && (lone || log.kind[last] === AHEAD) && index === start) {
      log.kind[last] = AHEAD;
      (log.length[last] as number) += n;
      return last;
    }
  }
  return log.add(n === 1 ? DELETE : down ? BACK : AHEAD, peer, seq, lamport, index, n);
}

/** Op (peer, seq) deletes elements too that others hide already. */
export function hideStretch(
  state: TextState,
  target: number,
  first: number,
  length: number,
  peer: number,
  seq: number,
): void {
  for (const run of runsOf(state, target, first, length)) {
    if (!isHiddenBy(state.runs, run, peer, seq)) hideMore(state.runs, run, { peer, seq, step: 0 });
  }
}

/** The runs that hold exactly these elements, in the order of ids; cut at both ends. */
export function runsOf(state: TextState, peer: number, first: number, length: number): number[] {
  const { runs } = state;
  const { table } = runs;
  const found: number[] = [];
  for (let at = first; at < first + length; ) {
    const run = runs.cutBefore(peer, at);
    if (at + (table.length[run] as number) > first + length) runs.split(run, first + length - at);
    found.push(run);
    at += table.length[run] as number;
  }
  return found;
}

/**
 * The elements that delete op (peer, seq) names, as stretches of ids. Empty if that is no delete op; settles nothing.
 */
export function stretchesOf(state: TextState, peer: number, seq: number): [number, number, number][] {
  const { log } = state;
  const first = log.find(peer, seq);
  const found: [number, number, number][] = [];
  if (first === NIL) return found;
  const kind = log.kind[first];
  if (kind === BACK || kind === AHEAD) {
    log.hit(first, seq - (log.seq[first] as number));
    found.push([log.hitPeer, log.hitSeq, 1]);
  } else if (kind === DELETE || kind === HIDDEN) {
    for (let entry = first; entry < log.endOf(first); entry++) {
      for (let at = 0; at < (log.length[entry] as number); ) {
        const length = log.hit(entry, at);
        const last = found[found.length - 1];
        if (last !== undefined && last[0] === log.hitPeer && last[1] + last[2] === log.hitSeq)
          last[2] += length;
        else found.push([log.hitPeer, log.hitSeq, length]);
        at += length;
      }
    }
  }
  return found;
}

/** The text of the elements of a hidden run. */
export function hiddenText(state: TextState, run: number, offset: number, count: number): string {
  const { table } = state.runs;
  const backwards = ((table.flags[run] as number) & BACKWARDS) !== 0;
  return state.dead.read((table.text[run] as number) + (backwards ? -offset : offset), count, backwards);
}

function pushDelete(patches: TextPatch[], index: number, count: number): void {
  const last = patches[patches.length - 1];
  if (last?.type === 'delete' && last.index === index) {
    patches[patches.length - 1] = { type: 'delete', index, count: last.count + count };
  } else patches.push({ type: 'delete', index, count });
}
