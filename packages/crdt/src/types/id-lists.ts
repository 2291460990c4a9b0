import { DecodeError, type Reader, type Writer } from '../bytes/index.ts';
import { type Id, readId, writeId } from '../core/ids.ts';
import { compareText } from './plain.ts';

/** Lists of ids in ops and in canonical bytes. */
export function writeIds(w: Writer, ids: readonly Id[]): void {
  w.varint(ids.length);
  for (const id of ids) writeId(w, id);
}

/** Throws DecodeError if there are fewer than `atLeast`. */
export function readIds(r: Reader, atLeast: number): readonly Id[] {
  const ids: Id[] = [];
  for (let n = r.count(9); n > 0; n--) ids.push(readId(r));
  if (ids.length < atLeast) throw new DecodeError('an op that names nothing');
  return ids;
}

/** In an order that does not depend on delivery. */
export function writeIdsSorted(w: Writer, ids: readonly Id[]): void {
  writeIds(
    w,
    ids.toSorted((a, b) => compareText(a.replica, b.replica) || a.seq - b.seq),
  );
}
