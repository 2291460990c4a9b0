import { DecodeError, type Json, type Reader, readJson, type Writer, writeJson } from '../../bytes/index.ts';
import { type Id, type IdRange, readId, writeId } from '../../core/ids.ts';
import type { AnchorSlot, Attrs, Origin, TextOp } from './op.ts';

const INSERT = 0;
const BLOCK = 1;
const EMBED = 2;
const DELETE = 3;
const RETRACT = 4;
const MARK = 5;
const ATTR = 6;

const MAX_SEQ = 2 ** 48;
/** Replica (8), seq (1), length (1). */
const RANGE_BYTES = 10;

/** How ids are written: in full, or, inside a change, by the author's small numbers. */
export interface IdWriter {
  write(w: Writer, id: Id): void;
}

export interface IdReader {
  read(r: Reader): Id;
}

const IN_FULL: IdWriter & IdReader = { write: writeId, read: readId };

/** One byte for the kind, then its fields in the order of `TextOp`. */
export function encodeOp(op: TextOp, w: Writer, ids: IdWriter = IN_FULL): void {
  switch (op.type) {
    case 'insert':
      w.u8(INSERT);
      writeOrigin(op.origin, w, ids);
      w.string(op.text);
      break;
    case 'element':
      w.u8(op.element === 'block' ? BLOCK : EMBED);
      writeOrigin(op.origin, w, ids);
      writeJson(w, op.attrs);
      break;
    case 'delete':
      w.u8(DELETE);
      w.varint(op.ranges.length);
      for (const range of op.ranges) {
        ids.write(w, range);
        w.varint(range.length);
      }
      break;
    case 'retract':
      w.u8(RETRACT);
      ids.write(w, op.target);
      break;
    case 'mark':
      w.u8(MARK);
      w.string(op.key);
      writeJson(w, op.value);
      writeSlot(op.start, w, ids);
      writeSlot(op.end, w, ids);
      break;
    case 'attr':
      w.u8(ATTR);
      w.u8(op.element === null ? 0 : 1);
      if (op.element !== null) ids.write(w, op.element);
      w.string(op.key);
      writeJson(w, op.value);
  }
}

/** Throws DecodeError on anything that is no op. */
export function decodeOp(r: Reader, ids: IdReader = IN_FULL): TextOp {
  const kind = r.u8();
  switch (kind) {
    case INSERT: {
      const origin = readOrigin(r, ids);
      const text = r.string();
      if (text.length === 0) throw new DecodeError('insert of nothing');
      return { type: 'insert', origin, text };
    }
    case BLOCK:
    case EMBED:
      return {
        type: 'element',
        origin: readOrigin(r, ids),
        element: kind === BLOCK ? 'block' : 'embed',
        attrs: readAttrs(r),
      };
    case DELETE: {
      const ranges: IdRange[] = [];
      for (let n = r.count(RANGE_BYTES); n > 0; n--) ranges.push(readRange(r, ids));
      if (ranges.length === 0) throw new DecodeError('delete of nothing');
      return { type: 'delete', ranges };
    }
    case RETRACT:
      return { type: 'retract', target: ids.read(r) };
    case MARK:
      return {
        type: 'mark',
        key: readKey(r),
        value: readJson(r),
        start: readSlot(r, ids),
        end: readSlot(r, ids),
      };
    case ATTR:
      return {
        type: 'attr',
        element: readFlag(r) ? ids.read(r) : null,
        key: readKey(r),
        value: readJson(r),
      };
    default:
      throw new DecodeError(`unknown text op ${kind}`);
  }
}

/** 0: right of the origin. 1: right. 2: left. */
function writeOrigin({ parent, side }: Origin, w: Writer, ids: IdWriter): void {
  w.u8(parent === null ? 0 : side === 'R' ? 1 : 2);
  if (parent !== null) ids.write(w, parent);
}

function readOrigin(r: Reader, ids: IdReader): Origin {
  const kind = r.u8();
  if (kind > 2) throw new DecodeError(`unknown origin ${kind}`);
  return kind === 0 ? { parent: null, side: 'R' } : { parent: ids.read(r), side: kind === 1 ? 'R' : 'L' };
}

/** Bit 0: after. Bit 1: beside an element, whose id follows. */
function writeSlot({ id, side }: AnchorSlot, w: Writer, ids: IdWriter): void {
  w.u8((side === 'after' ? 1 : 0) + (id === null ? 0 : 2));
  if (id !== null) ids.write(w, id);
}

function readSlot(r: Reader, ids: IdReader): AnchorSlot {
  const kind = r.u8();
  if (kind > 3) throw new DecodeError(`unknown slot ${kind}`);
  return { id: kind > 1 ? ids.read(r) : null, side: kind % 2 === 1 ? 'after' : 'before' };
}

function readRange(r: Reader, ids: IdReader): IdRange {
  const id = ids.read(r);
  const length = r.varint();
  if (length < 1 || id.seq + length > MAX_SEQ) throw new DecodeError('id range out of bounds');
  return { ...id, length };
}

function readKey(r: Reader): string {
  const key = r.string();
  if (key === '') throw new DecodeError('empty key');
  return key;
}

function readFlag(r: Reader): boolean {
  const flag = r.u8();
  if (flag > 1) throw new DecodeError(`not a flag: ${flag}`);
  return flag === 1;
}

function readAttrs(r: Reader): Attrs {
  const value: Json = readJson(r);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new DecodeError('attributes are no object');
  const attrs = value as Attrs;
  if (Object.hasOwn(attrs, '')) throw new DecodeError('empty key');
  return attrs;
}
