import type { Id, ReplicaId, Stamp } from '../../core/ids.ts';
import type { Origin, Side } from '../../sequence/index.ts';
import { CountedList, type Entry, type ListNode } from './counted-list.ts';
import { around, least, type Ranked, type Siblings, withSlot } from './siblings.ts';

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

/** One place in a list. `shown` is whether what is in it stands there now. */
export abstract class Slot<S extends Slot<S>> implements Entry<S>, Ranked {
  readonly replica: ReplicaId;
  readonly seq: number;
  readonly lamport: number;
  shown: boolean;
  leaf: ListNode<S> | null = null;
  lefts: Siblings<S> = null;
  rights: Siblings<S> = null;

  constructor({ id, lamport }: Stamp, shown: boolean) {
    this.replica = id.replica;
    this.seq = id.seq;
    this.lamport = lamport;
    this.shown = shown;
  }

  get id(): Id {
    return { replica: this.replica, seq: this.seq };
  }

  get stamp(): Stamp {
    return { id: this.id, lamport: this.lamport };
  }
}

/** To the front. Of all right children of the origin the newest comes first. */
export const FRONT: Origin = { parent: null, side: 'R' };

export class Slots<S extends Slot<S>> extends CountedList<S> {
  #top: Siblings<S> = null;

  /** Puts a new slot where a child of `parent` (null: the origin, which has right children only) on `side` belongs. */
  insert(slot: S, parent: S | null, side: Side): void {
    if (parent === null) {
      this.#place(slot, null, 'R', this.#top);
      this.#top = withSlot(this.#top, slot);
    } else if (side === 'R') {
      this.#place(slot, parent, side, parent.rights);
      parent.rights = withSlot(parent.rights, slot);
    } else {
      this.#place(slot, parent, side, parent.lefts);
      parent.lefts = withSlot(parent.lefts, slot);
    }
  }

  /** Where a local insert right after `left` (null: at the start) hangs: before any hidden slots that follow it. */
  originAfter(left: S | null): Origin {
    if (left !== null && left.rights === null) return { parent: left.id, side: 'R' };
    const next = left === null ? this.first : this.next(left);
    return next === null ? FRONT : { parent: next.id, side: 'L' };
  }

  #place(slot: S, parent: S | null, side: Side, siblings: Siblings<S>): void {
    const { less, greater } = around(siblings, slot);
    // The greatest stands nearest to the parent: there is no need to look for a subtree's end.
    if (greater !== null) {
      if (side === 'R') beside(this, greater, less, slot);
      else beside(this, less, greater, slot);
    } else if (side === 'R') this.insertAfter(parent, slot);
    else this.insertBefore(parent as S, slot);
  }
}

/** Puts `slot` after the subtree of `before`, which is to say before that of `after`, whichever end is found first. */
function beside<S extends Slot<S>>(list: CountedList<S>, before: S | null, after: S | null, slot: S): void {
  let last = before;
  let first = after;
  for (;;) {
    if (last !== null) {
      const down = least(last.rights);
      if (down === null) {
        list.insertAfter(last, slot);
        return;
      }
      last = down;
    }
    if (first !== null) {
      const down = least(first.lefts);
      if (down === null) {
        list.insertBefore(first, slot);
        return;
      }
      first = down;
    }
  }
}
