import type { DagPatch } from '../types/dag/op.ts';
import type { PlacementPatch } from '../types/placement/op.ts';
import type { TextPatch } from '../types/text/op.ts';
import type { TreePatch } from '../types/tree/op.ts';
import type { EncodedChange } from './change.ts';

/** One atomic step of a document: a local change, an undo or redo, or a batch of remote changes. */
export interface DocEvent {
  readonly origin: 'local' | 'remote' | 'undo';
  /** Newly applied changes in a causal order. */
  readonly changes: readonly EncodedChange[];
  /** What they changed, by container path, in the order of application. */
  readonly patches: ReadonlyMap<string, readonly unknown[]>;
  /** What was undone or redone. */
  readonly step?: { readonly direction: 'undo' | 'redo'; readonly label: string };
}

/** Why something from a peer was set aside. Nothing of it is lost: the bytes stay in the history. */
export interface Rejection {
  readonly reason:
    | 'malformed-change'
    | 'overlap'
    | 'malformed-op'
    | 'invalid-op'
    | 'kind-mismatch'
    | 'too-many-parked'
    /** The document was opened from a damaged file. */
    | 'read-only';
  readonly detail: string;
}

// The path says which type made the patches; the schema is the caller's own.
function patches<P>(event: DocEvent, path: string): readonly P[] {
  return (event.patches.get(path) ?? []) as readonly P[];
}

/** The patches of the text at `path`. */
export const textPatches: (event: DocEvent, path: string) => readonly TextPatch[] = patches;
/** The patches of the tree at `path`. */
export const treePatches: (event: DocEvent, path: string) => readonly TreePatch[] = patches;
/** The patches of the graph at `path`. */
export const dagPatches: (event: DocEvent, path: string) => readonly DagPatch[] = patches;
/** The patches of the placement at `path`. */
export const placementPatches: (event: DocEvent, path: string) => readonly PlacementPatch[] = patches;
