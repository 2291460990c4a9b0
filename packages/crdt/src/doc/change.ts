import { crc32c, DecodeError, Writer } from '../bytes/index.ts';
import { type ChangeHeader, openChange, readChangeHeader, writeChangeHeader } from '../core/change-header.ts';
import { type Id, readId, writeId } from '../core/ids.ts';

/** One atomic change as bytes, self-contained and checksummed, with the ids [from, to) of `replica` that it takes. */
export interface EncodedChange extends ChangeHeader {
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
export interface Change extends ChangeHeader {
  /** Wall clock of the author, milliseconds since 1970. For people; never used to merge. */
  readonly time: number;
  /** The last ids of the changes by others that the author had seen and that no other dep covers. */
  readonly deps: readonly Id[];
  readonly ops: readonly WireOp[];
}

/** More than any text in memory has letters. Ids count in Lamport time, which must stay exact below 2^53. */
const MAX_IDS = 2 ** 32;

export function encodeChange(change: Change): EncodedChange {
  const w = new Writer();
  writeChangeHeader(w, change);
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
  const r = openChange(bytes);
  const { replica, from, to } = readChangeHeader(r);
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

function splitTarget(target: string): { kind: string; path: string } {
  const space = target.indexOf(' ');
  if (space < 1) throw new DecodeError('malformed target');
  return { kind: target.slice(0, space), path: target.slice(space + 1) };
}
