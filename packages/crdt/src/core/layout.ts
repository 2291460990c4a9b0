import { replicaId, type Stamp } from './ids.ts';

const kept: object[] = [];

/** Of idle objects that have one. */
export const IDLE: Stamp = { id: { replica: replicaId('0'.repeat(16)), seq: 0 }, lamport: 0 };

/**
 * Keeps an idle object of a class. V8 forgets the layout of objects once none of that kind is left, and throws away all
 * code that was compiled for it: a document that is opened after the last one was closed would begin slowly again.
 */
export function keepLayout(idle: object): void {
  kept.push(idle);
}
