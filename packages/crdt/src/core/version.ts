import { Reader, Writer } from '../bytes/index.ts';
import { type Id, type ReplicaId, readReplica, writeReplica } from './ids.ts';

/** What a replica knows: for each replica the number of its ids seen, which is also the next one expected. */
export type VersionVector = ReadonlyMap<ReplicaId, number>;

export function knows(version: VersionVector, id: Id): boolean {
  return (version.get(id.replica) ?? 0) > id.seq;
}

/** True if `a` knows everything that `b` knows. */
export function covers(a: VersionVector, b: VersionVector): boolean {
  for (const [replica, next] of b) if ((a.get(replica) ?? 0) < next) return false;
  return true;
}

export function encodeVersion(version: VersionVector): Uint8Array {
  const w = new Writer();
  const entries = [...version].filter(([, next]) => next > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  w.varint(entries.length);
  for (const [replica, next] of entries) {
    writeReplica(w, replica);
    w.varint(next);
  }
  return w.finish();
}

/** Throws DecodeError on malformed bytes. */
export function decodeVersion(bytes: Uint8Array): VersionVector {
  const r = new Reader(bytes);
  const version = new Map<ReplicaId, number>();
  for (let n = r.count(9); n > 0; n--) version.set(readReplica(r), r.varint());
  r.end();
  return version;
}
