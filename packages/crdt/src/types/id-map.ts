import type { Id, ReplicaId } from '../core/ids.ts';

/** A map by id that builds no string per id: by replica first, then by sequence number. */
export class IdMap<V> {
  readonly #byReplica = new Map<ReplicaId, Map<number, V>>();

  get(id: Id): V | undefined {
    return this.#byReplica.get(id.replica)?.get(id.seq);
  }

  has(id: Id): boolean {
    return this.#byReplica.get(id.replica)?.has(id.seq) ?? false;
  }

  set(id: Id, value: V): void {
    let bySeq = this.#byReplica.get(id.replica);
    if (bySeq === undefined) {
      bySeq = new Map();
      this.#byReplica.set(id.replica, bySeq);
    }
    bySeq.set(id.seq, value);
  }

  /** True if it was there. */
  delete(id: Id): boolean {
    return this.#byReplica.get(id.replica)?.delete(id.seq) ?? false;
  }

  *values(): Generator<V> {
    for (const bySeq of this.#byReplica.values()) yield* bySeq.values();
  }
}
