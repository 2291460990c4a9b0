import type { Json } from '../../bytes/index.ts';
import type { Id, IdRange, OpId } from '../../core/ids.ts';
import type { Origin } from '../../sequence/index.ts';

/**
 * - insert: new items with ids from the op's own on, the first at `origin`, each other one right after the one before.
 * - delete, retract: an item is there iff no live delete names it; retract takes back the delete `target` for ever (used by undo).
 * - move: the item's place is the slot that the latest move in ≺ made. - set: LWW value.
 */
export type ListOp<T extends Json> =
  | { readonly type: 'insert'; readonly origin: Origin; readonly values: readonly T[] }
  | { readonly type: 'delete'; readonly items: readonly IdRange[] }
  | { readonly type: 'retract'; readonly target: Id }
  | { readonly type: 'move'; readonly item: Id; readonly origin: Origin }
  | { readonly type: 'set'; readonly item: Id; readonly value: T };

/** What one op changed, in indices of the moment after the patch before. `to` is the index once the item is there. */
export type ListPatch<T extends Json> =
  | { readonly type: 'insert'; readonly index: number; readonly values: readonly T[] }
  | { readonly type: 'delete'; readonly index: number; readonly count: number }
  | { readonly type: 'move'; readonly from: number; readonly to: number }
  | { readonly type: 'set'; readonly index: number; readonly value: T };

export interface ListMut<T extends Json> {
  readonly length: number;
  /** Throws RangeError outside of [0, length). */
  get(index: number): T;
  values(): readonly T[];
  /** Throws RangeError outside of [0, length], TypeError on what is not plain data. */
  insert(index: number, ...values: readonly T[]): void;
  push(...values: readonly T[]): void;
  /** Throws RangeError unless `index` and `index + count` are in [0, length]. */
  delete(index: number, count?: number): void;
  /** Nothing is written if the item holds an equal value. */
  set(index: number, value: T): void;
  /** Moves the item at `from` so that it stands at `to` once it is there. */
  move(from: number, to: number): void;
  /** The name of the item at `index`: the same wherever it moves and whatever it holds. */
  idAt(index: number): OpId;
  /** Where the item is, or −1 if it is deleted or was never here. */
  indexOf(item: OpId): number;
}
