import type { OtherDelete, RunSequence } from './run-sequence.ts';
import { BACKWARDS, ELEMENT, LEFT, MORE, NIL, STEP_DOWN, STEP_UP, TAIL } from './run-table.ts';

/*
 * Deleted runs. A run of backspaces, or of the delete key, stays one run: element i names the delete `seq + step · i`. So a
 * delete first tries to hand its elements to the deleted run beside them, and cuts only where that doesn't do.
 */

/** No step. */
const APART = 2;

/**
 * Hides `count` elements of a visible run from `offset` on. The first one was deleted by op `deleterSeq` of
 * `deleterPeer`, the next by `deleterSeq + step` and so on; `text` is where the first one's unit is kept,
 * backwards or not.
 */
export function hide(
  sequence: RunSequence,
  run: number,
  offset: number,
  count: number,
  deleterPeer: number,
  deleterSeq: number,
  step: number,
  text: number,
  backwards: boolean,
): void {
  const { table, list } = sequence;
  const index = list.startOf(run) + offset;
  const size = table.length[run] as number;
  const element = ((table.flags[run] as number) & ELEMENT) !== 0;
  if (!element && count < size) {
    if (offset === 0) {
      const prev = table.prev[run] as number;
      const common =
        prev === NIL || !goesOn(sequence, prev, run)
          ? APART
          : joined(sequence, prev, count, deleterPeer, deleterSeq, step, text, true);
      if (common !== APART) {
        (table.length[prev] as number) += count;
        setSteps(sequence, prev, common);
        shrinkLeft(sequence, run, count);
        list.remember(prev, index);
        return;
      }
    } else if (offset + count === size) {
      const next = table.next[run] as number;
      const common =
        next === NIL || !goesOn(sequence, run, next)
          ? APART
          : joined(sequence, next, count, deleterPeer, deleterSeq, step, text, false);
      if (common !== APART) {
        table.length[run] = offset;
        list.count(run, -count);
        growLeft(sequence, next, count, deleterSeq, text);
        setSteps(sequence, next, common);
        list.remember(next, index);
        return;
      }
    }
  }
  const middle = offset > 0 ? sequence.split(run, offset) : run;
  if (count < (table.length[middle] as number)) sequence.split(middle, count);
  list.count(middle, -count);
  table.deleterPeer[middle] = deleterPeer;
  table.deleterSeq[middle] = deleterSeq;
  table.text[middle] = text;
  (table.flags[middle] as number) |=
    (count > 1 ? (step === 1 ? STEP_UP : step === -1 ? STEP_DOWN : 0) : 0) | (backwards ? BACKWARDS : 0);
  list.remember(middle, index);
  if (!element) joinAround(sequence, middle);
}

/** Adds a delete to a run that is hidden already. */
export function hideMore(sequence: RunSequence, run: number, other: OtherDelete): void {
  const known = sequence.others.get(run) ?? [];
  (sequence.table.flags[run] as number) |= MORE;
  sequence.others.set(run, [...known, other]);
}

/** Takes a delete of a whole run back; true if the run is visible now. */
export function show(sequence: RunSequence, run: number, peer: number, seq: number): boolean {
  const { table, list } = sequence;
  const others = sequence.others.get(run) ?? [];
  let rest: readonly OtherDelete[] = others;
  if (table.deleterPeer[run] === peer && table.deleterSeq[run] === seq) {
    const [first, ...more] = others;
    (table.flags[run] as number) &= ~(STEP_UP | STEP_DOWN);
    if (first === undefined) {
      const start = list.startOf(run);
      table.deleterPeer[run] = NIL;
      (table.flags[run] as number) &= ~BACKWARDS;
      list.count(run, table.length[run] as number);
      list.remember(run, start);
      return true;
    }
    table.deleterPeer[run] = first.peer;
    table.deleterSeq[run] = first.seq;
    (table.flags[run] as number) |= first.step === 1 ? STEP_UP : first.step === -1 ? STEP_DOWN : 0;
    rest = more;
  } else rest = others.filter((other) => other.peer !== peer || other.seq !== seq);
  if (rest.length > 0) sequence.others.set(run, rest);
  else {
    sequence.others.delete(run);
    (table.flags[run] as number) &= ~MORE;
  }
  return false;
}

/** Whether op (peer, seq) deleted the first element of the run, visible or not. */
export function isHiddenBy(sequence: RunSequence, run: number, peer: number, seq: number): boolean {
  const { table } = sequence;
  if ((table.deleterPeer[run] as number) < 0) return false;
  if (table.deleterPeer[run] === peer && table.deleterSeq[run] === seq) return true;
  return sequence.others.get(run)?.some((other) => other.peer === peer && other.seq === seq) ?? false;
}

/** Whether `right` starts where `left` ends, in ids, Lamport times and the tree, and nothing keeps them apart. */
function goesOn(sequence: RunSequence, left: number, right: number): boolean {
  const { table } = sequence;
  const size = table.length[left] as number;
  const end = (table.seq[left] as number) + size;
  return (
    table.seq[right] === end &&
    table.peer[right] === table.peer[left] &&
    table.lamport[right] === (table.lamport[left] as number) + size &&
    table.parentSeq[right] === end - 1 &&
    table.parentPeer[right] === table.peer[left] &&
    ((table.flags[right] as number) & (LEFT | ELEMENT | MORE)) === 0 &&
    ((table.flags[left] as number) & (ELEMENT | MORE)) === 0 &&
    table.cover[left] === table.cover[right]
  );
}

/**
 * The step of a deleted run together with `count` elements right after (or before) it; APART if they cannot be one in
 * deletes and kept text. The step of a lone element is open.
 */
function joined(
  sequence: RunSequence,
  run: number,
  count: number,
  deleterPeer: number,
  deleterSeq: number,
  ownStep: number,
  text: number,
  after: boolean,
): number {
  const { table } = sequence;
  if (table.deleterPeer[run] !== deleterPeer) return APART;
  const size = table.length[run] as number;
  const first = table.deleterSeq[run] as number;
  let step = ownStep;
  if (size > 1) {
    step = table.step(run);
    if (count > 1 && step !== ownStep) return APART;
    // Its text went the other way round when it was deleted by another op, which was taken back.
    if ((((table.flags[run] as number) & BACKWARDS) !== 0) !== (step === -1)) return APART;
  } else if (count === 1) {
    step = after ? deleterSeq - first : first - deleterSeq;
    if (step < -1 || step > 1) return APART;
  }
  const distance = after ? size : -count;
  return first + step * distance === deleterSeq &&
    (table.text[run] as number) + (step === -1 ? -distance : distance) === text
    ? step
    : APART;
}

function setSteps(sequence: RunSequence, run: number, step: number): void {
  const { flags } = sequence.table;
  flags[run] =
    ((flags[run] as number) & ~(STEP_UP | STEP_DOWN | BACKWARDS)) |
    (step === 1 ? STEP_UP : step === -1 ? STEP_DOWN | BACKWARDS : 0);
}

/** Makes a deleted run longer at its start. */
function growLeft(sequence: RunSequence, run: number, count: number, deleterSeq: number, text: number): void {
  const { table } = sequence;
  (table.seq[run] as number) -= count;
  (table.lamport[run] as number) -= count;
  (table.length[run] as number) += count;
  (table.parentSeq[run] as number) -= count;
  table.deleterSeq[run] = deleterSeq;
  table.text[run] = text;
}

/** Takes the first elements of a visible run away, which has more. */
function shrinkLeft(sequence: RunSequence, run: number, count: number): void {
  const { table } = sequence;
  const seq = (table.seq[run] as number) + count;
  table.seq[run] = seq;
  (table.lamport[run] as number) += count;
  (table.length[run] as number) -= count;
  table.parentPeer[run] = table.peer[run] as number;
  table.parentSeq[run] = seq - 1;
  (table.flags[run] as number) &= ~LEFT;
  sequence.list.count(run, -count);
}

/** Joins a run that was just hidden to its neighbours, where they are one. */
function joinAround(sequence: RunSequence, run: number): void {
  const { table } = sequence;
  const next = table.next[run] as number;
  if (next !== NIL) join(sequence, run, next);
  const prev = table.prev[run] as number;
  if (prev !== NIL) join(sequence, prev, run);
}

function join(sequence: RunSequence, left: number, right: number): void {
  const { table, list } = sequence;
  if ((table.deleterPeer[right] as number) < 0 || !goesOn(sequence, left, right)) return;
  const size = table.length[right] as number;
  const flags = table.flags[right] as number;
  const step = table.step(right);
  if (size > 1 && ((flags & BACKWARDS) !== 0) !== (step === -1)) return;
  const deleter = table.deleterPeer[right] as number;
  const deleterSeq = table.deleterSeq[right] as number;
  const text = table.text[right] as number;
  const common = joined(sequence, left, size, deleter, deleterSeq, step, text, true);
  if (common === APART) return;
  (table.length[left] as number) += size;
  setSteps(sequence, left, common);
  table.flags[left] = ((table.flags[left] as number) & ~TAIL) | (flags & TAIL);
  const start = list.startOf(left);
  sequence.index.remove(right);
  list.remove(right);
  table.release(right);
  list.remember(left, start);
}
