import { fromUnits, type Rope } from './rope.ts';

/** What a unit reads that was left out of a saved document. */
const LOST = 0xfffd;

/** Text that was deleted, in the order of its deletion: append-only, so a place in it never changes. */
export class Units {
  #units = new Uint16Array(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Appends [index, index + count) of the rope, the last unit first if `backwards`. */
  take(rope: Rope, index: number, count: number, backwards: boolean): void {
    const end = this.#length + count;
    if (end > this.#units.length) this.#grow(end);
    const units = this.#units;
    if (count === 1) units[this.#length] = rope.unitAt(index);
    else {
      const text = rope.slice(index, index + count);
      for (let i = 0; i < count; i++) {
        units[this.#length + i] = text.charCodeAt(backwards ? count - 1 - i : i);
      }
    }
    this.#length = end;
  }

  /** Room for `length` units that are filled in later. */
  reserve(length: number): void {
    this.#grow(length);
    this.#length = length;
  }

  /** Fills in the first `length` units; what the text lacks is lost. */
  fill(text: string, length: number): void {
    if (length > this.#length) this.reserve(length);
    const units = this.#units;
    for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
    units.fill(LOST, text.length, length);
  }

  /** Turns [from, to) round. */
  reverse(from: number, to: number): void {
    this.#units.subarray(from, to).reverse();
  }

  /** `count` units from `at` on, or, backwards, from `at` down. */
  read(at: number, count: number, backwards: boolean): string {
    if (!backwards) return fromUnits(this.#units, at, at + count);
    return fromUnits(this.#units.slice(at - count + 1, at + 1).reverse(), 0, count);
  }

  #grow(needed: number): void {
    const wider = new Uint16Array(Math.max(64, needed, this.#units.length * 2));
    wider.set(this.#units);
    this.#units = wider;
  }
}
