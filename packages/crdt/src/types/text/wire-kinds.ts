/** Kinds of ops on the wire: see `wire.ts`. */
export const TYPE = 0;
export const RIGHT = 1;
export const LEFT = 2;
export const ROOT = 3;
export const BACKSPACES = 4;
export const DELETES = 5;
export const RANGES = 6;
export const OTHERS = 7;
/** Text that is not ASCII. */
export const FLAG = 8;
