import { InvalidOp } from '../../core/crdt-type.ts';
import { formatId, type Id, type Stamp } from '../../core/ids.ts';
import { isHiddenBy, show as reveal } from '../../sequence/hide.ts';
import { NIL } from '../../sequence/run-table.ts';
import { hiddenText, runsOf, stretchesOf } from './erase.ts';
import { coverAfter, decidedBy, spread, withdraw } from './marks.ts';
import type { TextOp, TextPatch, TextSpan } from './op.ts';
import { OTHER } from './op-log.ts';
import { Registers } from './registers.ts';
import { pushSpan, spanOf } from './spans.ts';
import type { TextState } from './state.ts';

/** The ops that are kept as plain data: all but the inserts and deletes of characters. */
export type OtherOp = Exclude<TextOp, { readonly type: 'insert' | 'delete' }>;

/** Applies and logs an op to a settled state. Throws InvalidOp before it changes anything. */
export function applyOther(state: TextState, op: OtherOp, stamp: Stamp, patches: TextPatch[] | null): void {
  check(state, op, stamp);
  run(state, op, stamp, true, patches);
  const { log } = state;
  const entry = log.add(OTHER, state.env.peers.intern(stamp.id.replica), stamp.id.seq, stamp.lamport, 0, 1);
  log.refSeq[entry] = log.others.length;
  log.others.push(op);
  log.allSettled(state.dead.length);
}

/** Applies a logged op to the id structure alone: the rope has seen it. Throws InvalidOp on what no log could hold. */
export function replayOther(state: TextState, entry: number): void {
  const { log } = state;
  const op = log.others[log.refSeq[entry] as number] as OtherOp;
  const id = state.idOf(log.peer[entry] as number, log.seq[entry] as number);
  const stamp = { id, lamport: log.lamport[entry] as number };
  check(state, op, stamp);
  run(state, op, stamp, false, null);
}

function check(state: TextState, op: OtherOp, stamp: Stamp): void {
  switch (op.type) {
    case 'element':
      checkOrigin(state, op.origin, stamp);
      break;
    case 'retract': {
      if (state.marks.get(op.target) !== undefined) break;
      const peer = state.peer(op.target.replica);
      if (peer === NIL || stretchesOf(state, peer, op.target.seq).length === 0) {
        throw new InvalidOp('retract of what is no known delete or mark');
      }
      break;
    }
    case 'mark':
      for (const { id } of [op.start, op.end]) if (id !== null) checkKnown(state, id, stamp);
      break;
    case 'attr':
      if (op.element !== null && !state.elements.has(checkKnown(state, op.element, stamp))) {
        throw new InvalidOp('characters have no attributes');
      }
  }
}

/** Throws InvalidOp if nothing may hang there. */
function checkOrigin(
  state: TextState,
  { parent, side }: { readonly parent: Id | null; readonly side: 'L' | 'R' },
  stamp: Stamp,
): void {
  if (side === 'L' && parent === null) throw new InvalidOp('the origin has no left children');
  if (side === 'L' && state.order === 'rga') throw new InvalidOp('plain RGA has no left children');
  if (parent !== null) checkKnown(state, parent, stamp);
}

function checkKnown(state: TextState, id: Id, stamp: Stamp): number {
  const run = state.find(id);
  if (run === NIL) throw new InvalidOp(`unknown element ${formatId(id)}`);
  const { table } = state.runs;
  // What an op names happened before it: a later stamp here would break the order of siblings.
  if ((table.lamport[run] as number) + id.seq - (table.seq[run] as number) >= stamp.lamport) {
    throw new InvalidOp(`element ${formatId(id)} is not older than the op`);
  }
  return run;
}

function run(state: TextState, op: OtherOp, stamp: Stamp, live: boolean, patches: TextPatch[] | null): void {
  switch (op.type) {
    case 'element':
      state.rich = true;
      insertElement(state, op, stamp, live, patches);
      break;
    case 'retract': {
      const mark = state.marks.get(op.target);
      if (mark !== undefined) {
        if (mark.retracted !== null) return;
        mark.retracted = stamp.id;
        mark.decided = decidedBy(state, mark);
        withdraw(state, mark, patches);
      } else if (state.retracted.get(op.target) === undefined) {
        state.retracted.set(op.target, stamp.id);
        show(state, op.target, live, patches);
      }
      break;
    }
    case 'mark': {
      state.rich = true;
      const mark = { ...op, stamp, retracted: null, decided: [] };
      state.marks.set(stamp.id, mark);
      spread(state, mark, patches);
      break;
    }
    case 'attr':
      state.rich = true;
      setAttr(state, op, stamp, patches);
  }
}

function insertElement(
  state: TextState,
  op: Extract<OtherOp, { type: 'element' }>,
  stamp: Stamp,
  live: boolean,
  patches: TextPatch[] | null,
): void {
  const { runs } = state;
  const { parent, side } = op.origin;
  const peer = state.env.peers.intern(stamp.id.replica);
  const parentPeer = parent === null ? NIL : state.peer(parent.replica);
  const parentSeq = parent === null ? 0 : parent.seq;
  const { seq } = stamp.id;
  runs.place(parentPeer, parentSeq, side === 'L', peer, seq, stamp.lamport);
  const cover = coverAfter(state, runs.gap.run, runs.gap.offset - 1);
  const index = runs.gapIndex;
  runs.insert(peer, seq, stamp.lamport, 1, parentPeer, parentSeq, side === 'L', cover.number, true);
  const registers = new Registers(op.attrs, stamp);
  state.elements.set(runs.run, { type: op.element, id: formatId(stamp.id), registers });
  if (live) state.rope.insert(index, op.element === 'block' ? '\n' : '\uFFFC');
  patches?.push({ type: 'insert', index, spans: [spanOf(state, runs.run, '')] });
}

/** Takes a delete op back: what nobody else deleted returns. */
function show(state: TextState, target: Id, live: boolean, patches: TextPatch[] | null): void {
  const { runs, rope } = state;
  const { table, list } = runs;
  const peer = state.peer(target.replica);
  let spans: TextSpan[] = [];
  let end = -1;
  for (const [owner, first, length] of stretchesOf(state, peer, target.seq)) {
    for (const each of runsOf(state, owner, first, length)) {
      if (!isHiddenBy(runs, each, peer, target.seq)) continue;
      const count = table.length[each] as number;
      const text = live ? hiddenText(state, each, 0, count) : '';
      const index = list.startOf(each);
      if (!reveal(runs, each, peer, target.seq) || !live) continue;
      rope.insert(index, text);
      if (patches === null) continue;
      if (index !== end) {
        spans = [];
        patches.push({ type: 'insert', index, spans });
      }
      pushSpan(spans, spanOf(state, each, text));
      end = index + count;
    }
  }
}

function setAttr(
  state: TextState,
  { element, key, value }: Extract<OtherOp, { type: 'attr' }>,
  stamp: Stamp,
  patches: TextPatch[] | null,
): void {
  if (element === null) {
    if (state.origin.set(key, value, stamp)) patches?.push({ type: 'attr', element, index: -1, key, value });
    return;
  }
  const run = state.find(element);
  const found = state.elements.get(run);
  if (found === undefined || !found.registers.set(key, value, stamp)) return;
  if (patches === null || state.runs.table.visible(run) === 0) return;
  patches.push({ type: 'attr', element: found.id, index: state.runs.list.startOf(run), key, value });
}
