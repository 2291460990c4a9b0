export type { Origin, Side } from './origin.ts';
export { type Order, RunSequence } from './run-sequence.ts';
