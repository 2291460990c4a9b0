import type { Writer } from '../bytes/index.ts';
import { InvalidOp } from '../core/crdt-type.ts';
import { formatId, type Id } from '../core/ids.ts';
import { writeIdsSorted } from './id-lists.ts';
import { IdMap } from './id-map.ts';

interface Add {
  readonly id: Id;
  readonly element: string;
  /** How many live removes name it. */
  removes: number;
  /** Where it is among the live adds of its element, while it is live. */
  place: number;
}

interface Remove {
  readonly element: string;
  readonly adds: readonly Add[];
  retracted: boolean;
}

/** What a remove was about. */
export interface Removal {
  readonly element: string;
  readonly adds: readonly Id[];
}

/**
 * Which elements are in an add-wins set.
 *
 * Paper: the observed-remove set of Shapiro, Preguiça, Baquero and Zawirski 2011. An element is there iff one of its
 * adds is named by no live remove. A remove names the adds that its author saw, so a concurrent add survives it.
 * Undoing a remove retracts that remove, for ever, rather than adding anew: so the add that it brings back still is
 * the one that an older undo names, and a remove by somebody else stands.
 *
 * State: per element its live adds; every add and every remove by id. No tie to break: the three kinds of op commute.
 * Cost: constant per add; per remove and retract the adds that it names.
 * Left out: forgetting. Adds and removes stay as tombstones, because a retract may still name them.
 */
export class AddWins {
  readonly #live = new Map<string, Add[]>();
  readonly #adds = new IdMap<Add>();
  readonly #removes = new IdMap<Remove>();

  has(element: string): boolean {
    return (this.#live.get(element)?.length ?? 0) > 0;
  }

  /** What a remove of `element` is to name. */
  liveAdds(element: string): readonly Id[] {
    return this.#live.get(element)?.map(({ id }) => id) ?? [];
  }

  /** True if the element came by it. */
  add(element: string, id: Id): boolean {
    const add: Add = { id, element, removes: 0, place: 0 };
    this.#adds.set(id, add);
    return this.#revive(element, [add]);
  }

  /**
   * `by` is the id of the remove. True if the element went. Throws InvalidOp, before it changes anything, unless all of
   * `ids` are adds of `element`.
   */
  remove(element: string, ids: readonly Id[], by: Id): boolean {
    const adds = ids.map((id) => {
      const add = this.#adds.get(id);
      if (add?.element !== element) throw new InvalidOp(`no such add: ${formatId(id)}`);
      return add;
    });
    this.#removes.set(by, { element, adds, retracted: false });
    const live = this.#live.get(element) ?? [];
    const before = live.length;
    for (const add of adds) if (add.removes++ === 0) drop(live, add);
    return before > 0 && live.length === 0;
  }

  /** Takes back a remove; taking it back twice changes nothing. True if the element came. Throws InvalidOp if there is no such remove. */
  retract(remove: Id): boolean {
    const found = this.#removeAt(remove);
    if (found.retracted) return false;
    found.retracted = true;
    const back: Add[] = [];
    for (const add of found.adds) if (--add.removes === 0) back.push(add);
    return this.#revive(found.element, back);
  }

  /** What the remove with this id was about. Throws InvalidOp if there is none. */
  removeBy(id: Id): Removal {
    const { element, adds } = this.#removeAt(id);
    return { element, adds: adds.map((add) => add.id) };
  }

  /** False for retracts and for what they took back: without both the present state is the same. */
  needs(id: Id): boolean {
    return this.#adds.has(id) || this.#removes.get(id)?.retracted === false;
  }

  /** The live adds of `element`, in an order that does not depend on delivery. */
  canonical(element: string, w: Writer): void {
    writeIdsSorted(w, this.liveAdds(element));
  }

  #revive(element: string, adds: readonly Add[]): boolean {
    let live = this.#live.get(element);
    if (live === undefined) {
      live = [];
      this.#live.set(element, live);
    }
    const before = live.length;
    for (const add of adds) add.place = live.push(add) - 1;
    return before === 0 && live.length > 0;
  }

  #removeAt(id: Id): Remove {
    const remove = this.#removes.get(id);
    if (remove === undefined) throw new InvalidOp(`no such remove: ${formatId(id)}`);
    return remove;
  }
}

/** The last of `live` takes the place of `add`. */
function drop(live: Add[], add: Add): void {
  const last = live.pop() as Add;
  if (last === add) return;
  live[add.place] = last;
  last.place = add.place;
}
