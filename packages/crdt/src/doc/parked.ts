import type { Id, ReplicaId } from '../core/ids.ts';
import type { Change, EncodedChange } from './change.ts';

/** A change that came before what it builds on. */
interface Parked {
  readonly change: Change;
  readonly encoded: EncodedChange;
  /** The id of the other replica that it waits for. */
  readonly seq: number;
}

/** More than this are dropped: they come again with the next catch-up. */
const LIMIT = 20_000;

/** Causal buffering: changes wait for the id that they lack, and are touched again only when it is there. */
export class ParkedChanges {
  /** By the replica whose id they lack, the greatest id first. */
  readonly #waiting = new Map<ReplicaId, Parked[]>();
  readonly #known = new Set<string>();

  get count(): number {
    return this.#known.size;
  }

  /** False if there is no room. */
  park(lacks: Id, change: Change, encoded: EncodedChange): boolean {
    const key = keyOf(change);
    if (this.#known.has(key)) return true;
    if (this.#known.size >= LIMIT) return false;
    this.#known.add(key);
    const list = this.#waiting.get(lacks.replica) ?? [];
    list.splice(placeOf(list, lacks.seq), 0, { change, encoded, seq: lacks.seq });
    this.#waiting.set(lacks.replica, list);
    return true;
  }

  /** Takes out what waited for an id of `replica` below `next`. */
  release(replica: ReplicaId, next: number): readonly Parked[] {
    const list = this.#waiting.get(replica);
    if (list === undefined) return [];
    const released = list.splice(placeOf(list, next));
    if (list.length === 0) this.#waiting.delete(replica);
    for (const { change } of released) this.#known.delete(keyOf(change));
    return released.reverse();
  }
}

const keyOf = ({ replica, from }: Change): string => `${from}@${replica}`;

/** Where those begin that wait for an id below `seq`. */
function placeOf(list: readonly Parked[], seq: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as Parked).seq >= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
