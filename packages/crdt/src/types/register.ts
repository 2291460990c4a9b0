import type { Writer } from '../bytes/index.ts';
import { compareStamps, type Stamp, writeId } from '../core/ids.ts';

/** A last-writer-wins register: the write that is greatest in ≺. */
export interface Register<T> {
  readonly value: T;
  readonly stamp: Stamp;
}

/** True if a write at `stamp` wins over what the register holds. */
export function wins(register: Register<unknown> | undefined, stamp: Stamp): boolean {
  return register === undefined || compareStamps(register.stamp, stamp) < 0;
}

export function writeStamp(w: Writer, stamp: Stamp): void {
  w.varint(stamp.lamport);
  writeId(w, stamp.id);
}
