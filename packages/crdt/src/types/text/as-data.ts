import { type Id, type Stamp, sameId } from '../../core/ids.ts';
import { NIL } from '../../sequence/run-table.ts';
import { stretchesOf } from './erase.ts';
import { remark } from './marks.ts';
import type { TextOp } from './op.ts';
import { INSERT, LEFT_CHILD, OTHER } from './op-log.ts';
import { settle } from './settle.ts';
import type { TextState } from './state.ts';
import { insertedText } from './wire.ts';

/** Calls `visit` with each op of [from, to) of a peer as plain data, in their order. An insert is cut at both ends. */
function eachOp(
  state: TextState,
  peer: number,
  from: number,
  to: number,
  visit: (op: TextOp, seq: number) => void,
): void {
  settle(state);
  const { log } = state;
  for (let seq = from; seq < to; ) {
    const entry = log.find(peer, seq);
    if (entry === NIL) throw new RangeError(`no op ${seq} of peer ${peer} in this text`);
    const kind = log.kind[entry];
    if (kind === INSERT) {
      const done = seq - (log.seq[entry] as number);
      const count = Math.min((log.length[entry] as number) - done, to - seq);
      visit(insertOp(state, entry, done, count), seq);
      seq += count;
    } else {
      if (kind === OTHER) visit(log.others[log.refSeq[entry] as number] as TextOp, seq);
      else visit({ type: 'delete', ranges: rangesOf(state, peer, seq) }, seq);
      seq++;
    }
  }
}

/** The ops with ids [from, to) of a peer. */
export function opsOf(state: TextState, peer: number, from: number, to: number): readonly TextOp[] {
  const ops: TextOp[] = [];
  eachOp(state, peer, from, to, (op) => ops.push(op));
  return ops;
}

/**
 * The ops that take back [from, to) of a peer, the last one first. Each is judged when it is asked for, after the one
 * before it was applied.
 */
export function* invertRange(state: TextState, peer: number, from: number, to: number): Generator<TextOp> {
  const made: { readonly op: TextOp; readonly seq: number }[] = [];
  eachOp(state, peer, from, to, (op, seq) => made.push({ op, seq }));
  for (const { op, seq } of made.reverse()) yield* inverseOf(state, op, state.idOf(peer, seq));
}

/** Hide what was inserted, retract what was deleted or marked, delete or mark anew what was retracted. */
export function invertOp(state: TextState, op: TextOp, { id }: Stamp): readonly TextOp[] {
  settle(state);
  return inverseOf(state, op, id);
}

function inverseOf(state: TextState, op: TextOp, id: Id): readonly TextOp[] {
  switch (op.type) {
    case 'insert':
      return [{ type: 'delete', ranges: [{ ...id, length: op.text.length }] }];
    case 'element':
      return [{ type: 'delete', ranges: [{ ...id, length: 1 }] }];
    case 'delete':
    case 'mark':
      return [{ type: 'retract', target: id }];
    case 'retract':
      return anew(state, op.target, id);
    case 'attr':
      return [{ ...op, value: previous(state, op, id) }];
  }
}

/** What retract op `by` took back; nothing, if another one had done so before. */
function anew(state: TextState, target: Id, by: Id): readonly TextOp[] {
  const mark = state.marks.get(target);
  const retracted = mark === undefined ? (state.retracted.get(target) ?? null) : mark.retracted;
  if (retracted !== null && !sameId(retracted, by)) return [];
  if (mark !== undefined) return remark(state, mark);
  const peer = state.peer(target.replica);
  return peer === NIL ? [] : [{ type: 'delete', ranges: rangesOf(state, peer, target.seq) }];
}

/** The value that the attribute had when op `id` was applied here. */
function previous(state: TextState, { element, key }: Extract<TextOp, { type: 'attr' }>, id: Id) {
  const { log } = state;
  const peer = state.peer(id.replica);
  let value = null;
  let lamport = -1;
  let author = NIL;
  for (let entry = 0; entry < log.count; entry++) {
    if (log.kind[entry] !== OTHER) continue;
    if (log.peer[entry] === peer && log.seq[entry] === id.seq) break;
    const op = log.others[log.refSeq[entry] as number] as TextOp;
    const own = state.idOf(log.peer[entry] as number, log.seq[entry] as number);
    const time = log.lamport[entry] as number;
    if (op.type === 'attr' ? !sameId(op.element, element) || op.key !== key : !sameId(own, element)) continue;
    if (op.type !== 'attr' && op.type !== 'element') continue;
    if (op.type === 'element' && !Object.hasOwn(op.attrs, key)) continue;
    const order =
      time - lamport || (author === NIL ? 1 : state.env.peers.compare(log.peer[entry] as number, author));
    if (order < 0) continue;
    value = op.type === 'attr' ? op.value : (op.attrs[key] ?? null);
    lamport = time;
    author = log.peer[entry] as number;
  }
  return value;
}

function insertOp(state: TextState, entry: number, done: number, count: number): TextOp {
  const { log } = state;
  const text = insertedText(state, entry, done, count);
  if (done > 0) {
    const parent = state.idOf(log.peer[entry] as number, (log.seq[entry] as number) + done - 1);
    return { type: 'insert', origin: { parent, side: 'R' }, text };
  }
  const peer = log.refPeer[entry] as number;
  const parent = peer === NIL ? null : state.idOf(peer, log.refSeq[entry] as number);
  const side = ((log.flags[entry] as number) & LEFT_CHILD) !== 0 ? 'L' : 'R';
  return { type: 'insert', origin: { parent, side }, text };
}

function rangesOf(state: TextState, peer: number, seq: number) {
  return stretchesOf(state, peer, seq).map(([target, first, length]) => ({
    ...state.idOf(target, first),
    length,
  }));
}
