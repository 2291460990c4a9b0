import { InvalidOp } from '../../core/crdt-type.ts';
import { formatId, type Stamp } from '../../core/ids.ts';
import { show } from '../list/counted-list.ts';
import { IdTable } from '../list/id-table.ts';
import { Slots } from '../list/slots.ts';
import { MoveLog } from './move-log.ts';
import { Move, type TreeNode } from './node.ts';
import { ROOT, TRASH, type TreeOp, type TreePatch, type TreeView } from './op.ts';

const NOTHING: readonly string[] = [];
const NO_PATCHES: readonly TreePatch[] = [];

export class TreeState {
  readonly log = new MoveLog();
  readonly root = this.log.newNode(ROOT);
  readonly trash = this.log.newNode(TRASH);
  /** Every name that a move mentioned. */
  readonly nodes = new Map([this.root, this.trash].map((node) => [node.name, node]));
  readonly #moves = new IdTable<Move>();
  #view: TreeView | null = null;
  #late: TreePatch[] = [];

  move(
    { node: name, parent: parentName, slot: { parent: origin, side } }: TreeOp,
    stamp: Stamp,
  ): readonly TreePatch[] {
    let beside: Move | null = null;
    if (origin !== null) {
      beside = this.#moves.get(origin) ?? null;
      if (beside?.parent.name !== parentName) throw new InvalidOp(`no such slot: ${formatId(origin)}`);
    }
    const node = this.#node(name);
    const parent = beside?.parent ?? this.#node(parentName);
    const move = new Move(stamp, node, parent);
    const before = node.winner;
    const isDone = this.log.enter(move);
    move.shown = isDone && !move.skipped;
    parent.slots ??= new Slots<Move>();
    parent.slots.insert(move, beside, side);
    this.#moves.set(stamp.id, move);
    if (!isDone) return [];
    return move.skipped ? [skippedPatch(move)] : [this.#moved(node, before)];
  }

  /** Carries out the late moves that wait. Everything that reads must do this first. */
  settle(): void {
    if (!this.log.isWaiting) return;
    const { moved, skipped } = this.log.settle();
    for (const [node, before] of moved) this.#late.push(this.#moved(node, before));
    for (const late of skipped) this.#late.push(skippedPatch(late));
  }

  /** Settles, and gives the patches of all late moves since the last time. */
  takeLate(): readonly TreePatch[] {
    this.settle();
    if (this.#late.length === 0) return NO_PATCHES;
    const late = this.#late;
    this.#late = [];
    return late;
  }

  /** A node's children in order: equal lists are one object. Nothing may wait. */
  childrenOf(node: TreeNode): readonly string[] {
    if (node.slots === null) return NOTHING;
    node.shown ??= node.slots.map((move) => move.node.name);
    return node.shown;
  }

  /** ROOT and TRASH always have an entry, other parents only if they have children. */
  view(): TreeView {
    this.settle();
    if (this.#view === null) {
      // Straight into records without a prototype: copying the last ones would take longer.
      const children: Record<string, readonly string[]> = Object.create(null);
      const parent: Record<string, string> = Object.create(null);
      for (const node of this.nodes.values()) {
        if (node.isFixed || (node.slots !== null && node.slots.length > 0)) {
          children[node.name] = this.childrenOf(node);
        }
        if (node.parent !== null) parent[node.name] = node.parent.name;
      }
      this.#view = { children, parent };
    }
    return this.#view;
  }

  /** Shows the node in the slot of its winner. */
  #moved(node: TreeNode, before: Move | null): TreePatch {
    const now = node.winner;
    if (now === null) throw new Error(`a move took a node away: ${node.name}`);
    if (before !== null) showMove(before, false);
    showMove(now, true);
    this.#view = null;
    return { type: 'moved', node: node.name, from: before?.parent.name ?? null, to: now.parent.name };
  }

  #node(name: string): TreeNode {
    let node = this.nodes.get(name);
    if (node === undefined) {
      node = this.log.newNode(name);
      this.nodes.set(name, node);
    }
    return node;
  }
}

function showMove(move: Move, shown: boolean): void {
  show(move, shown);
  move.parent.shown = null;
}

function skippedPatch(move: Move): TreePatch {
  const { node, parent } = move;
  return { type: 'skipped', node: node.name, parent: parent.name, op: formatId(move) };
}
