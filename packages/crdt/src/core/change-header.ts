import { crc32c, DecodeError, Reader, type Writer } from '../bytes/index.ts';
import { type ReplicaId, readReplica, writeReplica } from './ids.ts';

const VERSION = 1;
const MAX_SEQ = 2 ** 48;

/** Whose change it is, and the ids [from, to) that it takes. */
export interface ChangeHeader {
  readonly replica: ReplicaId;
  readonly from: number;
  readonly to: number;
}

/** The clear first bytes of every change: version u8 · replica 8 B · from · length. */
export function writeChangeHeader(w: Writer, { replica, from, to }: ChangeHeader): void {
  w.u8(VERSION);
  writeReplica(w, replica);
  w.varint(from);
  w.varint(to - from);
}

/** Throws DecodeError on a version or a range that cannot be. */
export function readChangeHeader(r: Reader): ChangeHeader {
  const version = r.u8();
  if (version !== VERSION) throw new DecodeError(`unknown change version ${version}`);
  const replica = readReplica(r);
  const from = r.varint();
  const to = from + r.varint();
  if (to > MAX_SEQ) throw new DecodeError('sequence number out of range');
  return { replica, from, to };
}

/** A reader behind the checksum: over all but the last four bytes of a change. Throws DecodeError if it is damaged. */
export function openChange(bytes: Uint8Array): Reader {
  if (bytes.length < 4) throw new DecodeError('change ends too early');
  const end = bytes.length - 4;
  if (new Reader(bytes, end).u32() !== crc32c(bytes, 0, end)) throw new DecodeError('bad checksum');
  return new Reader(bytes, 0, end);
}

/** What an undamaged change says of itself, its ops unread. Throws DecodeError. */
export function changeHeader(bytes: Uint8Array): ChangeHeader {
  return readChangeHeader(openChange(bytes));
}
