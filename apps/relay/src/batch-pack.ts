import type { ReplicaId } from '@concord/sync/protocol';
import type { RoomBatch } from './log-store.ts';

/**
 * Batches in the shape that crosses threads most cheaply: one flat list of names and numbers, and all bytes in one piece
 * that is handed over. Cloning a commit's objects one by one cost as much as writing them.
 */
export interface PackedBatches {
  /** For each batch: room, epoch, number of changes; for each change: replica, from, to, length. */
  readonly index: readonly (string | number)[];
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** New owners, by batch. */
  readonly owners: readonly (ReadonlyMap<ReplicaId, string> | undefined)[] | null;
}

export function packBatches(batches: readonly RoomBatch[]): PackedBatches {
  const index: (string | number)[] = [];
  let size = 0;
  for (const { room, epoch, changes } of batches) {
    index.push(room, epoch, changes.length);
    for (const { replica, from, to, bytes } of changes) {
      index.push(replica, from, to, bytes.length);
      size += bytes.length;
    }
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const { changes } of batches) {
    for (const { bytes } of changes) {
      all.set(bytes, at);
      at += bytes.length;
    }
  }
  const owners = batches.some((batch) => batch.owners) ? batches.map((batch) => batch.owners) : null;
  return { index, bytes: all, owners };
}

export function unpackBatches({ index, bytes, owners }: PackedBatches): readonly RoomBatch[] {
  const batches: RoomBatch[] = [];
  let [at, offset] = [0, 0];
  const next = <T extends string | number>(): T => index[at++] as T;
  while (at < index.length) {
    const [room, epoch, count] = [next<string>(), next<string>(), next<number>()];
    const changes = Array.from({ length: count }, () => {
      const [replica, from, to, length] = [next<ReplicaId>(), next<number>(), next<number>(), next<number>()];
      offset += length;
      return { replica, from, to, bytes: bytes.subarray(offset - length, offset) };
    });
    const owner = owners?.[batches.length];
    batches.push(owner ? { room, epoch, changes, owners: owner } : { room, epoch, changes });
  }
  return batches;
}
