import type { Json } from '../../bytes/index.ts';
import type { Id, OpId } from '../../core/ids.ts';

/** Finish-to-start, start-to-start, finish-to-finish, start-to-finish. */
export type LinkType = 'FS' | 'SS' | 'FF' | 'SF';

/**
 * - add: a new edge, whose id is this op's own.
 * - remove, retract: an edge is there iff no live remove names it; retract takes back the remove `target` for ever (used by undo).
 * - attr: LWW per edge and key. - node: LWW flag; edges of a removed node are dormant.
 */
export type DagOp =
  | { readonly type: 'add'; readonly from: string; readonly to: string; readonly link: LinkType }
  | { readonly type: 'remove'; readonly edge: Id }
  | { readonly type: 'retract'; readonly target: Id }
  | { readonly type: 'attr'; readonly edge: Id; readonly key: string; readonly value: Json | null }
  | { readonly type: 'node'; readonly node: string; readonly removed: boolean };

/** active: in effect. suspended: kept, but it would close a cycle with earlier edges. dormant: one of its nodes is removed. */
export type EdgeStatus = 'active' | 'suspended' | 'dormant';

export interface Edge {
  readonly id: OpId;
  readonly from: string;
  readonly to: string;
  readonly link: LinkType;
  readonly attrs: Readonly<Record<string, Json>>;
  readonly status: EdgeStatus;
}

export interface DagView {
  /** Live edges in ≺ of their creation. */
  readonly edges: readonly Edge[];
  readonly removedNodes: readonly string[];
}

/** The edge's status changed; null means that it is not there (before or after). */
export interface DagPatch {
  readonly edge: OpId;
  readonly before: EdgeStatus | null;
  readonly after: EdgeStatus | null;
}

export interface DagMut {
  /** Adds an edge; it may come out suspended. Throws RangeError if both ends are the same node. */
  add(from: string, to: string, link: LinkType, attrs?: Readonly<Record<string, Json>>): OpId;
  remove(edge: OpId): void;
  setAttr(edge: OpId, key: string, value: Json | null): void;
  removeNode(node: string): void;
  restoreNode(node: string): void;
  /** True if an edge added now would be suspended. */
  wouldCycle(from: string, to: string, link: LinkType): boolean;
  edges(): readonly Edge[];
}
