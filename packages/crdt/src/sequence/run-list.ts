import { CountTree } from './count-tree.ts';
import { LEAF_SIZE, Leaf } from './leaf.ts';
import { NIL, type RunTable } from './run-table.ts';

/** So many runs are walked from the last place before the tree is asked … */
const NEAR = 12;
/** … unless more than this are likely to lie between: then it is asked at once. */
const FAR = 24;

/**
 * The runs in order: a linked list, in leaves of 64 under a tree that counts what is visible. Remembers the run that was
 * asked for last and where it starts: most questions are about that place.
 */
export class RunList {
  readonly #table: RunTable;
  readonly #tree: CountTree<Leaf>;
  readonly #firstLeaf: Leaf;
  #visible = 0;
  #near = NIL;
  #nearStart = 0;
  first = NIL;
  last = NIL;
  /** After `seek`: the offset of the element in its run. */
  offset = 0;

  constructor(table: RunTable) {
    this.#table = table;
    this.#firstLeaf = new Leaf();
    this.#tree = new CountTree(this.#firstLeaf);
  }

  /** The number of visible elements. */
  get visible(): number {
    return this.#visible;
  }

  /** The run of the visible element at `index`, which must be in [0, visible); `offset` says where in it. */
  seek(index: number): number {
    const table = this.#table;
    let start = this.#nearStart;
    let run = this.#isFar(index - start) ? NIL : this.#near;
    for (let steps = NEAR; run !== NIL && steps > 0; steps--) {
      if (index < start) {
        run = table.prev[run] as number;
        if (run !== NIL) start -= table.visible(run);
      } else {
        const visible = table.visible(run);
        if (index - start < visible) return this.#found(run, start, index);
        start += visible;
        run = table.next[run] as number;
      }
    }
    const leaf = this.#tree.find(index);
    start = index - this.#tree.rest;
    for (let i = 0; i < leaf.count; i++) {
      run = leaf.runs[i] as number;
      const visible = table.visible(run);
      if (index - start < visible) return this.#found(run, start, index);
      start += visible;
    }
    throw new RangeError(`index ${index} outside of [0, ${this.#visible})`);
  }

  /** Whether so many elements are probably more runs than are walked. */
  #isFar(distance: number): boolean {
    return Math.abs(distance) * this.#table.size > FAR * this.#visible;
  }

  #found(run: number, start: number, index: number): number {
    this.#near = run;
    this.#nearStart = start;
    this.offset = index - start;
    return run;
  }

  /** The number of visible elements before the run. */
  startOf(run: number): number {
    const table = this.#table;
    const near = this.#near;
    if (near === run) return this.#nearStart;
    let start: number;
    if (near !== NIL && table.next[near] === run) start = this.#nearStart + table.visible(near);
    else if (near !== NIL && table.prev[near] === run) start = this.#nearStart - table.visible(run);
    else {
      const leaf = table.leaf[run] as Leaf;
      start = this.#tree.startOf(leaf);
      for (let i = 0; leaf.runs[i] !== run; i++) start += table.visible(leaf.runs[i] as number);
    }
    this.remember(run, start);
    return start;
  }

  /** Says that the run starts at visible index `start`. */
  remember(run: number, start: number): void {
    this.#near = run;
    this.#nearStart = start;
  }

  /** Says that the run has `by` more visible elements. */
  count(run: number, by: number): void {
    if (by === 0) return;
    this.#visible += by;
    this.#tree.add(this.#table.leaf[run] as Leaf, by);
    if (run !== this.#near) this.#near = NIL;
  }

  /** Puts a run, its row filled, after `left` (NIL: at the start). */
  insert(run: number, left: number): void {
    const table = this.#table;
    const next = left === NIL ? this.first : (table.next[left] as number);
    table.prev[run] = left;
    table.next[run] = next;
    if (left === NIL) this.first = run;
    else table.next[left] = run;
    if (next === NIL) this.last = run;
    else table.prev[next] = run;

    let leaf = this.#firstLeaf;
    let at = 0;
    if (left !== NIL) {
      leaf = table.leaf[left] as Leaf;
      at = leaf.runs.indexOf(left) + 1;
    } else if (next !== NIL) leaf = table.leaf[next] as Leaf;
    if (leaf.count === LEAF_SIZE) {
      const right = this.#split(leaf, next === NIL ? LEAF_SIZE : LEAF_SIZE / 2);
      if (at > leaf.count || (at === leaf.count && next === NIL)) {
        at -= leaf.count;
        leaf = right;
      }
    }
    if (at < leaf.count) leaf.runs.copyWithin(at + 1, at, leaf.count);
    leaf.runs[at] = run;
    leaf.count++;
    table.leaf[run] = leaf;
    this.count(run, table.visible(run));
  }

  /** Takes a run out. */
  remove(run: number): void {
    const table = this.#table;
    this.count(run, -table.visible(run));
    const prev = table.prev[run] as number;
    const next = table.next[run] as number;
    if (prev === NIL) this.first = next;
    else table.next[prev] = next;
    if (next === NIL) this.last = prev;
    else table.prev[next] = prev;
    const leaf = table.leaf[run] as Leaf;
    leaf.runs.copyWithin(leaf.runs.indexOf(run), leaf.runs.indexOf(run) + 1, leaf.count);
    leaf.count--;
    if (leaf.count === 0 && leaf !== this.#firstLeaf) this.#tree.remove(leaf);
    if (this.#near === run) this.#near = NIL;
  }

  /** Negative if run `a` stands before run `b`. */
  compare(a: number, b: number): number {
    if (a === b) return 0;
    const left = this.#table.leaf[a] as Leaf;
    const right = this.#table.leaf[b] as Leaf;
    if (left !== right) return this.#tree.compare(left, right);
    return left.runs.indexOf(a) - left.runs.indexOf(b);
  }

  /** Moves the runs of a leaf from `at` on to a new one. */
  #split(leaf: Leaf, at: number): Leaf {
    const table = this.#table;
    const right = new Leaf();
    let visible = 0;
    for (let i = at; i < leaf.count; i++) {
      const run = leaf.runs[i] as number;
      right.runs[right.count++] = run;
      table.leaf[run] = right;
      visible += table.visible(run);
    }
    leaf.count = at;
    this.#tree.add(leaf, -visible);
    right.size = visible;
    this.#tree.insertAfter(leaf, right);
    return right;
  }
}
