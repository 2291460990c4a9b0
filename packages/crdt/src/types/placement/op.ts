/** One component of an LSEQ identifier: a digit, made unique by the site that allocated it, and its place in the site's run. */
export interface PositionComponent {
  readonly digit: number;
  /** The allocator's site: a replica id. */
  readonly site: string;
  /** The allocator's counter, so that two allocations by one site differ. */
  readonly counter: number;
  /** The offset in a run (LogootSplit); 0 for the base itself. */
  readonly offset: number;
}

/** A dense position: compared component by component, a prefix first. Never empty. */
export type Position = readonly PositionComponent[];

/** One LWW register per entity: where it is, atomically, or null for nowhere. */
export interface PlacementOp {
  readonly type: 'place';
  readonly entity: string;
  readonly at: { readonly parent: string; readonly position: Position } | null;
}

/** Sorted by (position, entity id). */
export interface PlacementView {
  readonly byParent: Readonly<Record<string, readonly string[]>>;
  readonly parentOf: Readonly<Record<string, string>>;
}

/** `entity` moved from a place to a place; null is nowhere. Indices as they were before and are after. */
export interface PlacementPatch {
  readonly entity: string;
  readonly from: { readonly parent: string; readonly index: number } | null;
  readonly to: { readonly parent: string; readonly index: number } | null;
}

export interface PlacementMut {
  /** Puts `entity` so that it stands at `index` of `parent` once it is there. Range 0…length (without itself). */
  place(entity: string, parent: string, index: number): void;
  remove(entity: string): void;
  of(parent: string): readonly string[];
  parentOf(entity: string): string | undefined;
  /** The index, as `place` takes it, at which `entity` would stand now where an op put it. */
  indexAt(entity: string, at: NonNullable<PlacementOp['at']>): number;
}
