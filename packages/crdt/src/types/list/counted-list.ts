/*
 * A list that counts: a B+tree over entries of which some are hidden (Bayer and McCreight 1972, with the number of
 * shown entries kept for every node). State: leaves of up to 30 entries, nodes of up to 32 children, each entry with a
 * pointer to its leaf; a leaf says in bits which of its entries are shown, so that counting reads none of them. Finding
 * the entry at an index, the index of an entry, inserting, removing, showing and hiding cost O(log n + 32).
 *
 * Left out on purpose: joining nodes that have become small. An empty node goes, a thin one stays; lists here grow.
 */

/** As many bits make a small integer in every engine. */
const LEAF_SIZE = 30;
const BRANCH_SIZE = 32;

/** What the list must find in an entry. The list alone writes both. */
export interface Entry<E extends Entry<E>> {
  /** Where it stands, or null if it is in no list. */
  leaf: ListNode<E> | null;
  /** Whether it counts. To change it for an entry in a list, ask the list. */
  shown: boolean;
}

/** A leaf holds entries, a branch holds nodes. */
export interface ListNode<E extends Entry<E>> {
  readonly entries: E[] | null;
  readonly kids: ListNode<E>[] | null;
  up: ListNode<E> | null;
  /** The number of shown entries below. */
  count: number;
  /** Of a leaf: bit i says whether entry i is shown. */
  shown: number;
}

export class CountedList<E extends Entry<E>> {
  #root: ListNode<E> = newNode<E>([], null);

  /** The number of shown entries. */
  get length(): number {
    return this.#root.count;
  }

  /** The first entry, hidden ones included. */
  get first(): E | null {
    return firstOf(this.#root);
  }

  /** Puts `entry`, which is in no list, right after `left` (null: at the start). */
  insertAfter(left: E | null, entry: E): void {
    if (left === null) this.#insert(leftmost(this.#root), 0, entry);
    else {
      const leaf = leafOf(left);
      this.#insert(leaf, (leaf.entries as E[]).indexOf(left) + 1, entry);
    }
  }

  insertBefore(right: E, entry: E): void {
    const leaf = leafOf(right);
    this.#insert(leaf, (leaf.entries as E[]).indexOf(right), entry);
  }

  remove(entry: E): void {
    const leaf = leafOf(entry);
    const entries = leaf.entries as E[];
    const at = entries.indexOf(entry);
    entries.splice(at, 1);
    leaf.shown = (leaf.shown & below(at)) | ((leaf.shown >> 1) & ~below(at));
    if (entry.shown) addCount(leaf, -1);
    entry.leaf = null;
    let empty = leaf;
    while (empty.up !== null && (empty.entries ?? (empty.kids as unknown[])).length === 0) {
      const kids = empty.up.kids as ListNode<E>[];
      kids.splice(kids.indexOf(empty), 1);
      empty = empty.up;
    }
    if (empty.kids?.length === 0) this.#root = newNode<E>([], null);
  }

  /** The shown entry at `index`; throws RangeError outside of [0, length). */
  at(index: number): E {
    if (!(Number.isInteger(index) && index >= 0 && index < this.length)) {
      throw new RangeError(`index ${index} is not in 0…${this.length - 1}`);
    }
    let node = this.#root;
    let rest = index;
    while (node.kids !== null) {
      let i = 0;
      for (;;) {
        const { count } = node.kids[i] as ListNode<E>;
        if (rest < count) break;
        rest -= count;
        i++;
      }
      node = node.kids[i] as ListNode<E>;
    }
    let { shown } = node;
    for (; rest > 0; rest--) shown = withoutLowest(shown);
    return (node.entries as E[])[31 - Math.clz32(shown & -shown)] as E;
  }

  /** The number of shown entries before `entry`: its own index, if it is shown. */
  indexOf(entry: E): number {
    let node = leafOf(entry);
    let index = 0;
    const before = node.shown & below((node.entries as E[]).indexOf(entry));
    for (let rest = before; rest !== 0; rest = withoutLowest(rest)) index++;
    for (; node.up !== null; node = node.up) {
      for (const other of node.up.kids as ListNode<E>[]) {
        if (other === node) break;
        index += other.count;
      }
    }
    return index;
  }

  /** The entry after `entry`, hidden ones included; null at the end. */
  next(entry: E): E | null {
    let node = leafOf(entry);
    const entries = node.entries as E[];
    const next = entries[entries.indexOf(entry) + 1];
    if (next !== undefined) return next;
    for (; node.up !== null; node = node.up) {
      const kids = node.up.kids as ListNode<E>[];
      const right = kids[kids.indexOf(node) + 1];
      if (right !== undefined) return firstOf(right);
    }
    return null;
  }

  /** For a list in the order of `compare`: the last entry that is before what `compare` stands for, or null. */
  lastBefore(compare: (entry: E) => number): E | null {
    if (this.first === null) return null;
    let node = this.#root;
    while (node.kids !== null) {
      const { kids } = node;
      node = kids[
        Math.max(0, lowerBound(kids.length, (i) => compare(firstOf(kids[i] as ListNode<E>) as E)) - 1)
      ] as ListNode<E>;
    }
    const entries = node.entries as E[];
    return entries[lowerBound(entries.length, (i) => compare(entries[i] as E)) - 1] ?? null;
  }

  /** All entries in order, hidden ones included. */
  *[Symbol.iterator](): Generator<E> {
    yield* entriesOf(this.#root);
  }

  /** What `read` says of each shown entry, in order. */
  map<T>(read: (entry: E) => T): T[] {
    const all: T[] = [];
    collect(this.#root, read, all);
    return all;
  }

  #insert(into: ListNode<E>, place: number, entry: E): void {
    let leaf = into;
    let at = place;
    if ((leaf.entries as E[]).length === LEAF_SIZE) {
      // What grows at its end leaves full leaves behind.
      const from = at === LEAF_SIZE ? at : LEAF_SIZE / 2;
      const right = this.#splitLeaf(leaf, from);
      if (at >= from) {
        leaf = right;
        at -= from;
      }
    }
    const entries = leaf.entries as E[];
    if (at === entries.length) entries.push(entry);
    else entries.splice(at, 0, entry);
    leaf.shown = (leaf.shown & below(at)) | ((leaf.shown & ~below(at)) << 1);
    entry.leaf = leaf;
    if (!entry.shown) return;
    leaf.shown |= 1 << at;
    addCount(leaf, 1);
  }

  /** Moves the entries from `from` on to a new leaf, and returns that. */
  #splitLeaf(leaf: ListNode<E>, from: number): ListNode<E> {
    const entries = (leaf.entries as E[]).splice(from);
    const right = newNode(entries, null);
    for (const entry of entries) {
      entry.leaf = right;
      if (entry.shown) right.count++;
    }
    right.shown = leaf.shown >> from;
    leaf.shown &= below(from);
    leaf.count -= right.count;
    this.#insertNode(leaf, right, from === LEAF_SIZE);
    return right;
  }

  /** Puts the node `right`, whose entries stood in `left` before, beside it. */
  #insertNode(left: ListNode<E>, right: ListNode<E>, atEnd: boolean): void {
    const { up } = left;
    if (up === null) {
      this.#root = newNode<E>(null, [left, right]);
      this.#root.count = left.count + right.count;
      left.up = this.#root;
      right.up = this.#root;
      return;
    }
    const all = up.kids as ListNode<E>[];
    all.splice(all.indexOf(left) + 1, 0, right);
    right.up = up;
    if (all.length <= BRANCH_SIZE) return;
    const kids = all.splice(atEnd && all.at(-1) === right ? BRANCH_SIZE : BRANCH_SIZE / 2);
    const branch = newNode<E>(null, kids);
    for (const kid of kids) {
      kid.up = branch;
      branch.count += kid.count;
    }
    up.count -= branch.count;
    this.#insertNode(up, branch, atEnd);
  }
}

/** Shows or hides an entry of a list, whichever it is in. */
export function show<E extends Entry<E>>(entry: E, shown: boolean): void {
  if (entry.shown === shown) return;
  entry.shown = shown;
  const leaf = leafOf(entry);
  leaf.shown ^= 1 << (leaf.entries as E[]).indexOf(entry);
  addCount(leaf, shown ? 1 : -1);
}

function newNode<E extends Entry<E>>(entries: E[] | null, kids: ListNode<E>[] | null): ListNode<E> {
  return { entries, kids, up: null, count: 0, shown: 0 };
}

/** The bits below bit `at`. */
function below(at: number): number {
  return (1 << at) - 1;
}

function withoutLowest(bits: number): number {
  return bits & (bits - 1);
}

function leafOf<E extends Entry<E>>(entry: E): ListNode<E> {
  if (entry.leaf === null) throw new Error('an entry of no list');
  return entry.leaf;
}

function addCount<E extends Entry<E>>(leaf: ListNode<E>, by: number): void {
  for (let node: ListNode<E> | null = leaf; node !== null; node = node.up) node.count += by;
}

function leftmost<E extends Entry<E>>(from: ListNode<E>): ListNode<E> {
  let node = from;
  while (node.kids !== null) node = node.kids[0] as ListNode<E>;
  return node;
}

function firstOf<E extends Entry<E>>(node: ListNode<E>): E | null {
  return leftmost(node).entries?.[0] ?? null;
}

function* entriesOf<E extends Entry<E>>(node: ListNode<E>): Generator<E> {
  if (node.entries !== null) yield* node.entries;
  for (const kid of node.kids ?? []) yield* entriesOf(kid);
}

function collect<E extends Entry<E>, T>(node: ListNode<E>, read: (entry: E) => T, into: T[]): void {
  if (node.kids !== null) for (const kid of node.kids) collect(kid, read, into);
  else for (const entry of node.entries as E[]) if (entry.shown) into.push(read(entry));
}

/** The number of places below `length` of which `compare` is negative; those come first. */
function lowerBound(length: number, compare: (index: number) => number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(middle) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
