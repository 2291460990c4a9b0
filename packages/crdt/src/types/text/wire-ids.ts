import { DecodeError, type Reader, type Writer } from '../../bytes/index.ts';
import type { RefWriter } from '../../core/journal.ts';

/** Ids on the wire: see `wire.ts`. */
export const MAX_SEQ = 2 ** 31;

/** Writes the id (target, at), as op `seq` of `peer` names it. */
export function writeRef(
  w: Writer,
  peer: number,
  seq: number,
  target: number,
  at: number,
  refs: RefWriter,
): void {
  if (target === peer && at < seq) w.varint((seq - at) * 2);
  else {
    w.varint(at * 2 + 1);
    refs.peer(w, target, seq);
  }
}

/** A seq of the author, or the complement of somebody else's. */
export function readSeq(r: Reader, seq: number): number {
  const value = r.varint();
  if ((value & 1) === 0) {
    const distance = value / 2;
    if (distance < 1 || distance > seq) throw new DecodeError('an id that is not older');
    return seq - distance;
  }
  const other = (value - 1) / 2;
  if (other >= MAX_SEQ) throw new DecodeError('sequence number out of range');
  return ~other;
}
