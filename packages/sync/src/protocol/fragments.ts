import { DecodeError } from '@concord/crdt/bytes';
import { decodeFrame, encodeFrame } from './codec.ts';
import type { Change, Fragment, Frame, Handle } from './frames.ts';
import { MAX_FRAGMENT, MAX_MESSAGE } from './limits.ts';

/** Room for an OPS frame's own head, and for each change's. */
const HEAD = 16;
const CHANGE_HEAD = 32;

/**
 * The frame as what may go over the wire: itself, or its fragments in order.
 * Throws RangeError if it is larger than MAX_MESSAGE.
 */
export function packets(frame: Frame): readonly Uint8Array[] {
  const bytes = encodeFrame(frame);
  if (bytes.length <= MAX_FRAGMENT) return [bytes];
  if (bytes.length > MAX_MESSAGE) throw new RangeError(`message of ${bytes.length} bytes`);
  const pieces: Uint8Array[] = [];
  const step = MAX_FRAGMENT - HEAD;
  for (let offset = 0; offset < bytes.length; offset += step) {
    const piece = bytes.subarray(offset, offset + step);
    pieces.push(encodeFrame({ type: 'fragment', total: bytes.length, offset, bytes: piece }));
  }
  return pieces;
}

/** How much of an OPS frame the change takes, at most, in bytes. */
export function sizeOf(change: Change): number {
  return change.bytes.length + CHANGE_HEAD;
}

/** True if the change fits into a message at all. */
export function fits(change: Change): boolean {
  return sizeOf(change) + HEAD <= MAX_MESSAGE;
}

/** The changes as packets, in order: as many to a frame as MAX_FRAGMENT allows, larger ones in fragments. */
export function opsPackets(handle: Handle, changes: readonly Change[]): readonly Uint8Array[] {
  const out: Uint8Array[] = [];
  let batch: Change[] = [];
  let size = HEAD;
  for (const change of changes) {
    if (batch.length > 0 && size + sizeOf(change) > MAX_FRAGMENT) {
      out.push(...packets({ type: 'ops', handle, changes: batch }));
      batch = [];
      size = HEAD;
    }
    batch.push(change);
    size += sizeOf(change);
  }
  if (batch.length > 0) out.push(...packets({ type: 'ops', handle, changes: batch }));
  return out;
}

/**
 * Puts one connection's packets back together. Holds at most twice what came, and never more than MAX_MESSAGE: the
 * bytes alone, because a million pieces of one byte each, kept as they came, would take gigabytes.
 */
export class Assembler {
  #message = new Uint8Array(0);
  #total = 0;
  #length = 0;

  /** The frame that this packet is or completes, or null. Throws DecodeError; then the connection must end. */
  take(packet: Uint8Array): Exclude<Frame, Fragment> | null {
    const frame = decodeFrame(packet);
    if (frame.type !== 'fragment') return frame;
    if (frame.offset !== this.#length || (this.#length > 0 && frame.total !== this.#total)) {
      throw new DecodeError('fragment out of place');
    }
    if (frame.bytes.length === 0 || frame.offset + frame.bytes.length > frame.total) {
      throw new DecodeError('fragment of the wrong size');
    }
    this.#total = frame.total;
    this.#hold(frame.bytes);
    return this.#length === this.#total ? this.#complete() : null;
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
    const frame = decodeFrame(message, MAX_MESSAGE);
    if (frame.type === 'fragment') throw new DecodeError('fragment in a fragment');
    return frame;
  }
}
