const utf8 = new TextEncoder();
/** Up to this length ASCII is written letter by letter, which is faster than to call the encoder. */
const SHORT = 64;

const float = new DataView(new ArrayBuffer(8));

/** An append-only byte buffer. Integers are LEB128 varints up to 2^53 − 1; strings are UTF-8 with a length. */
export class Writer {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(capacity = 64) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** The buffer behind: only what is below `length` counts, and only until the next write. */
  get buffer(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }

  /** Forgets what was written from `length` on: one writer serves many messages. */
  reset(length = 0): void {
    this.#length = length;
  }

  u8(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = value;
  }

  u32(value: number): void {
    this.#grow(4);
    this.#bytes[this.#length++] = value;
    this.#bytes[this.#length++] = value >>> 8;
    this.#bytes[this.#length++] = value >>> 16;
    this.#bytes[this.#length++] = value >>> 24;
  }

  f64(value: number): void {
    this.#grow(8);
    float.setFloat64(0, value, true);
    for (let i = 0; i < 8; i++) this.#bytes[this.#length++] = float.getUint8(i);
  }

  /** An unsigned integer below 2^53. Throws RangeError on anything else. */
  varint(value: number): void {
    if (value >= 0 && value < 128 && Number.isInteger(value)) {
      this.u8(value);
      return;
    }
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not an unsigned integer: ${value}`);
    this.#grow(8);
    let rest = value;
    while (rest > 0x7fffffff) {
      this.#bytes[this.#length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A byte, eight bytes and a varint: how every change begins. */
  head(first: number, eight: Uint8Array, value: number): void {
    this.#grow(17);
    const bytes = this.#bytes;
    let at = this.#length;
    bytes[at++] = first;
    for (let i = 0; i < 8; i++) bytes[at++] = eight[i] as number;
    let rest = value;
    if (rest <= 0x7fffffff) {
      for (; rest > 127; rest >>>= 7) bytes[at++] = (rest & 127) | 128;
      bytes[at++] = rest;
    }
    this.#length = at;
    if (value > 0x7fffffff) this.varint(value);
  }

  /** A signed integer, zigzag-coded. */
  zigzag(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** Raw bytes, without a length. */
  raw(bytes: Uint8Array): void {
    this.copy(bytes, 0, bytes.length);
  }

  /** `bytes[from, to)`, without a length. */
  copy(bytes: Uint8Array, from: number, to: number): void {
    this.#grow(to - from);
    if (to - from > SHORT) {
      this.#bytes.set(bytes.subarray(from, to), this.#length);
      this.#length += to - from;
    } else for (let i = from; i < to; i++) this.#bytes[this.#length++] = bytes[i] as number;
  }

  /** The first `count` of `units`, all below 128, a byte each, without a length. */
  ascii(units: ArrayLike<number>, count: number): void {
    this.#grow(count);
    const bytes = this.#bytes;
    const start = this.#length;
    for (let i = 0; i < count; i++) bytes[start + i] = units[i] as number;
    this.#length = start + count;
  }

  /** Bytes with their length in front. */
  bytes(bytes: Uint8Array): void {
    this.varint(bytes.length);
    this.raw(bytes);
  }

  /**
   * A string. Unpaired surrogates (legal in JavaScript, not in UTF-8) are kept by falling back to UTF-16:
   * the lowest bit of the length tells the two apart.
   */
  string(value: string): void {
    if (value.length <= SHORT && this.#ascii(value)) return;
    if (value.isWellFormed()) {
      const encoded = utf8.encode(value);
      this.varint(encoded.length * 2);
      this.raw(encoded);
    } else {
      this.varint(value.length * 2 + 1);
      for (let i = 0; i < value.length; i++) {
        const unit = value.charCodeAt(i);
        this.u8(unit & 0xff);
        this.u8(unit >>> 8);
      }
    }
  }

  /** A copy of what was written. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  /** Writes a short string if it is ASCII; otherwise nothing. */
  #ascii(value: string): boolean {
    const before = this.#length;
    this.varint(value.length * 2);
    this.#grow(value.length);
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i);
      if (unit > 127) {
        this.#length = before;
        return false;
      }
      this.#bytes[this.#length++] = unit;
    }
    return true;
  }

  #grow(by: number): void {
    const needed = this.#length + by;
    if (needed <= this.#bytes.length) return;
    const bigger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    bigger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bigger;
  }
}
