import type { TypeEnv } from '../core/journal.ts';
import { Peers } from '../core/peers.ts';

/** A world for one container without a document: nobody in it, time stands still, Lamport times as told. */
export function testEnv(
  peers = new Peers(),
  lamportOf: TypeEnv['lamportOf'] = unknown,
  now = () => 0,
): TypeEnv {
  return { peers, lamportOf, now };
}

function unknown(peer: number, seq: number): never {
  throw new RangeError(`no such id: ${seq} of peer ${peer}`);
}
