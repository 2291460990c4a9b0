/** What client and relay say to each other. Knows nothing of documents: a change is bytes with a name. */
export { DecodeError } from '@concord/crdt/bytes';
export { covers, newReplicaId, type ReplicaId, replicaId, type VersionVector } from '@concord/crdt/core';
export { decodeFrame, encodeFrame } from './codec.ts';
export { Assembler, fits, opsPackets, packets, sizeOf } from './fragments.ts';
export type { AckLevel, Change, ErrorCode, Frame, Handle, Join, Ops, Role } from './frames.ts';
export * from './limits.ts';
export { isWhole } from './whole.ts';
