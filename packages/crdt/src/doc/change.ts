import type { ChangeHeader } from '../core/change-header.ts';
import type { Cutter } from './cutter.ts';
import type { Log, Piece } from './log.ts';

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

/** A stretch of the log as a change. */
export function changeOf(cutter: Cutter, log: Log, { author, from, to }: Piece): EncodedChange {
  const skew = cutter.skew(author, author.find(from));
  if (skew === 0) return new LazyChange(cutter, author.peer, from, to);
  return {
    replica: log.peers.replica(author.peer),
    from: from - skew,
    to,
    bytes: cutter.cut(author, from, to),
  };
}
