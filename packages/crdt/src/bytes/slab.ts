import { Writer } from './writer.ts';

/** Of the first buffer, which is for those who cut little; each next one is twice as large, up to LARGEST. */
const SMALLEST = 1 << 12;
const LARGEST = 1 << 16;
/** With less room than this a new buffer is begun. */
const SPARE = 1 << 10;

/**
 * Many small byte arrays out of few large buffers: a cut costs little more than the view object. The price: a view keeps
 * its whole buffer alive, so what is kept for long is to be copied.
 */
export class Slab {
  #writer = new Writer(0);
  #buffer = this.#writer.buffer;
  /** Of `#buffer`; to ask for it again costs a call out of compiled code. */
  #memory = this.#buffer.buffer;
  #size = SMALLEST;
  #start = 0;

  /** A writer to append one byte array to, until `end`. */
  begin(): Writer {
    this.#start = this.#writer.length;
    if (this.#buffer.length - this.#start < SPARE) {
      this.#writer = new Writer(this.#size);
      this.#buffer = this.#writer.buffer;
      this.#memory = this.#buffer.buffer;
      this.#size = Math.min(LARGEST, this.#size * 2);
      this.#start = 0;
    }
    return this.#writer;
  }

  /** What was written since `begin`. */
  end(): Uint8Array<ArrayBuffer> {
    const { length, buffer } = this.#writer;
    const memory = buffer === this.#buffer ? this.#memory : buffer.buffer;
    return new Uint8Array(memory, this.#start, length - this.#start);
  }

  /** Forgets what was written since `begin`. */
  abandon(): void {
    this.#writer.reset(this.#start);
  }
}
