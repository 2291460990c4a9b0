import type { Id } from '../core/ids.ts';

/** R: right child of its parent. L: left child (Fugue's side bit). */
export type Side = 'L' | 'R';

/** Where an element hangs in the timestamped insertion tree. `parent: null` is the origin, which has right children only. */
export interface Origin {
  readonly parent: Id | null;
  readonly side: Side;
}
