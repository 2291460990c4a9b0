import { DecodeError, type Reader, type Writer } from '../bytes/index.ts';
import { InvalidOp } from '../core/crdt-type.ts';
import { formatId, type Id, type OpId, readId, writeId } from '../core/ids.ts';
import { compareText } from './plain.ts';

interface Add {
  readonly id: Id;
  /** The live removes that name it. */
  readonly removes: Set<OpId>;
}

interface Remove {
  readonly element: string;
  readonly adds: readonly Id[];
}

/**
 * Which elements are in an add-wins set, after the observed-remove set of Shapiro et al. 2011: an element is there iff
 * one of its adds is named by no live remove. A remove names the adds that its author saw, so a concurrent add
 * survives it. Undoing a remove retracts that remove, for ever, rather than adding anew: so the add that it brings
 * back still is the one that an older undo names, and a remove by somebody else stands.
 *
 * Nothing is forgotten: adds and removes stay as tombstones.
 */
export class AddWins {
  readonly #adds = new Map<string, Map<OpId, Add>>();
  readonly #removes = new Map<OpId, Remove>();

  has(element: string): boolean {
    return this.liveAdds(element).length > 0;
  }

  /** What a remove of `element` is to name. */
  liveAdds(element: string): readonly Id[] {
    const live: Id[] = [];
    for (const { id, removes } of this.#adds.get(element)?.values() ?? [])
      if (removes.size === 0) live.push(id);
    return live;
  }

  add(element: string, id: Id): void {
    const add: Add = { id, removes: new Set() };
    const adds = this.#adds.get(element);
    if (adds === undefined) this.#adds.set(element, new Map([[formatId(id), add]]));
    else adds.set(formatId(id), add);
  }

  /** `by` is the id of the remove. Throws InvalidOp, before it changes anything, unless all of `ids` are adds of `element`. */
  remove(element: string, ids: readonly Id[], by: Id): void {
    const named: Add[] = [];
    for (const id of ids) {
      const add = this.#adds.get(element)?.get(formatId(id));
      if (add === undefined) throw new InvalidOp(`no such add: ${formatId(id)}`);
      named.push(add);
    }
    for (const add of named) add.removes.add(formatId(by));
    this.#removes.set(formatId(by), { element, adds: ids });
  }

  /** Takes back a remove; taking it back twice changes nothing. Throws InvalidOp if there is no such remove. */
  retract(remove: Id): void {
    const { element, adds } = this.removeBy(remove);
    for (const id of adds) this.#adds.get(element)?.get(formatId(id))?.removes.delete(formatId(remove));
  }

  /** What the remove with this id was about. Throws InvalidOp if there is none. */
  removeBy(id: Id): Remove {
    const remove = this.#removes.get(formatId(id));
    if (remove === undefined) throw new InvalidOp(`no such remove: ${formatId(id)}`);
    return remove;
  }

  /** The live adds of `element`, in an order that does not depend on delivery. */
  canonical(element: string, w: Writer): void {
    const live = this.liveAdds(element);
    writeIds(
      w,
      [...live].sort((a, b) => compareText(a.replica, b.replica) || a.seq - b.seq),
    );
  }
}

export function writeIds(w: Writer, ids: readonly Id[]): void {
  w.varint(ids.length);
  for (const id of ids) writeId(w, id);
}

/** At least one id; throws DecodeError otherwise. */
export function readIds(r: Reader): readonly Id[] {
  const ids: Id[] = [];
  for (let n = r.count(9); n > 0; n--) ids.push(readId(r));
  if (ids.length === 0) throw new DecodeError('a remove that names nothing');
  return ids;
}
