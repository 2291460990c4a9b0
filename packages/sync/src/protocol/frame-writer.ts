import { crc32c } from '@concord/crdt/bytes';
import type { ReplicaId, VersionVector } from '@concord/crdt/core';

/** Memory that is kept for the next frame; what a larger frame needed is given back. */
const KEPT = 256 * 1024;

const utf8 = new TextEncoder();

/**
 * The bytes of one frame after the other, in memory that is used again: a relay writes a frame for every keystroke. The same
 * formats as the `Writer` of the CRDT library.
 */
export class FrameWriter {
  #kept = new Uint8Array(1024);
  #bytes = this.#kept;
  #at = 0;

  get position(): number {
    return this.#at;
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
    return crc32c(this.#bytes, from, this.#at);
  }

  /** A copy of what was written; the next frame begins. */
  finish(): Uint8Array {
    const bytes = this.#bytes.slice(0, this.#at);
    this.reset();
    return bytes;
  }

  /** Forgets what was written. */
  reset(): void {
    this.#at = 0;
    this.#bytes = this.#kept;
  }

  #need(length: number): void {
    const needed = this.#at + length;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
    if (larger.length <= KEPT) this.#kept = larger;
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
