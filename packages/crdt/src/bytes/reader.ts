/** Bytes from outside that do not follow the format. The only error a decoder throws on bad input. */
export class DecodeError extends Error {
  override name = 'DecodeError';
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads what a `Writer` wrote. Every length is checked against what is left before anything is allocated. */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;
  readonly #end: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = start;
    this.#end = end;
  }

  get position(): number {
    return this.#at;
  }

  get remaining(): number {
    return this.#end - this.#at;
  }

  u8(): number {
    this.#need(1);
    return this.#bytes[this.#at++] as number;
  }

  u32(): number {
    this.#need(4);
    const value = this.#view.getUint32(this.#at, true);
    this.#at += 4;
    return value;
  }

  f64(): number {
    this.#need(8);
    const value = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    return value;
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 8; i++) {
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

  raw(length: number): Uint8Array {
    this.#need(length);
    const slice = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return slice;
  }

  bytes(): Uint8Array {
    return this.raw(this.varint());
  }

  string(): string {
    const header = this.varint();
    const length = Math.floor(header / 2);
    if (header % 2 === 0) {
      const slice = this.raw(length);
      try {
        return utf8.decode(slice);
      } catch {
        throw new DecodeError('malformed UTF-8');
      }
    }
    const units = this.raw(length * 2);
    let text = '';
    for (let i = 0; i < units.length; i += 2) {
      text += String.fromCharCode((units[i] as number) | ((units[i + 1] as number) << 8));
    }
    if (text.isWellFormed()) throw new DecodeError('UTF-16 used where UTF-8 would do');
    return text;
  }

  /** Throws unless everything was read. */
  end(): void {
    if (this.remaining !== 0) throw new DecodeError(`${this.remaining} bytes too many`);
  }

  #need(length: number): void {
    if (length > this.remaining) throw new DecodeError('input ends too early');
  }
}
