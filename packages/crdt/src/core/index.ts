/** Ids and version vectors alone: all that a protocol needs to carry changes that it does not read. */
export { type ChangeHeader, changeHeader, withoutReplica, withReplica } from './change-header.ts';
export { newReplicaId, type ReplicaId, readReplica, replicaId, writeReplica } from './ids.ts';
export { covers, decodeVersion, encodeVersion, type VersionVector } from './version.ts';
