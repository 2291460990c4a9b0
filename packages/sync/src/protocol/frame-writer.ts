import { crc32c } from '@concord/crdt/bytes';
import type { ReplicaId, VersionVector } from '@concord/crdt/core';

/** Frames are written one behind the other into pieces of memory of this size. A large one is copied out of one of its own. */
const PIECE = 8 * 1024;

const utf8 = new TextEncoder();

/**
 * The bytes of one frame after the other, in memory that many of them share: a relay writes a frame for every keystroke, and
 * memory of its own for each costs more than to write it. The same formats as the `Writer` of the CRDT library.
 */
export class FrameWriter {
  #bytes = new Uint8Array(PIECE);
  /** Where the frame begins, and where it goes on. What is before is given away. */
  #start = 0;
  #at = 0;

  get position(): number {
    return this.#at - this.#start;
  }

  u8(value: number): void {
    this.#need(1);
    this.#bytes[this.#at++] = value;
  }

  u32(value: number): void {
    this.#need(4);
    for (let shift = 0; shift < 32; shift += 8) this.#bytes[this.#at++] = value >>> shift;
  }

  /** An unsigned integer below 2^53. Throws RangeError on anything else. */
  varint(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not an unsigned integer: ${value}`);
    this.#need(8);
    let rest = value;
    while (rest > 127) {
      this.#bytes[this.#at++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#at++] = rest;
  }

  raw(bytes: Uint8Array): void {
    this.#need(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** Bytes with their length in front. */
  bytes(bytes: Uint8Array): void {
    this.varint(bytes.length);
    this.raw(bytes);
  }

  /** Text with twice its length in front; what is not well-formed becomes so. */
  string(text: string): void {
    const encoded = utf8.encode(text);
    this.varint(encoded.length * 2);
    this.raw(encoded);
  }

  /** The eight bytes that the id's sixteen digits stand for. */
  replica(replica: ReplicaId): void {
    this.#need(8);
    for (let i = 0; i < 16; i += 2) {
      this.#bytes[this.#at++] = (digit(replica.charCodeAt(i)) << 4) | digit(replica.charCodeAt(i + 1));
    }
  }

  /** A version vector with its length in front. */
  version(version: VersionVector): void {
    let entries = [...version];
    if (entries.length > 1) entries = entries.sort(([a], [b]) => (a < b ? -1 : 1));
    entries = entries.filter(([, next]) => next > 0);
    let size = sizeOf(entries.length);
    for (const [, next] of entries) size += 8 + sizeOf(next);
    this.varint(size);
    this.varint(entries.length);
    for (const [replica, next] of entries) {
      this.replica(replica);
      this.varint(next);
    }
  }

  /** The checksum of what was written since `from`. */
  crc(from: number): number {
    return crc32c(this.#bytes, this.#start + from, this.#at);
  }

  /** What was written, which nobody writes to again; the next frame begins. */
  finish(): Uint8Array {
    const isLarge = this.#bytes.length > PIECE;
    const frame = isLarge ? this.#bytes.slice(0, this.#at) : this.#bytes.subarray(this.#start, this.#at);
    if (!isLarge) this.#start = this.#at;
    this.reset();
    return frame;
  }

  /** Forgets what was written since the last frame. */
  reset(): void {
    if (this.#bytes.length > PIECE) this.#begin(PIECE);
    this.#at = this.#start;
  }

  /** Moves the frame to another piece if it does not fit into this one. */
  #need(length: number): void {
    if (this.#at + length <= this.#bytes.length) return;
    const written = this.#bytes.subarray(this.#start, this.#at);
    const size = written.length + length;
    this.#begin(size <= PIECE / 2 ? PIECE : 2 * size);
    this.#bytes.set(written);
    this.#at = written.length;
  }

  #begin(size: number): void {
    this.#bytes = new Uint8Array(size);
    this.#start = 0;
  }
}

/** The value of a lower-case hexadecimal digit. */
function digit(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}

/** Bytes that a number takes. */
function sizeOf(value: number): number {
  let size = 1;
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) size++;
  return size;
}
