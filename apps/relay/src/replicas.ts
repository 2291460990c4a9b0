import type { ReplicaId } from '@concord/sync/protocol';

/** A connection that speaks for a replica. */
export interface Holder {
  readonly user: string | null;
  /** Whether somebody still answers at the other end. */
  probe(): Promise<boolean>;
  /** Ends a line at whose other end nobody is. */
  abandon(): void;
}

/**
 * Which connection speaks for which replica. There is one at a time: two that mint ids under one name would each have
 * the other's changes taken for duplicates.
 */
export class Replicas {
  readonly #live = new Map<ReplicaId, Holder>();

  /** True if the holder may speak for the replica from now on. A dead line of the same user gives way. */
  claim(replica: ReplicaId, holder: Holder): boolean | Promise<boolean> {
    const other = this.#live.get(replica);
    if (!other) {
      this.#live.set(replica, holder);
      return true;
    }
    return other.user === holder.user ? this.#takeOver(replica, other, holder) : false;
  }

  release(replica: ReplicaId, holder: Holder): void {
    if (this.#live.get(replica) === holder) this.#live.delete(replica);
  }

  async #takeOver(replica: ReplicaId, other: Holder, holder: Holder): Promise<boolean> {
    if (await other.probe()) return false;
    other.abandon();
    const now = this.#live.get(replica);
    if (now && now !== other) return false;
    this.#live.set(replica, holder);
    return true;
  }
}
