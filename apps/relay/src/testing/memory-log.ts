import type { Change, ReplicaId, VersionVector } from '@concord/sync/protocol';
import { BatchesRefused, type LogStore, type RoomBatch, type RoomRecord } from '../log-store.ts';

interface Stored {
  readonly epoch: string;
  readonly changes: Change[];
  readonly heads: Map<ReplicaId, number>;
}

/** The obviously right log: arrays and maps, and no disk. */
export class MemoryLog implements LogStore {
  readonly #rooms = new Map<string, Stored>();

  async find(room: string): Promise<RoomRecord | null> {
    const found = this.#rooms.get(room);
    return found ? { epoch: found.epoch, version: new Map(found.heads) } : null;
  }

  async append(batches: readonly RoomBatch[]): Promise<void> {
    const refused = new Map<number, string>();
    for (const [i, batch] of batches.entries()) {
      const reason = this.#append(batch);
      if (reason !== null) refused.set(i, reason);
    }
    if (refused.size > 0) throw new BatchesRefused(refused);
  }

  async *read(room: string, since: VersionVector): AsyncGenerator<readonly Change[]> {
    const missing = (this.#rooms.get(room)?.changes ?? []).filter((c) => c.to > (since.get(c.replica) ?? 0));
    for (let i = 0; i < missing.length; i += 20) yield missing.slice(i, i + 20);
  }

  async close(): Promise<void> {}

  /** Why nothing of the batch was taken, or null. */
  #append({ room, epoch, changes }: RoomBatch): string | null {
    const there = this.#rooms.get(room) ?? { epoch, changes: [], heads: new Map<ReplicaId, number>() };
    if (there.epoch !== epoch) return `epoch ${epoch} is over`;
    const heads = new Map(there.heads);
    const fresh: Change[] = [];
    for (const change of changes) {
      const expected = heads.get(change.replica) ?? 0;
      if (change.to <= expected) continue;
      if (change.from > expected) return `${change.replica} has ${expected}, got ${change.from}`;
      heads.set(change.replica, change.to);
      fresh.push(change);
    }
    this.#rooms.set(room, { epoch: there.epoch, changes: [...there.changes, ...fresh], heads });
    return null;
  }
}
