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
      rope.copy(index, count, units, this.#length);
      if (backwards) this.reverse(this.#length, end);
    }
    this.#length = end;
  }

  /** Makes `length` units of it, for which there is no room until they are filled in: who only reads needs none. */
  reserve(length: number): void {
    this.#length = length;
  }

  /** Fills in the first `length` units; what the text lacks is lost. */
  fill(text: string, length: number): void {
    if (length > this.#length) this.reserve(length);
    if (this.#length > this.#units.length) this.#grow(this.#length);
    const units = this.#units;
    for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
    units.fill(LOST, text.length, length);
  }

  /** Turns [from, to) round. */
  reverse(from: number, to: number): void {
    const units = this.#units;
    for (let left = from, right = to - 1; left < right; left++, right--) {
      const unit = units[left] as number;
      units[left] = units[right] as number;
      units[right] = unit;
    }
  }

  /** Copies `count` units from `at` on, or, backwards, from `at` down, to `into` from `to` on. */
  copy(at: number, count: number, backwards: boolean, into: Uint16Array, to: number): void {
    const units = this.#units;
    const step = backwards ? -1 : 1;
    for (let i = 0; i < count; i++) into[to + i] = units[at + step * i] as number;
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
