import type { Id, ReplicaId, Stamp } from '../../core/ids.ts';
import type { Origin, Side } from '../../sequence/index.ts';
import { CountedList, type Entry, type ListNode } from './counted-list.ts';

/*
 * An RGA of single elements, "slots": Roh et al. 2011, "Replicated abstract data types", as the timestamped insertion
 * tree, with the side bit of Fugue (Weidner and Kleppmann 2023, "The Art of the Fugue"). The order is that of a walk:
 * left children ascending by ≺, the slot, right children descending. That is the text's order; text has runs of
 * characters to save space, while slots are few, come one by one, and must be shown and hidden singly.
 *
 * State: the slots in order in a list that counts those shown, and for each slot its children on either side by ≺.
 * A new slot is put beside the subtree of the sibling next to it, so other subtrees are never walked through, however
 * many wrote into one gap: O(log siblings + log slots), and the way down to that subtree's end, on the shorter of the
 * two sides, if it falls between two siblings. Insertions that nobody crosses have no siblings on their side.
 *
 * Left out on purpose: removing slots. A slot that shows nothing stays, because others may name it as their parent.
 */

/** One place in a list. `shown` is whether the value stands there now. */
export class Slot<T> implements Entry<Slot<T>> {
  readonly replica: ReplicaId;
  readonly seq: number;
  readonly lamport: number;
  readonly value: T;
  shown: boolean;
  leaf: ListNode<Slot<T>> | null = null;
  /** The children on a side, in the order of the list. Most slots have one at most: then no array is kept. */
  lefts: Slot<T> | Slot<T>[] | null = null;
  rights: Slot<T> | Slot<T>[] | null = null;

  constructor({ id, lamport }: Stamp, value: T, shown: boolean) {
    this.replica = id.replica;
    this.seq = id.seq;
    this.lamport = lamport;
    this.value = value;
    this.shown = shown;
  }

  get id(): Id {
    return { replica: this.replica, seq: this.seq };
  }

  get stamp(): Stamp {
    return { id: this.id, lamport: this.lamport };
  }
}

/** The order ≺: negative if `a` comes first. */
export function compareSlots(a: Slot<unknown>, b: Slot<unknown>): number {
  if (a.lamport !== b.lamport) return a.lamport - b.lamport;
  if (a.replica !== b.replica) return a.replica < b.replica ? -1 : 1;
  return a.seq - b.seq;
}

/** To the front. Of all right children of the origin the newest comes first. */
export const FRONT: Origin = { parent: null, side: 'R' };

export class Slots<T> {
  readonly list = new CountedList<Slot<T>>();
  #top: Slot<T> | Slot<T>[] | null = null;

  /** Puts a new slot where a child of `parent` (null: the origin, which has right children only) on `side` belongs. */
  insert(slot: Slot<T>, parent: Slot<T> | null, side: Side): void {
    if (parent === null) {
      this.#place(slot, null, 'R', this.#top);
      this.#top = adopt(this.#top, slot, 'R');
    } else if (side === 'R') {
      this.#place(slot, parent, side, parent.rights);
      parent.rights = adopt(parent.rights, slot, side);
    } else {
      this.#place(slot, parent, side, parent.lefts);
      parent.lefts = adopt(parent.lefts, slot, side);
    }
  }

  /** Where a local insert right after `left` (null: at the start) hangs: before any hidden slots that follow it. */
  originAfter(left: Slot<T> | null): Origin {
    if (left !== null && left.rights === null) return { parent: left.id, side: 'R' };
    const next = left === null ? this.list.first : this.list.next(left);
    return next === null ? FRONT : { parent: next.id, side: 'L' };
  }

  #place(slot: Slot<T>, parent: Slot<T> | null, side: Side, siblings: Slot<T> | Slot<T>[] | null): void {
    const at = rank(siblings, slot, side);
    const before = siblingAt(siblings, at - 1);
    const after = siblingAt(siblings, at);
    // Nearest to the parent, there is no need to look for a subtree's end.
    if (side === 'R' && before === null) this.list.insertAfter(parent, slot);
    else if (side === 'L' && after === null) this.list.insertBefore(parent as Slot<T>, slot);
    else beside(this.list, before, after, slot);
  }
}

/** Puts `slot` after the subtree of `before`, which is to say before that of `after`, whichever end is found first. */
function beside<T>(
  list: CountedList<Slot<T>>,
  before: Slot<T> | null,
  after: Slot<T> | null,
  slot: Slot<T>,
): void {
  let last = before;
  let first = after;
  for (;;) {
    if (last !== null) {
      const down = siblingAt(last.rights, countOf(last.rights) - 1);
      if (down === null) {
        list.insertAfter(last, slot);
        return;
      }
      last = down;
    }
    if (first !== null) {
      const down = siblingAt(first.lefts, 0);
      if (down === null) {
        list.insertBefore(first, slot);
        return;
      }
      first = down;
    }
  }
}

function countOf<T>(siblings: Slot<T> | Slot<T>[] | null): number {
  return siblings === null ? 0 : Array.isArray(siblings) ? siblings.length : 1;
}

function siblingAt<T>(siblings: Slot<T> | Slot<T>[] | null, at: number): Slot<T> | null {
  if (Array.isArray(siblings)) return at < 0 ? null : (siblings[at] ?? null);
  return at === 0 ? siblings : null;
}

/** How many of the siblings stand before `slot`: left children ascend in ≺, right children descend. */
function rank<T>(siblings: Slot<T> | Slot<T>[] | null, slot: Slot<T>, side: Side): number {
  const sign = side === 'L' ? 1 : -1;
  let low = 0;
  let high = countOf(siblings);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sign * compareSlots(siblingAt(siblings, middle) as Slot<T>, slot) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function adopt<T>(siblings: Slot<T> | Slot<T>[] | null, slot: Slot<T>, side: Side): Slot<T> | Slot<T>[] {
  if (siblings === null) return slot;
  const at = rank(siblings, slot, side);
  if (!Array.isArray(siblings)) return at === 0 ? [slot, siblings] : [siblings, slot];
  siblings.splice(at, 0, slot);
  return siblings;
}
