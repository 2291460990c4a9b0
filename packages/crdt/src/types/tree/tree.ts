import type { Writer } from '../../bytes/index.ts';
import { type CrdtType, InvalidOp, type MutContext } from '../../core/crdt-type.ts';
import { FRONT } from '../list/slots.ts';
import { compareText } from '../plain.ts';
import { writeStamp } from '../register.ts';
import { decode, encode, flawOf } from './codec.ts';
import type { TreeNode } from './node.ts';
import { ROOT, TRASH, type TreeMut, type TreeOp, type TreePatch, type TreeView } from './op.ts';
import { TreeState } from './state.ts';

/*
 * A tree whose nodes move, after Kleppmann, Mulligan, Gomes and Beresford 2021, "A highly-available move operation for
 * replicated trees": see the move log. Siblings stand in the order of an RGA of slots that each parent has
 * (`../list/slots.ts`). Every move brings one slot, which shows its node only while that move is the one that holds.
 * State: the nodes by name, each with its moves, and its slots if it ever was a parent.
 *
 * A move of a node below itself, or of the root, is invalid. A move that would close a ring, or goes below a node that
 * nobody made before, is skipped: others may make it valid or not, so all replicas must keep it.
 *
 * Left out on purpose: forgetting old moves, which needs causal stability.
 */

export function treeType(): CrdtType<TreeState, TreeOp, TreeView, TreeMut, TreePatch> {
  return {
    kind: 'tree@1',
    create: () => new TreeState(),
    width: () => 1,
    apply(state, op, stamp) {
      const flaw = flawOf(op);
      if (flaw !== null) throw new InvalidOp(flaw);
      return state.move(op, stamp);
    },
    /** A new move back, to just after the slot where the node stood; for a new node, to the trash. */
    invert(state, { node: name, parent: parentName }) {
      state.settle();
      const { log, nodes } = state;
      const node = nodes.get(name);
      const parent = nodes.get(parentName);
      if (parent === undefined) return [];
      const held = node?.winner ?? null;
      if (node === undefined || held === null) {
        return parent.isFixed || parent.winner !== null
          ? [{ type: 'move', node: name, parent: TRASH, slot: FRONT }]
          : [];
      }
      if (log.wouldSkip(node, parent)) return [];
      return [{ type: 'move', node: name, parent: held.parent.name, slot: { parent: held.id, side: 'R' } }];
    },
    contested: ({ node }) => node,
    settle: (state) => state.takeLate(),
    view: (state) => state.view(),
    mutate: (context) => new Gardener(context),
    encode,
    decode,
    canonical,
  };
}

function canonical(state: TreeState, w: Writer): void {
  state.settle();
  const nodes = [...state.nodes.values()].sort((a, b) => compareText(a.name, b.name));
  w.varint(nodes.filter(({ winner }) => winner !== null).length);
  for (const { name, winner } of nodes) {
    if (winner === null) continue;
    w.string(name);
    w.string(winner.parent.name);
    writeStamp(w, winner.stamp);
  }
  for (const node of nodes) {
    const children = state.childrenOf(node);
    if (children.length === 0 && !node.isFixed) continue;
    w.string(node.name);
    w.varint(children.length);
    for (const child of children) w.string(child);
  }
}

class Gardener implements TreeMut {
  readonly #context: MutContext<TreeState, TreeOp>;

  constructor(context: MutContext<TreeState, TreeOp>) {
    this.#context = context;
  }

  /** Nothing is written if `node` stands there already. */
  move(name: string, parentName: string, index: number): void {
    const { nodes, log } = this.#settled();
    if (name === ROOT || name === TRASH) throw new RangeError('the root and the trash do not move');
    const node = nodes.get(name);
    const parent = nodes.get(parentName);
    if (parent === undefined || !(parent.isFixed || parent.winner !== null))
      throw new RangeError(`no such parent: ${parentName}`);
    if (node !== undefined && log.isUnder(parent, node))
      throw new RangeError(`${name} cannot go below itself`);
    const own = node === undefined ? -1 : indexIn(parent, node);
    const { slots } = parent;
    const others = (slots?.length ?? 0) - (own < 0 ? 0 : 1);
    if (!Number.isInteger(index) || index < 0 || index > others) {
      throw new RangeError(`index ${index} is not in 0…${others}`);
    }
    if (own === index) return;
    // Its own slot counts until the move is made.
    const left = own >= 0 && own < index ? index : index - 1;
    const slot = slots?.originAfter(left < 0 ? null : slots.at(left)) ?? FRONT;
    this.#context.emit({ type: 'move', node: name, parent: parentName, slot });
  }

  /** Nothing is written if `node` itself is in the trash already. Throws RangeError on an unknown node. */
  remove(node: string): void {
    const parent = this.parentOf(node);
    if (parent === undefined) throw new RangeError(`no such node: ${node}`);
    if (parent !== TRASH) this.#context.emit({ type: 'move', node, parent: TRASH, slot: FRONT });
  }

  children(parent: string): readonly string[] {
    const state = this.#settled();
    const node = state.nodes.get(parent);
    return node === undefined ? [] : state.childrenOf(node);
  }

  parentOf(node: string): string | undefined {
    return this.#settled().nodes.get(node)?.parent?.name;
  }

  isUnder(name: string, ancestorName: string): boolean {
    const { nodes, log } = this.#settled();
    const node = nodes.get(name);
    const ancestor = nodes.get(ancestorName);
    return node === undefined || ancestor === undefined ? name === ancestorName : log.isUnder(node, ancestor);
  }

  #settled(): TreeState {
    const { state } = this.#context;
    state.settle();
    return state;
  }
}

/** Where `node` stands among the children of `parent`, or −1. */
function indexIn(parent: TreeNode, node: TreeNode): number {
  if (node.parent !== parent || node.winner === null) return -1;
  return parent.slots?.indexOf(node.winner) ?? -1;
}
