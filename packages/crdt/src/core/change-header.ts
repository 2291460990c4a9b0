import { DecodeError, Reader, Writer } from '../bytes/index.ts';
import { type ReplicaId, readReplica, writeReplica } from './ids.ts';

const MAX_SEQ = 2 ** 48;
/** More than any text in memory has letters. Ids count in Lamport time, which others must not be able to use up. */
const MAX_IDS = 2 ** 26;

/** Bits of the first byte of a change. */
export const FLAG = {
  /** Takes one id: no length follows. */
  one: 1,
  /** The author's clock has gone on since its last change. */
  time: 2,
  /** Builds on changes of others that its last change did not build on. */
  deps: 4,
  /** Uses names for the first time. */
  defines: 8,
  /** To the same container as the author's last change. */
  same: 16,
  /** Several ops to one container, never cut. */
  atomic: 32,
  /** Several containers, never cut. */
  multi: 64,
  /** The replica's eight bytes are left out: who hands the bytes over knows whose they are. */
  nameless: 128,
} as const;

/** Whose change it is, and the ids [from, to) that it takes. */
export interface ChangeHeader {
  readonly replica: ReplicaId;
  readonly from: number;
  readonly to: number;
}

/** Where a range begins and ends, behind the replica. Returns `to`; throws DecodeError on a range that cannot be. */
export function readRange(r: Reader, flags: number, from: number): number {
  const width = (flags & FLAG.one) !== 0 ? 1 : r.varint();
  if (width < 1 || width > MAX_IDS) throw new DecodeError('a change without ids, or with too many');
  const to = from + width;
  if (to > MAX_SEQ) throw new DecodeError('sequence number out of range');
  return to;
}

/**
 * What a change says of itself, its ops unread. A change carries no checksum: whoever stores or sends it adds one.
 * Throws DecodeError, also if the replica was left out.
 */
export function changeHeader(bytes: Uint8Array): ChangeHeader {
  const r = new Reader(bytes);
  const flags = r.u8();
  if ((flags & FLAG.nameless) !== 0) throw new DecodeError('a change without its replica');
  const replica = readReplica(r);
  const from = r.varint();
  return { replica, from, to: readRange(r, flags, from) };
}

/** A change without its replica's eight bytes, for a line on which both ends know whose changes come. Throws DecodeError. */
export function withoutReplica(bytes: Uint8Array): Uint8Array {
  changeHeader(bytes);
  const short = new Uint8Array(bytes.length - 8);
  short[0] = (bytes[0] as number) | FLAG.nameless;
  short.set(bytes.subarray(9), 1);
  return short;
}

/** The change that `withoutReplica` made short. Throws DecodeError if its replica was not left out. */
export function withReplica(bytes: Uint8Array, replica: ReplicaId): Uint8Array {
  const flags = bytes[0] ?? 0;
  if ((flags & FLAG.nameless) === 0) throw new DecodeError('a change with its replica');
  const w = new Writer(bytes.length + 8);
  w.u8(flags & ~FLAG.nameless);
  writeReplica(w, replica);
  w.copy(bytes, 1, bytes.length);
  return w.finish();
}
