import { type Json, jsonEqual } from '../../bytes/index.ts';
import { InvalidOp } from '../../core/crdt-type.ts';
import { formatId, type Id, type Stamp, sameId } from '../../core/ids.ts';
import { IDLE, keepLayout } from '../../core/layout.ts';
import { IdTable } from '../list/id-table.ts';
import { compareText } from '../plain.ts';
import { type Register, wins } from '../register.ts';
import { byRank, Changes, DagNode, EdgeState, type LinkedNode } from './edge.ts';
import { Effective } from './effective.ts';
import { tailOf, tipOf } from './event-graph.ts';
import type { DagPatch, DagView, LinkType } from './op.ts';

const NO_PATCHES: readonly DagPatch[] = [];

/** Nodes, edges, and which of them count: see `effective.ts`. */
export class DagState {
  readonly nodes = new Map<string, DagNode>();
  /** In the order of arrival. */
  readonly edges: EdgeState[] = [];
  readonly #byId = new IdTable<EdgeState>();
  /** Which edge each remove took away. */
  readonly #removes = new IdTable<EdgeState>();
  readonly #changes = new Changes();
  readonly #effective = new Effective(this.#changes);
  #view: DagView | null = null;

  /** Throws InvalidOp if it was never drawn. */
  edge(id: Id): EdgeState {
    const edge = this.find(id);
    if (edge === undefined) throw new InvalidOp(`no such edge: ${formatId(id)}`);
    return edge;
  }

  find(id: Id): EdgeState | undefined {
    return this.#byId.get(id);
  }

  /** The edge that the remove `id` took away. Throws InvalidOp. */
  removedBy(id: Id): EdgeState {
    const edge = this.#removes.get(id);
    if (edge === undefined) throw new InvalidOp(`no such remove: ${formatId(id)}`);
    return edge;
  }

  draw(stamp: Stamp, from: string, to: string, link: LinkType): readonly DagPatch[] {
    const edge = new EdgeState(stamp, this.#linked(from, 'first'), this.#linked(to, 'last'), link);
    this.edges.push(edge);
    this.#byId.set(stamp.id, edge);
    edge.from.edges.push(edge);
    edge.to.edges.push(edge);
    this.#refresh(edge);
    return this.#told();
  }

  remove(edge: EdgeState, by: Id): readonly DagPatch[] {
    this.#removes.set(by, edge);
    edge.removes = [...edge.removes, by];
    this.#refresh(edge);
    return this.#told();
  }

  retract(edge: EdgeState, remove: Id): readonly DagPatch[] {
    edge.removes = edge.removes.filter((id) => !sameId(id, remove));
    this.#refresh(edge);
    return this.#told();
  }

  isRemoved(node: string): boolean {
    return this.nodes.get(node)?.isRemoved ?? false;
  }

  /** Writes a node's flag, if that wins, and gives the edges at it their new place. */
  setNode(name: string, flag: Register<boolean>): readonly DagPatch[] {
    const node = this.#node(name);
    if (!wins(node.flag, flag.stamp)) return NO_PATCHES;
    const before = node.isRemoved;
    node.flag = flag;
    if (before === flag.value) return NO_PATCHES;
    this.#view = null;
    for (const edge of node.edges) this.#refresh(edge);
    return this.#told();
  }

  setAttr(edge: EdgeState, key: string, register: Register<Json>): void {
    const isNew = !jsonEqual(edge.attrs.get(key)?.value ?? null, register.value);
    edge.setAttr(key, register, isNew);
    // What looks the same keeps its identity, so that nothing is drawn again.
    if (isNew) this.#view = null;
  }

  /** True if a new edge would be suspended. */
  wouldCycle(from: string, to: string, link: LinkType): boolean {
    const [source, target] = [this.nodes.get(from)?.task, this.nodes.get(to)?.task];
    if (from === to) return true;
    if (!source || !target) return false;
    return this.#effective.graph.cycle({ tail: tailOf(source, link), tip: tipOf(target, link) }) !== null;
  }

  view(): DagView {
    this.#view ??= {
      edges: this.edges
        .filter(({ status }) => status !== null)
        .sort(byRank)
        .map((edge) => edge.show()),
      removedNodes: [...this.nodes.values()]
        .filter(({ isRemoved }) => isRemoved)
        .map(({ name }) => name)
        .sort(compareText),
    };
    return this.#view;
  }

  /** Gives an edge that something happened to its place among the others. */
  #refresh(edge: EdgeState): void {
    const wasAlive = edge.status === 'active' || edge.status === 'suspended';
    if (edge.isAlive) {
      if (!wasAlive) this.#effective.enter(edge);
      return;
    }
    const status = edge.removes.length === 0 ? 'dormant' : null;
    if (wasAlive) this.#effective.leave(edge, status);
    else this.#changes.set(edge, status);
  }

  #told(): readonly DagPatch[] {
    const patches = this.#changes.take();
    if (patches.length > 0) this.#view = null;
    return patches;
  }

  #node(name: string): DagNode {
    let node = this.nodes.get(name);
    if (node === undefined) {
      node = new DagNode(name);
      this.nodes.set(name, node);
    }
    return node;
  }

  #linked(name: string, place: 'first' | 'last'): LinkedNode {
    const node = this.#node(name);
    node.task ??= this.#effective.graph.newTask(place);
    return node as LinkedNode;
  }
}

// One edge, and one that closes a cycle with it: everything that a graph is made of.
const idle = new DagState();
idle.draw(IDLE, 'a', 'b', 'FS');
idle.draw({ id: { ...IDLE.id, seq: 1 }, lamport: 1 }, 'b', 'a', 'FS');
keepLayout(idle);
