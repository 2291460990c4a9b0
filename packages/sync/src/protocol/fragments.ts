import { DecodeError } from '@concord/crdt/bytes';
import { canSay, decodeFrame, encodeFrame, peekType } from './codec.ts';
import type { Change, Fragment, Frame, Handle } from './frames.ts';
import { MAX_FRAGMENT, MAX_MESSAGE, MAX_SNAPSHOT, VERSIONS } from './limits.ts';

/** Room for an OPS frame's own head, and for each change's. */
const HEAD = 16;
const CHANGE_HEAD = 32;

/**
 * The frame as what may go over the wire: itself, or its fragments in order; nothing if `version` has no word for it.
 * Throws RangeError if it is larger than any receiver may take.
 */
export function packets(frame: Frame, version: number = VERSIONS.newest): readonly Uint8Array[] {
  if (!canSay(frame, version)) return [];
  const bytes = encodeFrame(frame, version);
  if (bytes.length <= MAX_FRAGMENT) return [bytes];
  if (bytes.length > MAX_SNAPSHOT) throw new RangeError(`message of ${bytes.length} bytes`);
  const pieces: Uint8Array[] = [];
  const step = MAX_FRAGMENT - HEAD;
  for (let offset = 0; offset < bytes.length; offset += step) {
    const piece = bytes.subarray(offset, offset + step);
    pieces.push(encodeFrame({ type: 'fragment', total: bytes.length, offset, bytes: piece }, version));
  }
  return pieces;
}

/** How much of an OPS frame the change takes, at most, in bytes. */
export function sizeOf(change: Change): number {
  return change.bytes.length + CHANGE_HEAD;
}

/** True if the change fits into a message of `limit` bytes at all. */
export function fits(change: Change, limit: number = MAX_MESSAGE): boolean {
  return sizeOf(change) + HEAD <= limit;
}

/** The changes as packets, in order: as many to a frame as MAX_FRAGMENT allows, larger ones in fragments. */
export function opsPackets(
  handle: Handle,
  changes: readonly Change[],
  version: number = VERSIONS.newest,
): readonly Uint8Array[] {
  const out: Uint8Array[] = [];
  let batch: Change[] = [];
  let size = HEAD;
  for (const change of changes) {
    if (batch.length > 0 && size + sizeOf(change) > MAX_FRAGMENT) {
      out.push(...packets({ type: 'ops', handle, changes: batch }, version));
      batch = [];
      size = HEAD;
    }
    batch.push(change);
    size += sizeOf(change);
  }
  if (batch.length > 0) out.push(...packets({ type: 'ops', handle, changes: batch }, version));
  return out;
}

/** What a receiver takes, in bytes after putting together. */
export interface AssemblerLimits {
  readonly message?: number;
  /** 0: no snapshots. */
  readonly snapshot?: number;
}

/**
 * Puts one connection's packets back together. Holds at most twice what came, and never more than its limits: the
 * bytes alone, because a million pieces of one byte each, kept as they came, would take gigabytes.
 */
export class Assembler {
  /** The largest snapshot taken from here on. A relay raises it when it has asked for one. */
  snapshotLimit: number;
  readonly #messageLimit: number;
  #message = new Uint8Array(0);
  #total = 0;
  #length = 0;

  constructor({ message = MAX_MESSAGE, snapshot = 0 }: AssemblerLimits = {}) {
    this.#messageLimit = message;
    this.snapshotLimit = snapshot;
  }

  /** The frame that this packet is or completes, or null. Throws DecodeError; then the connection must end. */
  take(packet: Uint8Array): Exclude<Frame, Fragment> | null {
    const frame = decodeFrame(packet);
    if (frame.type !== 'fragment') {
      this.#check(packet, packet.length);
      return frame;
    }
    if (frame.offset !== this.#length || (this.#length > 0 && frame.total !== this.#total)) {
      throw new DecodeError('fragment out of place');
    }
    if (frame.bytes.length === 0 || frame.offset + frame.bytes.length > frame.total) {
      throw new DecodeError('fragment of the wrong size');
    }
    if (frame.offset < 2) this.#checkStart(frame);
    this.#total = frame.total;
    this.#hold(frame.bytes);
    return this.#length === this.#total ? this.#complete() : null;
  }

  /** What a message is stands in its second byte: before that is known, nothing but that byte is kept. */
  #checkStart({ total, offset, bytes }: Fragment): void {
    this.#check(
      offset === 0 ? bytes : Uint8Array.of(this.#message[0] as number, ...bytes.subarray(0, 1)),
      total,
    );
  }

  #check(start: Uint8Array, total: number): void {
    const type = peekType(start);
    const limit =
      type === null
        ? Math.max(this.#messageLimit, this.snapshotLimit)
        : type === 'snapshot'
          ? this.snapshotLimit
          : this.#messageLimit;
    if (total > limit) throw new DecodeError(`message of ${total} bytes, ${limit} at most`);
  }

  #hold(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#message.length) {
      const larger = new Uint8Array(Math.min(this.#total, Math.max(length, 2 * this.#message.length)));
      larger.set(this.#message);
      this.#message = larger;
    }
    this.#message.set(bytes, this.#length);
    this.#length = length;
  }

  #complete(): Exclude<Frame, Fragment> {
    const message = this.#message;
    this.#message = new Uint8Array(0);
    this.#length = 0;
    const frame = decodeFrame(message, MAX_SNAPSHOT);
    if (frame.type === 'fragment') throw new DecodeError('fragment in a fragment');
    return frame;
  }
}
