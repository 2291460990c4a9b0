import { crc32c, DecodeError, type Reader, Writer } from '@concord/crdt/bytes';
import {
  changeHeader,
  encodeVersion,
  readReplica,
  type VersionVector,
  writeReplica,
} from '@concord/crdt/core';
import type { Change } from './frames.ts';

const MAX_SEQ = 2 ** 48;

/**
 * Whether a change is undamaged and is what its frame says. Who could send one change under another's name would
 * have that one's real changes taken for duplicates.
 */
export function isWhole({ replica, from, to, bytes }: Change): boolean {
  try {
    const header = changeHeader(bytes);
    return header.replica === replica && header.from === from && header.to === to;
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
}

/** The CRC-32C that goes with a change on the wire and in every store: over its name and its bytes. */
export function changeCrc(change: Change): number {
  return crc32c(entryOf(change));
}

/** The CRC-32C that goes with a snapshot: over its version vector, the hash of its state, and its bytes. */
export function snapshotCrc(version: VersionVector, stateHash: string, bytes: Uint8Array): number {
  const w = new Writer();
  w.bytes(encodeVersion(version));
  w.string(stateHash);
  // The checksum of the bytes stands for them: they may be many, and need not be copied.
  w.u32(crc32c(bytes));
  return crc32c(w.finish());
}

/** `replica 8 B | from | length | size | bytes | CRC-32C over all of these`, numbers as varints. */
export function writeChange(w: Writer, change: Change): void {
  const entry = entryOf(change);
  w.raw(entry);
  w.u32(crc32c(entry));
}

/** Reads changes out of `frame`, which `r` stands in. Throws DecodeError. */
export function readChanges(r: Reader, frame: Uint8Array): readonly Change[] {
  const changes: Change[] = [];
  for (let n = r.count(15); n > 0; n--) {
    const start = r.position;
    const replica = readReplica(r);
    const from = r.varint();
    const to = from + r.varint();
    if (to <= from || to > MAX_SEQ) throw new DecodeError('a change without ids, or beyond the last');
    const bytes = r.bytes();
    const checksum = crc32c(frame, start, r.position);
    if (r.u32() !== checksum) throw new DecodeError('bad checksum');
    changes.push({ replica, from, to, bytes });
  }
  return changes;
}

function entryOf({ replica, from, to, bytes }: Change): Uint8Array {
  const w = new Writer();
  writeReplica(w, replica);
  w.varint(from);
  w.varint(to - from);
  w.bytes(bytes);
  return w.finish();
}
