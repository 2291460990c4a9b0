import type { Id, ReplicaId } from '../core/ids.ts';
import type { Change, EncodedChange } from './change.ts';

/** A change that came before what it builds on. */
interface Parked {
  readonly change: Change;
  readonly encoded: EncodedChange;
}

/** More than this are dropped: they come again with the next catch-up. */
const LIMIT = 20_000;

/** Causal buffering: changes wait under the replica whose earlier ids they lack. */
export class ParkedChanges {
  readonly #waiting = new Map<ReplicaId, Parked[]>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** False if there is no room. */
  park(lacks: Id, change: Change, encoded: EncodedChange): boolean {
    const list = this.#waiting.get(lacks.replica) ?? [];
    if (list.some((p) => p.change.replica === change.replica && p.change.from === change.from)) return true;
    if (this.#count >= LIMIT) return false;
    this.#count++;
    list.push({ change, encoded });
    this.#waiting.set(lacks.replica, list);
    return true;
  }

  /** Takes out all that waited for `replica`. */
  release(replica: ReplicaId): readonly Parked[] {
    const list = this.#waiting.get(replica);
    if (list === undefined) return [];
    this.#waiting.delete(replica);
    this.#count -= list.length;
    return list;
  }
}
