import type { Writer } from '../../bytes/index.ts';
import { type CrdtType, InvalidOp, type MutContext } from '../../core/crdt-type.ts';
import { formatId, type Id, type Stamp } from '../../core/ids.ts';
import { Sequence } from '../../sequence/index.ts';
import { compareText, toRecord } from '../plain.ts';
import { writeStamp } from '../register.ts';
import { decode, encode, flawOf } from './codec.ts';
import { MoveLog } from './move-log.ts';
import { ROOT, TRASH, type TreeMut, type TreeOp, type TreePatch, type TreeView } from './op.ts';

/*
 * A tree whose nodes move, after Kleppmann, Mulligan, Gomes and Beresford 2021, "A highly-available move operation for
 * replicated trees": see the move log. Siblings stand in the order of an RGA of slots that each parent has. Every move
 * brings one slot, which shows its node only while that move is the one that holds.
 *
 * A move of a node below itself, or of the root, is invalid. A move that would close a ring, or goes below a node that
 * nobody made before, is skipped: others may make it valid or not, so all replicas must keep it.
 */

export interface TreeState {
  readonly log: MoveLog;
  /** The slots of each parent, holding nodes. */
  readonly slots: Map<string, Sequence<string>>;
  /** The view's children by parent, dropped one by one as they change. */
  readonly shown: Map<string, readonly string[]>;
  view: TreeView | null;
}

/** Slots are single elements: a run of them never shares a block. */
const SINGLE = {
  split: (): never => {
    throw new Error('a slot cannot be split');
  },
  join: (): null => null,
};

/** To the front: the newest comes first. */
const FRONT = { parent: null, side: 'R' } as const;

export function treeType(): CrdtType<TreeState, TreeOp, TreeView, TreeMut, TreePatch> {
  return {
    kind: 'tree@1',
    create: () => ({ log: new MoveLog(), slots: new Map(), shown: new Map(), view: null }),
    width: () => 1,
    apply,
    /** A new move back, to just after the slot where the node stood; for a new node, to the trash. */
    invert({ log }, op) {
      if (log.wouldSkip(op)) return [];
      const { node } = op;
      const held = log.winners.get(node);
      if (held === undefined) return [{ type: 'move', node, parent: TRASH, slot: FRONT }];
      return [{ type: 'move', node, parent: held.op.parent, slot: { parent: held.stamp.id, side: 'R' } }];
    },
    view,
    mutate: (context) => new Gardener(context),
    encode,
    decode,
    canonical,
  };
}

function apply(state: TreeState, op: TreeOp, stamp: Stamp): readonly TreePatch[] {
  const flaw = flawOf(op);
  if (flaw !== null) throw new InvalidOp(flaw);
  let slots = state.slots.get(op.parent);
  if (op.slot.parent !== null && !slots?.find(op.slot.parent)) throw new InvalidOp('no such slot');
  if (slots === undefined) {
    slots = new Sequence<string>(SINGLE);
    state.slots.set(op.parent, slots);
  }
  slots.insert(stamp, op.slot, 1, op.node, [stamp.id]);

  const { moved, skipped } = state.log.insert(op, stamp);
  const patches: TreePatch[] = [];
  for (const [node, before] of moved) {
    const now = state.log.winners.get(node);
    if (now === undefined) throw new Error(`a move took a node away: ${node}`);
    if (before !== undefined) show(state, before.op.parent, before.stamp.id, false);
    show(state, now.op.parent, now.stamp.id, true);
    patches.push({ type: 'moved', node, from: before?.op.parent ?? null, to: now.op.parent });
  }
  if (moved.size > 0) state.view = null;
  for (const { op: late, stamp: by } of skipped) {
    patches.push({ type: 'skipped', node: late.node, parent: late.parent, op: formatId(by.id) });
  }
  return patches;
}

function show(state: TreeState, parent: string, slot: Id, visible: boolean): void {
  const slots = state.slots.get(parent);
  if (visible) slots?.show(slot);
  else slots?.hide(slot);
  state.shown.delete(parent);
}

function childrenOf(state: TreeState, parent: string): readonly string[] {
  let shown = state.shown.get(parent);
  if (shown === undefined) {
    const children: string[] = [];
    for (let slot = state.slots.get(parent)?.first ?? null; slot !== null; slot = slot.next) {
      if (slot.visible > 0) children.push(slot.content);
    }
    shown = children;
    state.shown.set(parent, shown);
  }
  return shown;
}

/** ROOT and TRASH always have an entry, other parents only if they have children. */
function view(state: TreeState): TreeView {
  if (state.view === null) {
    const children: [string, readonly string[]][] = [];
    for (const parent of new Set([ROOT, TRASH, ...state.slots.keys()])) {
      const list = childrenOf(state, parent);
      if (list.length > 0 || parent === ROOT || parent === TRASH) children.push([parent, list]);
    }
    const parents: [string, string][] = [];
    for (const [node, { op }] of state.log.winners) parents.push([node, op.parent]);
    state.view = { children: toRecord(children), parent: toRecord(parents) };
  }
  return state.view;
}

function canonical(state: TreeState, w: Writer): void {
  const nodes = [...state.log.winners].sort(([a], [b]) => compareText(a, b));
  w.varint(nodes.length);
  for (const [node, { op, stamp }] of nodes) {
    w.string(node);
    w.string(op.parent);
    writeStamp(w, stamp);
  }
  const parents = Object.entries(view(state).children).sort(([a], [b]) => compareText(a, b));
  for (const [parent, children] of parents) {
    w.string(parent);
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
  move(node: string, parent: string, index: number): void {
    const { state, emit } = this.#context;
    if (node === ROOT || node === TRASH) throw new RangeError('the root and the trash do not move');
    if (!state.log.isThere(parent)) throw new RangeError(`no such parent: ${parent}`);
    if (this.isUnder(parent, node)) throw new RangeError(`${node} cannot go below itself`);
    const others = this.children(parent).filter((child) => child !== node);
    if (!Number.isInteger(index) || index < 0 || index > others.length) {
      throw new RangeError(`index ${index} is not in 0…${others.length}`);
    }
    if (this.parentOf(node) === parent && this.children(parent)[index] === node) return;
    emit({ type: 'move', node, parent, slot: this.#originAfter(parent, others[index - 1]) });
  }

  /** Nothing is written if `node` itself is in the trash already. Throws RangeError on an unknown node. */
  remove(node: string): void {
    if (this.parentOf(node) === undefined) throw new RangeError(`no such node: ${node}`);
    if (this.parentOf(node) !== TRASH) {
      this.#context.emit({ type: 'move', node, parent: TRASH, slot: FRONT });
    }
  }

  children(parent: string): readonly string[] {
    return childrenOf(this.#context.state, parent);
  }

  parentOf(node: string): string | undefined {
    return this.#context.state.log.winners.get(node)?.op.parent;
  }

  isUnder(node: string, ancestor: string): boolean {
    return this.#context.state.log.isUnder(node, ancestor);
  }

  #originAfter(parent: string, left: string | undefined): TreeOp['slot'] {
    const { slots, log } = this.#context.state;
    const siblings = slots.get(parent);
    if (siblings === undefined) return FRONT;
    const holder = left === undefined ? undefined : log.winners.get(left);
    return siblings.originAfter(holder === undefined ? null : siblings.find(holder.stamp.id));
  }
}
