import { compareStamps, formatId, type OpId, type Stamp } from '../core/ids.ts';
import type { Origin } from '../sequence/index.ts';

/** One element of a sequence, as its insertion says. */
export interface Node<T> {
  readonly stamp: Stamp;
  readonly origin: Origin;
  readonly item: T;
}

/** Which of two siblings comes first; ≺ unless a test asks for another order. */
export type SiblingOrder = (a: Stamp, b: Stamp) => number;

/**
 * The order of a timestamped insertion tree with Fugue's side bit, as the definition has it: the left children in
 * ascending ≺, the element itself, the right children in descending ≺, all of them recursively. The origin (null) has
 * right children only.
 */
export function treeOrder<T>(
  nodes: readonly Node<T>[],
  order: { readonly left: SiblingOrder; readonly right: SiblingOrder } = {
    left: compareStamps,
    right: (a, b) => compareStamps(b, a),
  },
): readonly Node<T>[] {
  const children = (parent: OpId | null, side: 'L' | 'R'): Node<T>[] =>
    (below.get(`${parent} ${side}`) ?? []).sort((a, b) =>
      order[side === 'L' ? 'left' : 'right'](a.stamp, b.stamp),
    );
  const below = new Map<string, Node<T>[]>();
  for (const node of nodes) {
    const { parent, side } = node.origin;
    const at = `${parent && formatId(parent)} ${side}`;
    below.set(at, [...(below.get(at) ?? []), node]);
  }
  const walk = (node: Node<T>): Node<T>[] => {
    const id = formatId(node.stamp.id);
    return [...children(id, 'L').flatMap(walk), node, ...children(id, 'R').flatMap(walk)];
  };
  return children(null, 'R').flatMap(walk);
}
