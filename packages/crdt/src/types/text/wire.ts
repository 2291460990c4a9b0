import { DecodeError, type Reader, type Writer } from '../../bytes/index.ts';
import { InvalidOp } from '../../core/crdt-type.ts';
import type { RefReader, RefWriter } from '../../core/journal.ts';
import { BACKWARDS, NIL } from '../../sequence/run-table.ts';
import { applyText, checkRange, insertText } from './apply.ts';
import { decodeOp, encodeOp } from './codec.ts';
import { readLog } from './columns.ts';
import { eraseSingles, eraseStretch, stretchesOf } from './erase.ts';
import { writeKey } from './key.ts';
import type { TextOp, TextPatch } from './op.ts';
import { AHEAD, BACK, DELETE, INSERT, LEFT_CHILD, type OpLog } from './op-log.ts';
import { fromUnits } from './rope.ts';
import { settle } from './settle.ts';
import type { TextState } from './state.ts';
import { traceParent } from './trace.ts';
import { MAX_SEQ, readSeq, writeRef } from './wire-ids.ts';
import { BACKSPACES, DELETES, FLAG, LEFT, OTHERS, RANGES, RIGHT, ROOT, TYPE } from './wire-kinds.ts';

/*
 * Ops on the wire. One byte first: its kind (3 bits), a flag (1 bit), and a count (4 bits; 0 if it follows as a varint).
 * - TYPE, RIGHT, LEFT, ROOT: an insert whose first element is the right child of the id before it, a right or left child
 *   of the id that follows, or a right child of the origin. Count: its units, as many bytes of ASCII; with the flag a
 *   string of any kind follows instead.
 * - BACK, AHEAD: so many ops that delete one element each, of descending or ascending ids; the first id follows.
 * - RANGES: one op that deletes so many ranges (id, length).
 * - OTHER: one op as in `codec.ts`.
 * An id is a varint: twice the distance down from the op's own seq if the author made it; else twice its seq and one, and
 * the replica.
 */

/** Writes the ops with ids [from, to) of `peer`. */
export function writeOps(
  state: TextState,
  peer: number,
  from: number,
  to: number,
  w: Writer,
  refs: RefWriter,
): void {
  const { log } = state;
  if (to - from === 1 && writeKey(state, peer, from, w, refs)) return;
  for (let seq = from; seq < to; ) {
    let entry = log.find(peer, seq);
    // Typing on needs no ids: it hangs at the id before it. Settling may move entries, if a saved log is read.
    if (!goesOnTyping(log, entry, seq) && (state.unread !== null || !log.isSettled)) {
      readLog(state);
      const last = log.count - 1;
      if (log.peer[last] !== peer || log.seq[last] !== seq || !traceParent(state)) settle(state);
      entry = log.find(peer, seq);
    }
    if (entry === NIL) throw new RangeError(`no op ${seq} of peer ${peer} in this text`);
    const done = seq - (log.seq[entry] as number);
    const count = Math.min(log.ids(entry) - done, to - seq);
    if (log.kind[entry] === INSERT) writeInsert(state, entry, done, count, w, refs);
    else writeOther(state, entry, done, count, w, refs);
    seq += count;
  }
}

function goesOnTyping(log: OpLog, entry: number, seq: number): boolean {
  return (
    entry >= 0 && entry === log.count - 1 && log.kind[entry] === INSERT && seq > (log.seq[entry] as number)
  );
}

function writeInsert(
  state: TextState,
  entry: number,
  done: number,
  count: number,
  w: Writer,
  refs: RefWriter,
): void {
  const { log } = state;
  const peer = log.peer[entry] as number;
  const seq = (log.seq[entry] as number) + done;
  let kind = TYPE;
  let parentPeer = NIL;
  if (done === 0) {
    parentPeer = log.refPeer[entry] as number;
    const left = ((log.flags[entry] as number) & LEFT_CHILD) !== 0;
    if (parentPeer === NIL) kind = ROOT;
    else if (left) kind = LEFT;
    else if (parentPeer !== peer || log.refSeq[entry] !== seq - 1) kind = RIGHT;
  }
  const units = insertedUnits(state, entry, done, count);
  let all = 0;
  for (let i = 0; i < count; i++) all |= units[i] as number;
  const ascii = all < 128;
  if (!ascii) w.u8(kind | FLAG);
  else w.u8(count < 16 ? kind | (count << 4) : kind);
  if (ascii && count >= 16) w.varint(count);
  if (kind === RIGHT || kind === LEFT) writeRef(w, peer, seq, parentPeer, log.refSeq[entry] as number, refs);
  if (!ascii) w.string(fromUnits(units, 0, count));
  else w.ascii(units, count);
}

function writeOther(
  state: TextState,
  entry: number,
  done: number,
  count: number,
  w: Writer,
  refs: RefWriter,
): void {
  const { log } = state;
  const peer = log.peer[entry] as number;
  const seq = (log.seq[entry] as number) + done;
  const kind = log.kind[entry];
  if (kind === BACK || kind === AHEAD || (kind === DELETE && log.isLone(entry))) {
    for (let at = 0; at < count; ) {
      const length = Math.min(log.hit(entry, done + at), count - at);
      writeSingles(w, peer, seq + at, log.hitPeer, log.hitSeq, length, kind !== AHEAD, refs);
      at += length;
    }
    return;
  }
  const op = log.others[log.refSeq[entry] as number];
  const stretches = stretchesOf(state, peer, seq);
  if (stretches.length === 0) {
    w.u8(OTHERS);
    encodeOp(op as TextOp, w, {
      write: (writer, id) => writeRef(writer, peer, seq, state.peer(id.replica), id.seq, refs),
    });
  } else {
    w.u8(stretches.length < 16 ? RANGES | (stretches.length << 4) : RANGES);
    if (stretches.length >= 16) w.varint(stretches.length);
    for (const [target, at, length] of stretches) {
      writeRef(w, peer, seq, target, at, refs);
      w.varint(length);
    }
  }
}

function writeSingles(
  w: Writer,
  peer: number,
  seq: number,
  target: number,
  first: number,
  count: number,
  down: boolean,
  refs: RefWriter,
): void {
  const kind = down ? BACKSPACES : DELETES;
  w.u8(count < 16 ? kind | (count << 4) : kind);
  if (count >= 16) w.varint(count);
  writeRef(w, peer, seq, target, first, refs);
}

/** The text that an entry inserted, whether it is still there or not. */
export function insertedText(state: TextState, entry: number, done: number, count: number): string {
  return fromUnits(insertedUnits(state, entry, done, count), 0, count);
}

/** For what most ops insert. */
const short = new Uint16Array(64);

/** The same as units, which are good until the next call. */
function insertedUnits(state: TextState, entry: number, done: number, count: number): Uint16Array {
  const { log, rope, dead, runs } = state;
  const units = count <= short.length ? short : new Uint16Array(count);
  if (entry === log.count - 1) {
    // It stands there untouched.
    rope.copy((log.index[entry] as number) + done, count, units, 0);
    return units;
  }
  settle(state);
  const { table, list } = runs;
  const peer = log.peer[entry] as number;
  const first = (log.seq[entry] as number) + done;
  for (let at = 0; at < count; ) {
    const run = runs.find(peer, first + at);
    const offset = first + at - (table.seq[run] as number);
    const n = Math.min((table.length[run] as number) - offset, count - at);
    if ((table.deleterPeer[run] as number) < 0) rope.copy(list.startOf(run) + offset, n, units, at);
    else {
      const backwards = ((table.flags[run] as number) & BACKWARDS) !== 0;
      dead.copy((table.text[run] as number) + (backwards ? -offset : offset), n, backwards, units, at);
    }
    at += n;
  }
  return units;
}

/** Reads, applies and logs ops up to the end of `r`; see `Journal.read`. */
export function readOps(
  state: TextState,
  r: Reader,
  peer: number,
  from: number,
  to: number,
  known: number,
  lamport: number,
  refs: RefReader,
  patches: TextPatch[] | null,
): number {
  let seq = from;
  while (r.remaining > 0) {
    const head = r.u8();
    const kind = head & 7;
    const time = lamport + (seq - from);
    if (kind <= ROOT) {
      let parent = kind === ROOT ? NIL : peer;
      let parentSeq = seq - 1;
      if (kind === TYPE && seq === 0) throw new DecodeError('nothing to type on');
      let count = head >> 4;
      if (count === 0 && (head & FLAG) === 0) {
        count = r.varint();
        if (count < 16) throw new DecodeError('count in the wrong form');
      }
      if (kind === RIGHT || kind === LEFT) {
        parentSeq = readSeq(r, seq);
        if (parentSeq < 0) {
          parentSeq = ~parentSeq;
          parent = refs.peer(r);
        }
      }
      let text: string;
      if ((head & FLAG) === 0) {
        text = r.utf8(count);
        if (text.length !== count) throw new DecodeError('no ASCII');
      } else {
        text = r.string();
        if (count !== 0 || isAscii(text)) throw new DecodeError('text in the wrong form');
      }
      const { length } = text;
      if (seq + length > to) throw new DecodeError('more ids than the change has');
      if (seq >= known) insertText(state, parent, parentSeq, kind === LEFT, text, peer, seq, time, patches);
      else if (seq + length > known) {
        const rest = text.slice(known - seq);
        insertText(state, peer, known - 1, false, rest, peer, known, lamport + (known - from), patches);
      }
      seq += length;
    } else seq += readOther(state, r, head, peer, seq, to, known, time, refs, patches);
  }
  return seq - from;
}

function readOther(
  state: TextState,
  r: Reader,
  head: number,
  peer: number,
  seq: number,
  to: number,
  known: number,
  lamport: number,
  refs: RefReader,
  patches: TextPatch[] | null,
): number {
  const kind = head & 7;
  if ((head & FLAG) !== 0) throw new DecodeError('unknown flag');
  let count = head >> 4;
  if (kind === OTHERS) {
    if (count !== 0) throw new DecodeError('a count where none belongs');
    const op = decodeOp(r, {
      read: (reader) => {
        const at = readSeq(reader, seq);
        return at < 0 ? state.idOf(refs.peer(reader), ~at) : state.idOf(peer, at);
      },
    });
    if (op.type === 'insert' || op.type === 'delete') throw new DecodeError('op in the wrong form');
    if (seq + 1 > to) throw new DecodeError('more ids than the change has');
    if (seq >= known) {
      const made = applyText(state, op, { id: state.idOf(peer, seq), lamport });
      if (patches !== null) for (const patch of made) patches.push(patch);
    }
    return 1;
  }
  if (count === 0) {
    count = r.varint();
    if (count < 16) throw new DecodeError('count in the wrong form');
  }
  if (kind === RANGES) {
    if (count * 2 > r.remaining) throw new DecodeError('more ranges than bytes');
    const stretches: [number, number, number][] = [];
    for (let i = 0; i < count; i++) {
      let at = readSeq(r, seq);
      let target = peer;
      if (at < 0) {
        at = ~at;
        target = refs.peer(r);
      }
      const length = r.varint();
      if (length < 1 || at + length > MAX_SEQ) throw new DecodeError('id range out of bounds');
      stretches.push([target, at, length]);
    }
    if (seq + 1 > to) throw new DecodeError('more ids than the change has');
    if (seq < known) return 1;
    checkRange(seq, lamport, 1);
    settle(state);
    for (const [target, at, length] of stretches) checkAll(state, target, at, length);
    state.changing();
    stretches.forEach(([target, at, length], i) => {
      eraseStretch(state, target, at, length, peer, seq, lamport, i > 0, patches);
    });
    return 1;
  }
  const down = kind === BACKSPACES;
  let first = readSeq(r, seq);
  let target = peer;
  if (first < 0) {
    first = ~first;
    target = refs.peer(r);
  }
  if (seq + count > to) throw new DecodeError('more ids than the change has');
  if (down && count > first + 1) throw new DecodeError('id range out of bounds');
  const skip = Math.min(count, Math.max(0, known - seq));
  if (skip < count) {
    checkRange(seq, lamport, count);
    settle(state);
    checkAll(state, target, down ? first - count + 1 : first, count);
    state.changing();
    const start = down ? first - skip : first + skip;
    eraseSingles(state, target, start, count - skip, down, peer, seq + skip, lamport + skip, patches);
  }
  return count;
}

function checkAll(state: TextState, peer: number, seq: number, length: number): void {
  if (!state.runs.hasAll(peer, seq, length)) throw new InvalidOp('delete of an unknown element');
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
