/** What client and relay say to each other. Knows nothing of documents: a change is bytes with a name. */
export { crc32c, DecodeError } from '@concord/crdt/bytes';
export { covers, newReplicaId, type ReplicaId, replicaId, type VersionVector } from '@concord/crdt/core';
export { changeCrc, isWhole, replicaIn, snapshotCrc } from './changes.ts';
export * from './close.ts';
export { canSay, decodeFrame, encodeFrame, isFragment } from './codec.ts';
export { Assembler, type AssemblerLimits, fits, opsPackets, packets, sizeOf } from './fragments.ts';
export * from './frames.ts';
export * from './limits.ts';
export { mayWrite } from './roles.ts';
export { packBody, unpackBody } from './sse.ts';
