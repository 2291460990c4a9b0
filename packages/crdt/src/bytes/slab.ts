import type { Writer } from './writer.ts';

const SIZE = 1 << 16;

/**
 * Many small byte arrays out of few large buffers: a cut costs little more than the view object. The price: a view keeps
 * its whole buffer alive, so what is kept for long is to be copied.
 */
export class Slab {
  #bytes = new Uint8Array(0);
  #at = 0;

  /** A copy of what is in `w`. */
  cut(w: Writer): Uint8Array {
    const { length, buffer } = w;
    if (length > SIZE >> 3) return w.finish();
    if (this.#at + length > this.#bytes.length) {
      this.#bytes = new Uint8Array(SIZE);
      this.#at = 0;
    }
    const at = this.#at;
    const bytes = this.#bytes;
    for (let i = 0; i < length; i++) bytes[at + i] = buffer[i] as number;
    this.#at = at + length;
    return bytes.subarray(at, this.#at);
  }
}
