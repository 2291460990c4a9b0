/** Bytes from outside that do not follow the format. The only error a decoder throws on bad input. */
export class DecodeError extends Error {
  override name = 'DecodeError';
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Up to this length ASCII is read letter by letter, which is faster than to call the decoder. */
const SHORT = 24;

const float = new DataView(new ArrayBuffer(8));

/** Reads what a `Writer` wrote. Every length is checked against what is left before anything is allocated. */
export class Reader {
  #bytes: Uint8Array;
  #at: number;
  #end: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  /** Starts over on other bytes: one reader serves many messages. */
  reset(bytes: Uint8Array, start = 0, end = bytes.length): this {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    return this;
  }

  get position(): number {
    return this.#at;
  }

  get remaining(): number {
    return this.#end - this.#at;
  }

  u8(): number {
    if (this.#at >= this.#end) throw new DecodeError('input ends too early');
    return this.#bytes[this.#at++] as number;
  }

  u32(): number {
    const at = this.#take(4);
    const bytes = this.#bytes;
    return (
      ((bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24)) >>>
      0
    );
  }

  /** The first byte is the greatest: numbers in the order of their bytes. */
  u32be(): number {
    const at = this.#take(4);
    const bytes = this.#bytes;
    return (
      (((bytes[at] as number) << 24) |
        ((bytes[at + 1] as number) << 16) |
        ((bytes[at + 2] as number) << 8) |
        (bytes[at + 3] as number)) >>>
      0
    );
  }

  f64(): number {
    const at = this.#take(8);
    for (let i = 0; i < 8; i++) float.setUint8(i, this.#bytes[at + i] as number);
    return float.getFloat64(0, true);
  }

  varint(): number {
    const first = this.u8();
    if (first < 128) return first;
    let value = first & 127;
    let scale = 128;
    for (let i = 1; i < 8; i++) {
      const byte = this.u8();
      value += (byte & 127) * scale;
      if (byte < 128) {
        if (!Number.isSafeInteger(value)) throw new DecodeError('integer out of range');
        return value;
      }
      scale *= 128;
    }
    throw new DecodeError('integer too long');
  }

  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** A count of things that each take at least `each` bytes; refuses counts that cannot fit in what is left. */
  count(each = 1): number {
    const n = this.varint();
    if (n * each > this.remaining) throw new DecodeError(`count ${n} exceeds the input`);
    return n;
  }

  /** A view of the input, not a copy. */
  raw(length: number): Uint8Array {
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  /** Back to an earlier `position`. */
  rewind(position: number): void {
    this.#at = position;
  }

  skip(length: number): void {
    this.#take(length);
  }

  bytes(): Uint8Array {
    return this.raw(this.varint());
  }

  string(): string {
    const header = this.varint();
    const length = Math.floor(header / 2);
    if (header % 2 === 0) return this.utf8(length);
    const units = this.raw(length * 2);
    let text = '';
    for (let i = 0; i < units.length; i += 2) {
      text += String.fromCharCode((units[i] as number) | ((units[i + 1] as number) << 8));
    }
    if (text.isWellFormed()) throw new DecodeError('UTF-16 used where UTF-8 would do');
    return text;
  }

  /** A string of `length` bytes of UTF-8. */
  utf8(length: number): string {
    const at = this.#take(length);
    if (length <= SHORT) {
      let text = '';
      let i = at;
      for (const end = at + length; i < end; i++) {
        const byte = this.#bytes[i] as number;
        if (byte > 127) break;
        text += String.fromCharCode(byte);
      }
      if (i === at + length) return text;
    }
    try {
      return utf8.decode(this.#bytes.subarray(at, at + length));
    } catch {
      throw new DecodeError('malformed UTF-8');
    }
  }

  /** Throws unless everything was read. */
  end(): void {
    if (this.remaining !== 0) throw new DecodeError(`${this.remaining} bytes too many`);
  }

  #take(length: number): number {
    const at = this.#at;
    if (length > this.#end - at) throw new DecodeError('input ends too early');
    this.#at = at + length;
    return at;
  }
}
