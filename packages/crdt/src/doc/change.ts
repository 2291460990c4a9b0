import type { ChangeHeader } from '../core/change-header.ts';
import type { Cutter } from './cutter.ts';

/** A range of one replica's ids [from, to) with the ops that took them. */
export interface EncodedChange extends ChangeHeader {
  /** Self-contained, without a checksum. Cut from the log when first asked for. */
  readonly bytes: Uint8Array;
}

/** A change that costs its bytes only when somebody wants them. Small: there is one for each keystroke. */
export class LazyChange implements EncodedChange {
  readonly from: number;
  readonly to: number;
  readonly #peer: number;
  readonly #cutter: Cutter;
  #bytes: Uint8Array | null = null;

  constructor(cutter: Cutter, peer: number, from: number, to: number) {
    this.from = from;
    this.to = to;
    this.#peer = peer;
    this.#cutter = cutter;
  }

  get replica(): ChangeHeader['replica'] {
    return this.#cutter.replica(this.#peer);
  }

  get bytes(): Uint8Array {
    this.#bytes ??= this.#cutter.cutOf(this.#peer, this.from, this.to);
    return this.#bytes;
  }
}
