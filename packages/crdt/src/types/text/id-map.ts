import type { Id, ReplicaId } from '../../core/ids.ts';

/** A map from ids, without a string for each. */
export class IdMap<V> {
  readonly #byReplica = new Map<ReplicaId | null, Map<number, V>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(id: Id | null): V | undefined {
    return this.#byReplica.get(id?.replica ?? null)?.get(id?.seq ?? 0);
  }

  set(id: Id | null, value: V): void {
    const replica = id?.replica ?? null;
    let values = this.#byReplica.get(replica);
    if (values === undefined) {
      values = new Map();
      this.#byReplica.set(replica, values);
    }
    this.#size -= values.size;
    values.set(id?.seq ?? 0, value);
    this.#size += values.size;
  }

  delete(id: Id | null): void {
    if (this.#byReplica.get(id?.replica ?? null)?.delete(id?.seq ?? 0)) this.#size--;
  }

  *values(): Generator<V> {
    for (const values of this.#byReplica.values()) yield* values.values();
  }
}
