import type { Peer, TextDoc } from '../lib/peer.ts';
import type { Patch } from '../lib/trace.ts';

/**
 * What the work costs without any merging: a gap buffer of UTF-16 units, updates of the position, the count and the
 * text cut from a slab, and UTF-8 as the file. No library can be better in the same engine by much.
 */
class GapBuffer implements TextDoc {
  #units = new Uint16Array(1 << 16);
  #gapStart = 0;
  #gapEnd = this.#units.length;
  #slab = new Uint8Array(1 << 16);
  #used = 0;

  edit(patches: readonly Patch[]): void {
    for (const [at, deleted, inserted] of patches) this.#splice(at, deleted, inserted);
  }

  editWithUpdate(patches: readonly Patch[]): Uint8Array {
    let size = 0;
    for (const patch of patches) size += 12 + 2 * patch[2].length;
    if (this.#used + size > this.#slab.length) {
      this.#slab = new Uint8Array(Math.max(1 << 16, size));
      this.#used = 0;
    }
    const start = this.#used;
    for (const [at, deleted, inserted] of patches) {
      this.#splice(at, deleted, inserted);
      this.#write(at, deleted, inserted);
    }
    return this.#slab.subarray(start, this.#used);
  }

  apply(update: Uint8Array): void {
    for (let i = 0; i < update.length; ) {
      const at = u32(update, i);
      const deleted = u32(update, i + 4);
      const length = u32(update, i + 8);
      let inserted = '';
      for (let k = i + 12; k < i + 12 + 2 * length; k += 2) {
        inserted += String.fromCharCode((update[k] as number) | ((update[k + 1] as number) << 8));
      }
      this.#splice(at, deleted, inserted);
      i += 12 + 2 * length;
    }
  }

  applyAll(updates: readonly Uint8Array[]): void {
    for (const update of updates) this.apply(update);
  }

  text(): string {
    const decoder = new TextDecoder('utf-16le');
    return (
      decoder.decode(this.#units.subarray(0, this.#gapStart)) +
      decoder.decode(this.#units.subarray(this.#gapEnd))
    );
  }

  save(): Uint8Array {
    return new TextEncoder().encode(this.text());
  }

  #splice(at: number, deleted: number, inserted: string): void {
    const length = inserted.length;
    if (this.#gapEnd - this.#gapStart < length) this.#grow(length);
    if (at < this.#gapStart) {
      const moved = this.#gapStart - at;
      this.#units.copyWithin(this.#gapEnd - moved, at, this.#gapStart);
      this.#gapStart -= moved;
      this.#gapEnd -= moved;
    } else if (at > this.#gapStart) {
      const moved = at - this.#gapStart;
      this.#units.copyWithin(this.#gapStart, this.#gapEnd, this.#gapEnd + moved);
      this.#gapStart += moved;
      this.#gapEnd += moved;
    }
    this.#gapEnd += deleted;
    for (let i = 0; i < length; i++) this.#units[this.#gapStart++] = inserted.charCodeAt(i);
  }

  #grow(by: number): void {
    const after = this.#units.length - this.#gapEnd;
    const grown = new Uint16Array(2 * (this.#units.length + by));
    grown.set(this.#units.subarray(0, this.#gapStart));
    grown.set(this.#units.subarray(this.#gapEnd), grown.length - after);
    this.#gapEnd = grown.length - after;
    this.#units = grown;
  }

  #write(at: number, deleted: number, inserted: string): void {
    for (const value of [at, deleted, inserted.length]) {
      this.#slab[this.#used++] = value;
      this.#slab[this.#used++] = value >>> 8;
      this.#slab[this.#used++] = value >>> 16;
      this.#slab[this.#used++] = value >>> 24;
    }
    for (let i = 0; i < inserted.length; i++) {
      const unit = inserted.charCodeAt(i);
      this.#slab[this.#used++] = unit;
      this.#slab[this.#used++] = unit >>> 8;
    }
  }
}

function u32(bytes: Uint8Array, i: number): number {
  return (
    ((bytes[i] as number) |
      ((bytes[i + 1] as number) << 8) |
      ((bytes[i + 2] as number) << 16) |
      ((bytes[i + 3] as number) << 24)) >>>
    0
  );
}

export const floor: Peer = {
  merges: false,
  text: {
    create: () => new GapBuffer(),
    load(file) {
      const doc = new GapBuffer();
      doc.edit([[0, 0, new TextDecoder().decode(file)]]);
      return doc;
    },
  },
};
