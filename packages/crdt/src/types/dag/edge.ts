import type { Json } from '../../bytes/index.ts';
import { compareStamps, formatId, type Id, type OpId, type Stamp } from '../../core/ids.ts';
import { toSortedRecord } from '../plain.ts';
import type { Register } from '../register.ts';
import { type Event, type Link, type Task, tailOf, tipOf } from './event-graph.ts';
import type { DagPatch, Edge, EdgeStatus, LinkType } from './op.ts';

/** A task that an edge or a flag named. */
export class DagNode {
  readonly name: string;
  /** Every edge that was ever drawn at it. */
  readonly edges: EdgeState[] = [];
  /** LWW: is the node removed? */
  flag: Register<boolean> | undefined;
  /** Its events, once it has an edge. */
  task: Task<EdgeState> | null = null;

  constructor(name: string) {
    this.name = name;
  }

  get isRemoved(): boolean {
    return this.flag?.value ?? false;
  }
}

/** A node that has its events. */
export type LinkedNode = DagNode & { task: Task<EdgeState> };

const NO_EDGES: readonly EdgeState[] = [];
const NO_IDS: readonly Id[] = [];
const NO_ATTRS: ReadonlyMap<string, Register<Json>> = new Map();

/** An edge that was ever drawn. */
export class EdgeState implements Link<EdgeState> {
  /** Its rank among the edges, also after it was removed and came back. */
  readonly stamp: Stamp;
  readonly from: DagNode;
  readonly to: DagNode;
  readonly link: LinkType;
  readonly tail: Event<EdgeState>;
  readonly tip: Event<EdgeState>;
  /** The live removes that name it; it is there iff there are none. */
  removes: readonly Id[] = NO_IDS;
  attrs: ReadonlyMap<string, Register<Json>> = NO_ATTRS;
  /** null: removed. */
  status: EdgeStatus | null = null;
  /** The edge as the view shows it, or null if that is stale. */
  #shown: Edge | null = null;
  /** While it is suspended: active edges before it in ≺ that close a cycle with it; empty if that is not remembered. */
  witness: readonly EdgeState[] = NO_EDGES;
  /** The edges that have it in their witness. */
  #witnessOf: Set<EdgeState> | null = null;

  constructor(stamp: Stamp, from: LinkedNode, to: LinkedNode, link: LinkType) {
    this.stamp = stamp;
    this.from = from;
    this.to = to;
    this.link = link;
    this.tail = tailOf(from.task, link);
    this.tip = tipOf(to.task, link);
  }

  get id(): OpId {
    return formatId(this.stamp.id);
  }

  get isAlive(): boolean {
    return this.removes.length === 0 && !this.from.isRemoved && !this.to.isRemoved;
  }

  get witnessOf(): Iterable<EdgeState> {
    return this.#witnessOf ?? NO_EDGES;
  }

  addWitnessOf(edge: EdgeState): void {
    this.#witnessOf ??= new Set();
    this.#witnessOf.add(edge);
  }

  deleteWitnessOf(edge: EdgeState): void {
    this.#witnessOf?.delete(edge);
  }

  setAttr(key: string, register: Register<Json>, looksNew: boolean): void {
    this.attrs = new Map(this.attrs).set(key, register);
    if (looksNew) this.#shown = null;
  }

  setStatus(status: EdgeStatus | null): void {
    this.status = status;
    this.#shown = null;
  }

  /** The edge as plain data, which must be there. */
  show(): Edge {
    if (this.#shown === null) {
      const { id, from, to, link, status } = this;
      if (status === null) throw new Error(`a removed edge is not shown: ${id}`);
      const attrs = toSortedRecord(
        [...this.attrs].flatMap(([key, { value }]) => (value === null ? [] : [[key, value]])),
      );
      this.#shown = { id, from: from.name, to: to.name, link, attrs, status };
    }
    return this.#shown;
  }
}

/** The order ≺. */
export function byRank(a: EdgeState, b: EdgeState): number {
  return compareStamps(a.stamp, b.stamp);
}

/** The edges whose status a batch changed, each with the status it had before. */
export class Changes {
  readonly #before = new Map<EdgeState, EdgeStatus | null>();

  set(edge: EdgeState, status: EdgeStatus | null): void {
    if (edge.status === status) return;
    if (!this.#before.has(edge)) this.#before.set(edge, edge.status);
    edge.setStatus(status);
  }

  /** In ≺ of the edges; afterwards there are none. */
  take(): readonly DagPatch[] {
    const patches: DagPatch[] = [];
    if (this.#before.size === 0) return patches;
    const changed = [...this.#before].filter(([edge, before]) => edge.status !== before);
    if (changed.length > 1) changed.sort(([a], [b]) => byRank(a, b));
    for (const [edge, before] of changed) patches.push({ edge: edge.id, before, after: edge.status });
    this.#before.clear();
    return patches;
  }
}
