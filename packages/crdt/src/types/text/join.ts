import type { Writer } from '../../bytes/index.ts';
import type { OpJoiner } from '../../core/journal.ts';
import { BACKSPACES, DELETES, FLAG, LEFT, RIGHT, ROOT, TYPE } from './wire-kinds.ts';

/** The head of an op that types on by one ASCII letter. */
const LETTER = TYPE | (1 << 4);

/**
 * Keystrokes told as one: letters typed one after the other become one insert, single deletes that go the same way one
 * run of deletes. Takes only what is in the very form that `wire.ts` writes, so what comes out says the same.
 */
export class KeystrokeJoiner implements OpJoiner {
  #kind = TYPE;
  #count = 0;
  readonly #units: number[] = [];
  /** The ids that the first op names, as they came. */
  #from: Uint8Array = new Uint8Array(0);
  #refAt = 0;
  #refEnd = 0;
  /** The first number of them. */
  #ref = 0;
  /** What `#varint` read, and where it ended. */
  #value = 0;
  #at = 0;

  start(): void {
    this.#count = 0;
  }

  add(bytes: Uint8Array, at: number): boolean {
    const takes = this.#count === 0 ? this.#first(bytes, at) : this.#further(bytes, at);
    if (takes) this.#count++;
    return takes;
  }

  finish(w: Writer): void {
    const kind = this.#kind;
    const count = this.#count;
    w.u8(count < 16 ? kind | (count << 4) : kind);
    if (count >= 16) w.varint(count);
    w.copy(this.#from, this.#refAt, this.#refEnd);
    if (kind <= ROOT) w.ascii(this.#units, count);
  }

  #first(bytes: Uint8Array, at: number): boolean {
    const head = bytes[at] as number;
    const kind = head & 7;
    if (head >> 4 !== 1 || (head & FLAG) !== 0 || kind > DELETES) return false;
    this.#kind = kind;
    this.#from = bytes;
    this.#refAt = at + 1;
    this.#at = at + 1;
    if (kind !== TYPE && kind !== ROOT) {
      if (!this.#varint(bytes)) return false;
      this.#ref = this.#value;
      const isOwn = (this.#value & 1) === 0;
      if (kind === RIGHT || kind === LEFT) {
        if (!isOwn && !this.#varint(bytes)) return false;
      } else if (!isOwn) return false;
    }
    this.#refEnd = this.#at;
    if (kind > ROOT) return this.#at === bytes.length;
    return this.#letter(bytes, this.#at);
  }

  #further(bytes: Uint8Array, at: number): boolean {
    const head = bytes[at];
    const kind = this.#kind;
    if (kind <= ROOT) return head === LETTER && this.#letter(bytes, at + 1);
    if (head !== (kind | (1 << 4))) return false;
    this.#at = at + 1;
    if (!this.#varint(bytes) || this.#at !== bytes.length) return false;
    // Twice the distance down from the op's own seq, which grows by one with each.
    return this.#value === (kind === BACKSPACES ? this.#ref + 4 * this.#count : this.#ref);
  }

  /** Takes the last byte, if it stands at `at` and is ASCII. */
  #letter(bytes: Uint8Array, at: number): boolean {
    if (at !== bytes.length - 1) return false;
    const unit = bytes[at] as number;
    if (unit > 127) return false;
    this.#units[this.#count] = unit;
    return true;
  }

  /** Reads a number of at most four bytes at `#at`. */
  #varint(bytes: Uint8Array): boolean {
    let value = 0;
    for (let shift = 0; shift < 28 && this.#at < bytes.length; shift += 7) {
      const byte = bytes[this.#at++] as number;
      value |= (byte & 127) << shift;
      if (byte < 128) {
        this.#value = value;
        return true;
      }
    }
    return false;
  }
}
