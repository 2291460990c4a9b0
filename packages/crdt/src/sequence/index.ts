export type { Origin, Side } from './origin.ts';
