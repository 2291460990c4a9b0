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

/** Puts one connection's packets back together. Holds no more than what came, and never more than MAX_MESSAGE. */
export class Assembler {
  #pieces: Uint8Array[] = [];
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
    this.#pieces.push(frame.bytes);
    this.#length += frame.bytes.length;
    return this.#length === this.#total ? this.#complete() : null;
  }

  #complete(): Exclude<Frame, Fragment> {
    const message = new Uint8Array(this.#total);
    let at = 0;
    for (const piece of this.#pieces) {
      message.set(piece, at);
      at += piece.length;
    }
    this.#pieces = [];
    this.#length = 0;
    const frame = decodeFrame(message, MAX_MESSAGE);
    if (frame.type === 'fragment') throw new DecodeError('fragment in a fragment');
    return frame;
  }
}
