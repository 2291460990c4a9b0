import { crc32c, DecodeError, type Reader } from '@concord/crdt/bytes';
import { changeHeader, type ReplicaId, type VersionVector } from '@concord/crdt/core';
import { FrameWriter } from './frame-writer.ts';
import type { Change } from './frames.ts';

const MAX_SEQ = 2 ** 48;
/** For checksums of what is not written anywhere. */
const scratch = new FrameWriter();

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

/** Whose change the bytes say they are, if they are one of just these ids; null if they say nothing of the kind. */
export function replicaIn({ from, to, bytes }: Pick<Change, 'from' | 'to' | 'bytes'>): ReplicaId | null {
  try {
    const header = changeHeader(bytes);
    return header.from === from && header.to === to ? header.replica : null;
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}

/** The CRC-32C that goes with a change on the wire and in every store: over its name and its bytes. */
export function changeCrc(change: Change): number {
  scratch.reset();
  writeEntry(scratch, change);
  return scratch.crc(0);
}

/** The CRC-32C that goes with a snapshot: over its version vector, the hash of its state, and its bytes. */
export function snapshotCrc(version: VersionVector, stateHash: string, bytes: Uint8Array): number {
  scratch.reset();
  scratch.version(version);
  scratch.string(stateHash);
  // The checksum of the bytes stands for them: they may be many, and need not be copied.
  scratch.u32(crc32c(bytes));
  return scratch.crc(0);
}

/** `replica 8 B | from | length | size | bytes | CRC-32C over all of these`, numbers as varints. */
export function writeChange(w: FrameWriter, change: Change): void {
  const start = w.position;
  writeEntry(w, change);
  w.u32(w.crc(start));
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

/** The two digits of each byte. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** As the CRDT library reads it, with a table: a relay does it for every change. */
function readReplica(r: Reader): ReplicaId {
  const bytes = r.raw(8);
  let text = '';
  for (let i = 0; i < 8; i++) text += HEX[bytes[i] as number];
  return text as ReplicaId;
}

function writeEntry(w: FrameWriter, { replica, from, to, bytes }: Change): void {
  w.replica(replica);
  w.varint(from);
  w.varint(to - from);
  w.bytes(bytes);
}
