import type { PlacementOp, PlacementView, Position } from '../types/placement/op.ts';
import { byCodeUnits, inOrder, lastWrites, type Model, present } from './stamped.ts';

type Compare = (a: Position, b: Position) => number;

/** One register per entity; each parent's entities sorted by (position, entity). */
const modelBy =
  (compare: Compare): Model<PlacementOp, PlacementView> =>
  (ops) => {
    const places = Object.entries(
      present(lastWrites(inOrder(ops).map(({ op }) => ({ key: op.entity, value: op.at })))),
    ).sort(([a, at], [b, bt]) => compare(at.position, bt.position) || byCodeUnits(a, b));
    const parents = [...new Set(places.map(([, { parent }]) => parent))];
    const of = (parent: string) => places.filter(([, at]) => at.parent === parent).map(([entity]) => entity);
    return {
      byParent: Object.fromEntries(parents.map((parent) => [parent, of(parent)])),
      parentOf: Object.fromEntries(places.map(([entity, { parent }]) => [entity, parent])),
    };
  };

/** Component by component, a prefix first. */
function compareLseq(a: Position, b: Position): number {
  for (const [i, p] of a.entries()) {
    const q = b[i];
    if (q === undefined) return 1;
    const order =
      p.digit - q.digit || byCodeUnits(p.site, q.site) || p.counter - q.counter || p.offset - q.offset;
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** A walk of the binary tree: what goes on to the left, the node itself, what goes on to the right. */
function compareTreedoc(a: Position, b: Position): number {
  const LEFT = 0;
  const NODE = 1;
  const RIGHT = 2;
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a, b].map((position) => {
      const digit = position[i]?.digit;
      return digit === undefined ? NODE : digit === 0 ? LEFT : RIGHT;
    }) as [number, number];
    const [p, q] = [a[i], b[i]];
    const order = x - y || (p && q ? byCodeUnits(p.site, q.site) || p.counter - q.counter : 0);
    if (order !== 0) return order;
  }
  return 0;
}

export const placementModel = modelBy(compareLseq);
export const treedocModel = modelBy(compareTreedoc);
