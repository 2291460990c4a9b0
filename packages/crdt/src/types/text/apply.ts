import { InvalidOp } from '../../core/crdt-type.ts';
import type { Stamp } from '../../core/ids.ts';
import { NIL } from '../../sequence/run-table.ts';
import { applyOther } from './apply-other.ts';
import { eraseStretch, logSingles } from './erase.ts';
import { coverAfter } from './marks.ts';
import type { Marks, TextOp, TextPatch } from './op.ts';
import { DELETE, EXPLICIT, INSERT, LEFT_CHILD } from './op-log.ts';
import { settle } from './settle.ts';
import type { TextState } from './state.ts';

/** Ids stay below this, so that columns of 32 bits hold them: who uses up its own is nobody else's trouble. */
const MAX_SEQ = 2 ** 31 - 2;
/** Lamport times are everybody's, and must not run out: gigabytes of changes do not come to this. */
const MAX_LAMPORT = 2 ** 52;

/** Ops as plain data, local and remote alike. Throws InvalidOp before it changes anything. */
export function applyText(state: TextState, op: TextOp, stamp: Stamp): readonly TextPatch[] {
  const patches: TextPatch[] = [];
  const peer = state.env.peers.intern(stamp.id.replica);
  const { seq } = stamp.id;
  const { lamport } = stamp;
  if (op.type === 'insert') {
    const { parent, side } = op.origin;
    const parentPeer = parent === null ? NIL : state.peer(parent.replica);
    if (parent !== null && parentPeer === NIL) throw new InvalidOp('insert beside an unknown element');
    insertText(state, parentPeer, parent?.seq ?? 0, side === 'L', op.text, peer, seq, lamport, patches);
    return patches;
  }
  settle(state);
  if (op.type === 'delete') {
    checkRange(seq, lamport, 1);
    for (const { replica, seq: first, length } of op.ranges) {
      const owner = state.peer(replica);
      if (length < 1 || owner === NIL || !state.runs.hasAll(owner, first, length)) {
        throw new InvalidOp('delete of an unknown element');
      }
    }
    state.changing();
    let goesOn = false;
    for (const { replica, seq: first, length } of op.ranges) {
      eraseStretch(state, state.peer(replica), first, length, peer, seq, lamport, goesOn, patches);
      goesOn = true;
    }
    return patches;
  }
  checkRange(seq, lamport, 1);
  state.changing();
  applyOther(state, op, stamp, patches);
  return patches;
}

/** Inserts characters as the op says that they hang. Throws InvalidOp before it changes anything. */
export function insertText(
  state: TextState,
  parentPeer: number,
  parentSeq: number,
  left: boolean,
  text: string,
  peer: number,
  seq: number,
  lamport: number,
  patches: TextPatch[] | null,
): void {
  if (
    !left &&
    parentPeer === peer &&
    parentSeq === seq - 1 &&
    typeOn(state, peer, seq, lamport, text, patches)
  ) {
    return;
  }
  checkRange(seq, lamport, text.length);
  settle(state);
  const { runs, log, rope } = state;
  const { table, gap } = runs;
  if (parentPeer !== NIL) {
    const parent = runs.find(parentPeer, parentSeq);
    if (parent === NIL) throw new InvalidOp('insert beside an unknown element');
    // What an op names happened before it: a later stamp here would break the order of siblings.
    if ((table.lamport[parent] as number) + parentSeq - (table.seq[parent] as number) >= lamport) {
      throw new InvalidOp('insert beside an element that is not older');
    }
  } else if (left) throw new InvalidOp('the origin has no left children');
  if (left && state.order === 'rga') throw new InvalidOp('plain RGA has no left children');

  state.changing();
  runs.place(parentPeer, parentSeq, left, peer, seq, lamport);
  const { run, offset } = gap;
  const index = runs.gapIndex;
  runs.originAt(index);
  const derived =
    gap.run === run &&
    gap.offset === offset &&
    runs.originPeer === parentPeer &&
    runs.originLeft === left &&
    (parentPeer === NIL || runs.originSeq === parentSeq);
  gap.run = run;
  gap.offset = offset;
  const cover = state.rich ? coverAfter(state, run, offset - 1) : state.covers.none;
  runs.insert(peer, seq, lamport, text.length, parentPeer, parentSeq, left, cover.number, false);
  rope.insert(index, text);
  const entry = log.add(INSERT, peer, seq, lamport, index, text.length);
  log.flags[entry] = (derived ? 0 : EXPLICIT) | (left ? LEFT_CHILD : 0);
  log.refPeer[entry] = parentPeer;
  log.refSeq[entry] = parentSeq;
  log.allSettled(state.dead.length);
  patches?.push({ type: 'insert', index, spans: [{ type: 'text', text, marks: cover.marks }] });
}

/**
 * Inserts right after the last op, if that inserted the element before: the ids follow later. Nothing else can hang
 * there yet, so this is where the element belongs. Returns false if it is not so.
 */
export function typeOn(
  state: TextState,
  peer: number,
  seq: number,
  lamport: number,
  text: string,
  patches: TextPatch[] | null,
): boolean {
  const { log } = state;
  const last = log.count - 1;
  if (last < 0 || log.kind[last] !== INSERT || !log.continues(peer, seq, lamport)) return false;
  checkRange(seq, lamport, text.length);
  if (state.held !== null) state.changing();
  const length = log.length[last] as number;
  const index = (log.index[last] as number) + length;
  log.length[last] = length + text.length;
  state.rope.insert(index, text);
  if (patches !== null) {
    const marks = state.rich ? marksOfLast(state, peer, seq) : state.covers.none.marks;
    patches.push({ type: 'insert', index, spans: [{ type: 'text', text, marks }] });
  }
  return true;
}

function marksOfLast(state: TextState, peer: number, seq: number): Marks {
  settle(state);
  return state.coverOf(state.runs.find(peer, seq)).marks;
}

/** A local insert into text without marks and elements: logged by its index alone. */
export function typeAt(
  state: TextState,
  index: number,
  text: string,
  peer: number,
  seq: number,
  lamport: number,
  patches: TextPatch[] | null,
): void {
  checkRange(seq, lamport, text.length);
  if (state.held !== null) state.changing();
  state.log.add(INSERT, peer, seq, lamport, index, text.length);
  state.rope.insert(index, text);
  if (patches !== null) {
    patches.push({ type: 'insert', index, spans: [{ type: 'text', text, marks: state.covers.none.marks }] });
  }
}

/** A local delete: logged by its index alone. */
export function deleteAt(
  state: TextState,
  index: number,
  count: number,
  peer: number,
  seq: number,
  lamport: number,
  patches: TextPatch[] | null,
): void {
  checkRange(seq, lamport, 1);
  if (state.held !== null) state.changing();
  if (count === 1) logSingles(state, peer, seq, lamport, index, 1, false);
  else state.log.add(DELETE, peer, seq, lamport, index, count);
  state.dead.take(state.rope, index, count, false);
  state.rope.delete(index, count);
  if (patches !== null) patches.push({ type: 'delete', index, count });
}

/** Whether the columns can hold the ids. */
export function fits(seq: number, lamport: number, length: number): boolean {
  return seq + length <= MAX_SEQ && lamport + length <= MAX_LAMPORT;
}

/** Throws InvalidOp on ids that no column could hold. */
export function checkRange(seq: number, lamport: number, length: number): void {
  if (!fits(seq, lamport, length)) throw new InvalidOp('too many ids for a text');
}
