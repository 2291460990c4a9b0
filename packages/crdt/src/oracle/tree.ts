import type { OpId } from '../core/ids.ts';
import { formatId } from '../core/ids.ts';
import { ROOT, TRASH, type TreeOp, type TreeView } from '../types/tree/op.ts';
import { type Node, treeOrder } from './sequence.ts';
import { inOrder, type Model, nameOf, type Stamped } from './stamped.ts';

/** Kleppmann's move operation, replayed from nothing: in ≺, skipping each move that would close a ring. */
export const treeModel: Model<TreeOp, TreeView> = (ops) => {
  const { parent, slot } = replayMoves(ops);
  const children: Record<string, string[]> = { [ROOT]: [], [TRASH]: [] };
  const slots = new Map<string, Node<{ node: string; slot: OpId }>[]>();
  for (const { op, stamp } of ops) {
    const item = { node: op.node, slot: formatId(stamp.id) };
    slots.set(op.parent, [...(slots.get(op.parent) ?? []), { stamp, origin: op.slot, item }]);
  }
  for (const [of, nodes] of slots) {
    const shown = treeOrder(nodes).filter(({ item }) => slot.get(item.node) === item.slot);
    if (shown.length > 0) children[of] = shown.map(({ item }) => item.node);
  }
  return { children, parent: Object.fromEntries(parent) };
};

/** Where each node is, the slot it is in, and the moves that were skipped. */
export function replayMoves(ops: readonly Stamped<TreeOp>[]) {
  const parent = new Map<string, string>();
  const slot = new Map<string, OpId>();
  const skipped = new Set<OpId>();
  const isUnder = (node: string, ancestor: string): boolean => {
    for (let at: string | undefined = node; at !== undefined; at = parent.get(at)) {
      if (at === ancestor) return true;
    }
    return false;
  };
  for (const move of inOrder(ops)) {
    if (isUnder(move.op.parent, move.op.node)) {
      skipped.add(nameOf(move));
      continue;
    }
    parent.set(move.op.node, move.op.parent);
    slot.set(move.op.node, nameOf(move));
  }
  return { parent, slot, skipped };
}
