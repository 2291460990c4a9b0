import { crc32c, DecodeError, Reader, Writer } from '../bytes/index.ts';
import { type Id, type ReplicaId, readId, readReplica, writeId, writeReplica } from '../core/ids.ts';

/** One atomic change as bytes, self-contained and checksummed, with the ids [from, to) of `replica` that it takes. */
export interface EncodedChange {
  readonly replica: ReplicaId;
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
}

/** An op on the wire: which container, which strategy, how many ids it takes, and the strategy's own bytes. */
export interface WireOp {
  readonly path: string;
  readonly kind: string;
  readonly width: number;
  readonly payload: Uint8Array;
}

/**
 * A decoded change. Its Lamport time is derived from `deps` and the replica's previous change, never transmitted.
 *
 * Format: version u8 · replica 8 B · from · length · time (ms since 1970) · deps [id] · targets [kind, path] ·
 * ops [target index, width, payload bytes] · CRC-32C u32 over all before. Numbers are varints.
 */
export interface Change {
  readonly replica: ReplicaId;
  readonly from: number;
  readonly to: number;
  /** Wall clock of the author, milliseconds since 1970. For people; never used to merge. */
  readonly time: number;
  /** The last ids of the changes by others that the author had seen and that no other dep covers. */
  readonly deps: readonly Id[];
  readonly ops: readonly WireOp[];
}

const VERSION = 1;
const MAX_SEQ = 2 ** 48;
/** More than any text in memory has letters. Ids count in Lamport time, which must stay exact below 2^53. */
const MAX_IDS = 2 ** 32;

export function encodeChange(change: Change): EncodedChange {
  const w = new Writer();
  w.u8(VERSION);
  writeReplica(w, change.replica);
  w.varint(change.from);
  w.varint(change.to - change.from);
  w.varint(change.time);
  w.varint(change.deps.length);
  for (const dep of change.deps) writeId(w, dep);
  const targets = new Map<string, number>();
  for (const op of change.ops) {
    const target = `${op.kind} ${op.path}`;
    if (!targets.has(target)) targets.set(target, targets.size);
  }
  w.varint(targets.size);
  for (const target of targets.keys()) w.string(target);
  w.varint(change.ops.length);
  for (const op of change.ops) {
    w.varint(targets.get(`${op.kind} ${op.path}`) as number);
    w.varint(op.width);
    w.bytes(op.payload);
  }
  const body = w.finish();
  w.u32(crc32c(body));
  return { replica: change.replica, from: change.from, to: change.to, bytes: w.finish() };
}

/** Throws DecodeError on anything that `encodeChange` does not write. The payloads are checked by their strategies. */
export function decodeChange(bytes: Uint8Array): Change {
  if (bytes.length < 4) throw new DecodeError('change ends too early');
  const end = bytes.length - 4;
  if (new Reader(bytes, end).u32() !== crc32c(bytes, 0, end)) throw new DecodeError('bad checksum');
  const r = new Reader(bytes, 0, end);
  const version = r.u8();
  if (version !== VERSION) throw new DecodeError(`unknown change version ${version}`);
  const replica = readReplica(r);
  const from = r.varint();
  const to = from + r.varint();
  if (to > MAX_SEQ) throw new DecodeError('sequence number out of range');
  const time = r.varint();
  const deps: Id[] = [];
  for (let n = r.count(9); n > 0; n--) deps.push(readId(r));
  const targets: { kind: string; path: string }[] = [];
  for (let n = r.count(2); n > 0; n--) targets.push(splitTarget(r.string()));
  const ops: WireOp[] = [];
  let ids = 0;
  for (let n = r.count(3); n > 0; n--) {
    const target = targets[r.varint()];
    if (target === undefined) throw new DecodeError('op without a target');
    const width = r.varint();
    if (width < 1) throw new DecodeError('op without an id');
    ids += width;
    if (ids > MAX_IDS) throw new DecodeError('too many ids');
    ops.push({ ...target, width, payload: r.bytes() });
  }
  r.end();
  if (ids === 0 || ids !== to - from) throw new DecodeError('ids do not add up');
  return { replica, from, to, time, deps, ops };
}

/** The replica and id range of an encoded change, without reading the rest. Throws DecodeError. */
export function changeHeader(bytes: Uint8Array): Omit<EncodedChange, 'bytes'> {
  const r = new Reader(bytes);
  if (r.u8() !== VERSION) throw new DecodeError('unknown change version');
  const replica = readReplica(r);
  const from = r.varint();
  return { replica, from, to: from + r.varint() };
}

function splitTarget(target: string): { kind: string; path: string } {
  const space = target.indexOf(' ');
  if (space < 1) throw new DecodeError('malformed target');
  return { kind: target.slice(0, space), path: target.slice(space + 1) };
}
