import type { PlacementOp, PlacementView, Position } from '../types/placement/op.ts';
import { byCodeUnits, inOrder, lastWrites, type Model, present } from './stamped.ts';

/** One register per entity; each parent's entities sorted by (position, entity). */
export const placementModel: Model<PlacementOp, PlacementView> = (ops) => {
  const places = Object.entries(
    present(lastWrites(inOrder(ops).map(({ op }) => ({ key: op.entity, value: op.at })))),
  ).sort(([a, at], [b, bt]) => comparePositions(at.position, bt.position) || byCodeUnits(a, b));
  const parents = [...new Set(places.map(([, { parent }]) => parent))];
  const of = (parent: string) => places.filter(([, at]) => at.parent === parent).map(([entity]) => entity);
  return {
    byParent: Object.fromEntries(parents.map((parent) => [parent, of(parent)])),
    parentOf: Object.fromEntries(places.map(([entity, { parent }]) => [entity, parent])),
  };
};

function comparePositions(a: Position, b: Position): number {
  for (const [i, p] of a.entries()) {
    const q = b[i];
    if (q === undefined) return 1;
    const order =
      p.digit - q.digit || byCodeUnits(p.site, q.site) || p.counter - q.counter || p.offset - q.offset;
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
