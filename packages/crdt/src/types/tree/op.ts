import type { OpId } from '../../core/ids.ts';
import type { Origin } from '../text/op.ts';

/** The parent of top-level nodes. */
export const ROOT = '';
/** The parent of deleted nodes. */
export const TRASH = '\u0000trash';

/**
 * Kleppmann et al. 2021, "A highly-available move operation for replicated trees": creating, moving and deleting
 * (moving to TRASH) are one op. `slot` is the origin of this move's slot in the new parent's RGA of slots; the slot's id is the op's.
 */
export interface TreeOp {
  readonly type: 'move';
  /** Any string that the app chose, other than ROOT and TRASH. */
  readonly node: string;
  readonly parent: string;
  readonly slot: Origin;
}

export interface TreeView {
  /** Live children in order; ROOT for the top level, TRASH for what was deleted (its subtrees hang below). */
  readonly children: Readonly<Record<string, readonly string[]>>;
  readonly parent: Readonly<Record<string, string>>;
}

export type TreePatch =
  | { readonly type: 'moved'; readonly node: string; readonly from: string | null; readonly to: string }
  /** A move was skipped because it would have closed a ring; `op` is that move. It may be the one applied, or an older one that a late op overtook. */
  | { readonly type: 'skipped'; readonly node: string; readonly parent: string; readonly op: OpId };

export interface TreeMut {
  /** Creates `node` or moves it so that it stands at `index` among the children of `parent` once it is there. Throws RangeError on an unknown parent, a bad index, or a node put below itself. */
  move(node: string, parent: string, index: number): void;
  /** Moves `node` to the trash, with its subtree. */
  remove(node: string): void;
  children(parent: string): readonly string[];
  /** undefined for a node never created. */
  parentOf(node: string): string | undefined;
  /** True if `node` is `ancestor` or below it. */
  isUnder(node: string, ancestor: string): boolean;
}
