import type { Position } from './op.ts';

/** Who allocates, and what that site may use. Sites never share names, so their positions never collide. */
export interface AllocationSite {
  /** The allocating replica. */
  readonly name: string;
  /** A counter that this site has used in no position yet. */
  readonly counter: number;
  /** The offsets of the site's own run `counter` that are taken, or null if there is no such run. */
  offsets(counter: number): OffsetRange | null;
}

/** Both ends included. */
export interface OffsetRange {
  readonly min: number;
  readonly max: number;
}

/** A way to name places in a dense order, so that a place between any two can be named without coordination. */
export interface PositionScheme {
  /** The `kind` of a placement that uses the scheme. */
  readonly kind: string;
  /** Negative if `a` comes first, 0 only for equal positions. */
  compare(a: Position, b: Position): number;
  /** Strictly between `left` and `right`; null is the open end. Throws RangeError unless left < right. */
  between(left: Position | null, right: Position | null, site: AllocationSite): Position;
  /** `count` positions (at least 1) in ascending order between the two, each about as short as the first could be. */
  spread(
    count: number,
    left: Position | null,
    right: Position | null,
    site: AllocationSite,
  ): readonly Position[];
  /** Why a position from outside is not one that the scheme could have made, or null. */
  flaw(position: Position): string | null;
}
