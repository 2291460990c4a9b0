import { DecodeError, type Json, type Reader, readJson, type Writer, writeJson } from '../../bytes/index.ts';
import { type IdRange, readId, writeId } from '../../core/ids.ts';
import type { Origin } from '../../sequence/index.ts';
import { compareText } from '../plain.ts';
import type { ListOp } from './op.ts';

const INSERT = 0;
const DELETE = 1;
const RETRACT = 2;
const MOVE = 3;
const SET = 4;
/** Flags of ops with an origin. */
const AT_ORIGIN = 8;
const LEFT = 16;

export function encode<T extends Json>(op: ListOp<T>, w: Writer): void {
  switch (op.type) {
    case 'insert':
      w.u8(INSERT | flagsOf(op.origin));
      if (op.origin.parent !== null) writeId(w, op.origin.parent);
      w.varint(op.values.length);
      for (const value of op.values) writeJson(w, value);
      return;
    case 'delete':
      w.u8(DELETE);
      w.varint(op.items.length);
      for (const range of op.items) {
        writeId(w, range);
        w.varint(range.length);
      }
      return;
    case 'retract':
      w.u8(RETRACT);
      writeId(w, op.target);
      return;
    case 'move':
      w.u8(MOVE | flagsOf(op.origin));
      writeId(w, op.item);
      if (op.origin.parent !== null) writeId(w, op.origin.parent);
      return;
    case 'set':
      w.u8(SET);
      writeId(w, op.item);
      writeJson(w, op.value);
  }
}

/** Throws DecodeError also on values that `accepts` does not take. */
export function decode<T extends Json>(r: Reader, accepts: (value: Json) => value is T): ListOp<T> {
  const value = (): T => {
    const read = readJson(r);
    if (!accepts(read)) throw new DecodeError('a value that this list does not take');
    return read;
  };
  const tag = r.u8();
  switch (tag & 7) {
    case INSERT: {
      const origin = readOrigin(r, tag & ~7);
      const values: T[] = [];
      for (let n = r.count(); n > 0; n--) values.push(value());
      if (values.length === 0) throw new DecodeError('an insert of nothing');
      return { type: 'insert', origin, values };
    }
    case MOVE: {
      const item = readId(r);
      return { type: 'move', item, origin: readOrigin(r, tag & ~7) };
    }
  }
  switch (tag) {
    case DELETE: {
      const items: IdRange[] = [];
      for (let n = r.count(10); n > 0; n--) items.push({ ...readId(r), length: r.varint() });
      checkRanges(items);
      return { type: 'delete', items };
    }
    case RETRACT:
      return { type: 'retract', target: readId(r) };
    case SET:
      return { type: 'set', item: readId(r), value: value() };
    default:
      throw new DecodeError(`unknown list op ${tag}`);
  }
}

/** No item twice, so that a delete never costs more than there are items. */
function checkRanges(items: readonly IdRange[]): void {
  const sorted = [...items].sort((a, b) => compareText(a.replica, b.replica) || a.seq - b.seq);
  if (items.length === 0 || items.some(({ length }) => length === 0))
    throw new DecodeError('a delete of nothing');
  for (const [i, { replica, seq, length }] of sorted.entries()) {
    const next = sorted[i + 1];
    if (next?.replica === replica && next.seq < seq + length) throw new DecodeError('an item deleted twice');
  }
}

function flagsOf({ parent, side }: Origin): number {
  return (parent === null ? AT_ORIGIN : 0) | (side === 'L' ? LEFT : 0);
}

function readOrigin(r: Reader, flags: number): Origin {
  if ((flags & ~(AT_ORIGIN | LEFT)) !== 0) throw new DecodeError(`unknown flags ${flags}`);
  if (flags === (AT_ORIGIN | LEFT)) throw new DecodeError('the origin has no left children');
  return { parent: flags & AT_ORIGIN ? null : readId(r), side: flags & LEFT ? 'L' : 'R' };
}
