import { keepLayout } from '../../core/layout.ts';
import { CountNode, CountTree } from '../../sequence/count-tree.ts';

/*
 * The visible text as UTF-16 units, without ids: what people read. Gap buffers of up to 1,024 units as the leaves of a
 * tree of counts, so an edit anywhere costs O(log n), and one in the chunk of the last edit costs O(1): its counts
 * are settled only when the caret leaves the chunk. A chunk that nobody edited is a slice of the string that it was
 * loaded from; one that was edited keeps its string until the next edit, so reading all joins what is there.
 */

const CAPACITY = 1024;

class Chunk extends CountNode {
  /** Null until the first edit. The gap starts at `gap` and is as long as there is room. */
  units: Uint16Array | null = null;
  gap = 0;
  /** Null when an edit made it stale. */
  text: string | null = '';
  next: Chunk | null = null;
  prev: Chunk | null = null;
}

keepLayout(new Chunk());

export class Rope {
  #length = 0;
  /** Loaded text that was not cut into chunks yet. */
  #flat: string | null = null;
  #tree: CountTree<Chunk>;
  #first: Chunk;
  /** The chunk of the last edit, where it starts, and its length; the tree still counts it as `#chunk.size`. */
  #chunk: Chunk;
  #start = 0;
  #size = 0;

  constructor() {
    this.#first = new Chunk();
    this.#chunk = this.#first;
    this.#tree = new CountTree(this.#first);
  }

  get length(): number {
    return this.#length;
  }

  /** Replaces everything. Costs nothing until the first edit. */
  load(text: string): void {
    this.#first = new Chunk();
    this.#chunk = this.#first;
    this.#tree = new CountTree(this.#first);
    this.#start = 0;
    this.#size = 0;
    this.#length = text.length;
    this.#flat = text;
  }

  /** Inserts at `index` in [0, length]. */
  insert(index: number, text: string): void {
    const { length } = text;
    let at = index - this.#start;
    if (this.#flat !== null || at < 0 || at > this.#size || this.#size + length > CAPACITY) {
      this.#enter(index, length);
      at = index - this.#start;
      if (this.#size + length > CAPACITY) {
        this.#insertLong(index, text);
        return;
      }
    }
    const units = this.#open(at);
    if (length === 1) units[at] = text.charCodeAt(0);
    else for (let i = 0; i < length; i++) units[at + i] = text.charCodeAt(i);
    this.#chunk.gap = at + length;
    this.#size += length;
    this.#length += length;
  }

  /** Removes [index, index + count), which must lie inside. */
  delete(index: number, count: number): void {
    let rest = count;
    while (rest > 0) {
      let at = index - this.#start;
      if (this.#flat !== null || at < 0 || at >= this.#size) {
        this.#enter(index, 0);
        at = index - this.#start;
        if (at === this.#size) {
          this.#moveTo(this.#chunk.next as Chunk, this.#start + this.#size);
          at = 0;
        }
      }
      const n = Math.min(rest, this.#size - at);
      const chunk = this.#chunk;
      // Backspace: the unit before the gap goes; no need to move the gap first.
      if (chunk.units !== null && chunk.gap === at + n) {
        chunk.gap = at;
        chunk.text = null;
      } else this.#open(at);
      this.#size -= n;
      this.#length -= n;
      rest -= n;
      if (this.#size === 0 && this.#length > 0) this.#drop(chunk);
    }
  }

  /** The unit at `index`, which must be in [0, length). */
  unitAt(index: number): number {
    if (this.#flat !== null) return this.#flat.charCodeAt(index);
    let at = index - this.#start;
    let chunk = this.#chunk;
    let size = this.#size;
    if (at < 0 || at >= size) {
      this.#settle();
      chunk = this.#tree.find(index);
      at = this.#tree.rest;
      size = chunk.size;
    }
    if (chunk.units === null) return (chunk.text as string).charCodeAt(at);
    return chunk.units[at < chunk.gap ? at : at + CAPACITY - size] as number;
  }

  /** Copies [from, from + count), which must lie inside, to `into` from `at` on. */
  copy(from: number, count: number, into: Uint16Array, at: number): void {
    let start = from - this.#start;
    let chunk: Chunk | null = this.#chunk;
    if (this.#flat !== null || start < 0 || start + count > this.#size) {
      if (this.#flat !== null) {
        for (let i = 0; i < count; i++) into[at + i] = this.#flat.charCodeAt(from + i);
        return;
      }
      this.#settle();
      chunk = this.#tree.find(from);
      start = this.#tree.rest;
    }
    let size = chunk === this.#chunk ? this.#size : chunk.size;
    for (let done = 0; done < count && chunk !== null; ) {
      const n = Math.min(size - start, count - done);
      const { units, gap } = chunk;
      const text = chunk.text as string;
      if (units === null) for (let i = 0; i < n; i++) into[at + done + i] = text.charCodeAt(start + i);
      else {
        const behind = CAPACITY - size;
        for (let i = start; i < start + n; i++)
          into[at + done + i - start] = units[i < gap ? i : i + behind] as number;
      }
      done += n;
      chunk = chunk.next;
      size = chunk?.size ?? 0;
      start = 0;
    }
  }

  /** The text of [from, to), which must lie inside. */
  slice(from: number, to: number): string {
    if (to - from === 1) return String.fromCharCode(this.unitAt(from));
    if (from >= to) return '';
    if (this.#flat !== null) return this.#flat.slice(from, to);
    this.#settle();
    let chunk: Chunk | null = this.#tree.find(from);
    let at = this.#tree.rest;
    let rest = to - from;
    let text = '';
    for (; chunk !== null && rest > 0; chunk = chunk.next) {
      const end = Math.min(chunk.size, at + rest);
      text += stringOf(chunk).slice(at, end);
      rest -= end - at;
      at = 0;
    }
    return text;
  }

  toString(): string {
    return this.#flat ?? this.strings().join('');
  }

  /** The text in pieces, each the same string until an edit in it. */
  strings(): string[] {
    if (this.#flat !== null) return [this.#flat];
    this.#settle();
    const pieces: string[] = [];
    for (let chunk: Chunk | null = this.#first; chunk !== null; chunk = chunk.next) {
      if (chunk.size > 0) pieces.push(stringOf(chunk));
    }
    return pieces;
  }

  /** Moves the gap of the current chunk to `at` and returns its units, which are about to change. */
  #open(at: number): Uint16Array {
    const chunk = this.#chunk;
    const units = chunk.units ?? thaw(chunk);
    const { gap } = chunk;
    if (at !== gap) {
      const behind = gap + CAPACITY - this.#size;
      if (at < gap) {
        const n = gap - at;
        if (n < 24) for (let i = 1; i <= n; i++) units[behind - i] = units[gap - i] as number;
        else units.copyWithin(behind - n, at, gap);
      } else {
        const n = at - gap;
        if (n < 24) for (let i = 0; i < n; i++) units[gap + i] = units[behind + i] as number;
        else units.copyWithin(gap, behind, behind + n);
      }
      chunk.gap = at;
    }
    chunk.text = null;
    return units;
  }

  /** Makes the chunk current in which `index` lies, or ends; with room for `length` more, if one at the edge has. */
  #enter(index: number, length: number): void {
    if (this.#flat !== null) this.#cut(this.#flat);
    const at = index - this.#start;
    if (at < 0 || at > this.#size) {
      this.#settle();
      if (index === this.#length) {
        const last = index === 0 ? this.#first : this.#tree.find(index - 1);
        this.#moveTo(last, index - last.size);
      } else {
        const chunk = this.#tree.find(index);
        this.#moveTo(chunk, index - this.#tree.rest);
      }
    }
    if (length === 0 || this.#size + length <= CAPACITY) return;
    // At an edge the neighbour may have room; else the chunk is cut in two.
    const chunk = this.#chunk;
    const here = index - this.#start;
    if (here === 0 && chunk.prev !== null && chunk.prev.size + length <= CAPACITY) {
      this.#moveTo(chunk.prev, this.#start - chunk.prev.size);
    } else if (here === this.#size) {
      const { next } = chunk;
      if (next !== null && next.size + length <= CAPACITY) this.#moveTo(next, index);
      else this.#moveTo(this.#add(chunk), index);
    } else if (length < CAPACITY / 2) this.#halve(index);
  }

  #insertLong(index: number, text: string): void {
    // Cut at the place, then fill chunks between.
    const at = index - this.#start;
    const chunk = this.#chunk;
    if (at > 0 && at < this.#size) {
      const start = this.#start;
      this.#settle();
      const whole = stringOf(chunk);
      this.#put(chunk, whole.slice(0, at));
      this.#put(this.#add(chunk), whole.slice(at));
      this.#start = start;
      this.#size = chunk.size;
    } else this.#settle();
    let left = at === 0 && index > 0 ? (chunk.prev as Chunk) : chunk;
    if (index === 0 && this.#length > 0) {
      // Before everything: the first chunk's text moves to a new one, so that `#first` stays.
      const whole = stringOf(left);
      const right = this.#add(left);
      this.#put(left, '');
      this.#put(right, whole);
    }
    for (let from = 0; from < text.length; from += CAPACITY / 2) {
      const piece = text.slice(from, from + CAPACITY / 2);
      if (left.size > 0) left = this.#add(left);
      this.#put(left, piece);
    }
    this.#length += text.length;
    this.#chunk = left;
    this.#size = left.size;
    this.#start = this.#tree.startOf(left);
  }

  /** Gives a settled chunk another text. */
  #put(chunk: Chunk, text: string): void {
    this.#tree.add(chunk, text.length - chunk.size);
    chunk.units = null;
    chunk.text = text;
  }

  /** Cuts the current chunk in two and enters the half in which `index` lies or which it ends. */
  #halve(index: number): void {
    const chunk = this.#chunk;
    const start = this.#start;
    this.#settle();
    const half = chunk.size >> 1;
    const right = this.#add(chunk);
    if (chunk.units === null) {
      const whole = stringOf(chunk);
      this.#put(chunk, whole.slice(0, half));
      this.#put(right, whole.slice(half));
    } else this.#shareOut(this.#open(half), right);
    this.#size = chunk.size;
    if (index > start + half) this.#moveTo(right, start + half);
  }

  /** Moves what is behind the gap of the current chunk, which is settled, to a new one. */
  #shareOut(units: Uint16Array, right: Chunk): void {
    const chunk = this.#chunk;
    const count = chunk.size - chunk.gap;
    right.units = new Uint16Array(CAPACITY);
    right.units.set(units.subarray(CAPACITY - count));
    right.gap = count;
    right.text = null;
    this.#tree.add(chunk, -count);
    this.#tree.add(right, count);
  }

  /** A new empty chunk after `left`. */
  #add(left: Chunk): Chunk {
    const chunk = new Chunk();
    chunk.prev = left;
    chunk.next = left.next;
    if (left.next !== null) left.next.prev = chunk;
    left.next = chunk;
    this.#tree.insertAfter(left, chunk);
    return chunk;
  }

  /** Takes the current chunk, which is empty, out. */
  #drop(chunk: Chunk): void {
    this.#settle();
    const { prev, next } = chunk;
    if (prev !== null) prev.next = next;
    else this.#first = next as Chunk;
    if (next !== null) next.prev = prev;
    this.#tree.remove(chunk);
    if (next !== null) {
      this.#chunk = next;
      this.#size = next.size;
    } else {
      const last = prev as Chunk;
      this.#chunk = last;
      this.#size = last.size;
      this.#start -= last.size;
    }
  }

  #moveTo(chunk: Chunk, start: number): void {
    this.#settle();
    this.#chunk = chunk;
    this.#start = start;
    this.#size = chunk.size;
  }

  #settle(): void {
    const by = this.#size - this.#chunk.size;
    if (by !== 0) this.#tree.add(this.#chunk, by);
  }

  /** Cuts loaded text into chunks that have room to grow. */
  #cut(text: string): void {
    this.#flat = null;
    const step = CAPACITY - (CAPACITY >> 2);
    let chunk = this.#first;
    for (let from = 0; from < text.length; from += step) {
      if (from > 0) chunk = this.#add(chunk);
      this.#put(chunk, text.slice(from, from + step));
    }
    this.#chunk = this.#first;
    this.#start = 0;
    this.#size = this.#first.size;
  }
}

/** The text of a settled chunk. */
function stringOf(chunk: Chunk): string {
  if (chunk.text === null) {
    const { gap, size } = chunk;
    const units = chunk.units as Uint16Array;
    chunk.text = fromUnits(units, 0, gap) + fromUnits(units, gap + CAPACITY - size, CAPACITY);
  }
  return chunk.text;
}

/** Units [from, to) as a string; unpaired surrogates are kept, which a TextDecoder would not do. */
export function fromUnits(units: Uint16Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += 4096) {
    text += String.fromCharCode.apply(
      null,
      units.subarray(at, Math.min(to, at + 4096)) as unknown as number[],
    );
  }
  return text;
}

/** Makes a chunk that is a string editable. */
function thaw(chunk: Chunk): Uint16Array {
  const units = new Uint16Array(CAPACITY);
  const text = chunk.text as string;
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  chunk.units = units;
  chunk.gap = text.length;
  return units;
}
