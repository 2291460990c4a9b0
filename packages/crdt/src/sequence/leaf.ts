import { keepLayout } from '../core/layout.ts';
import { CountNode } from './count-tree.ts';

export const LEAF_SIZE = 64;

/** Up to 64 runs in a row; `size` counts their visible elements. */
export class Leaf extends CountNode {
  readonly runs = new Int32Array(LEAF_SIZE);
  count = 0;
}

keepLayout(new Leaf());
