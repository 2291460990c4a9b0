import { Writer } from '@concord/crdt/bytes';
import { writeReplica } from '@concord/crdt/core';
import type { Change, ReplicaId } from '@concord/sync/protocol';

/** A change of the ids [from, to) with a body of `size` times `fill`: a real head, and ops that no document could read. */
export function changeOf(replica: ReplicaId, from: number, to: number, size: number, fill = 0): Change {
  const w = new Writer();
  w.u8(0);
  writeReplica(w, replica);
  w.varint(from);
  w.varint(to - from);
  w.raw(new Uint8Array(size).fill(fill));
  return { replica, from, to, bytes: w.finish() };
}

/** Changes of one id each. */
export function changesOf(replica: ReplicaId, from: number, count: number, size = 10): Change[] {
  return Array.from({ length: count }, (_, i) => changeOf(replica, from + i, from + i + 1, size));
}
