import type { Json } from '../../bytes/index.ts';
import { compareStamps, formatId, type Id, type OpId, type Stamp } from '../../core/ids.ts';
import { compareText, toSortedRecord } from '../plain.ts';
import type { Register } from '../register.ts';
import { EventGraph } from './event-graph.ts';
import type { DagPatch, DagView, Edge, EdgeStatus, LinkType } from './op.ts';

/** An edge that was ever drawn. */
export interface EdgeState {
  readonly id: OpId;
  /** Its rank among the edges, also after it was removed and came back. */
  readonly stamp: Stamp;
  readonly from: string;
  readonly to: string;
  readonly link: LinkType;
  /** The live removes that name it; it is there iff there are none. */
  readonly removes: Set<OpId>;
  readonly attrs: Map<string, Register<Json>>;
  /** null: removed. */
  status: EdgeStatus | null;
  /** The edge as the view shows it, or null if that is stale. */
  shown: Edge | null;
}

/*
 * Effective = greedy over the alive edges in ≺, skipping each that would close a cycle with those before it. It is a
 * function of the alive edges alone, so it converges; what follows only avoids computing it anew.
 */
export class DagState {
  readonly edges = new Map<OpId, EdgeState>();
  /** LWW flags: is the node removed? */
  readonly nodes = new Map<string, Register<boolean>>();
  /** Which edge each remove took away. */
  readonly removes = new Map<OpId, EdgeState>();
  readonly #edgesOf = new Map<string, Set<EdgeState>>();
  /** Present edges with both nodes, in ≺. */
  readonly #alive: EdgeState[] = [];
  /** The active ones among them. */
  readonly #effective = new EventGraph();
  #view: DagView | null = null;

  draw(stamp: Stamp, from: string, to: string, link: LinkType): readonly DagPatch[] {
    const id = formatId(stamp.id);
    const edge: EdgeState = {
      id,
      stamp,
      from,
      to,
      link,
      removes: new Set(),
      attrs: new Map(),
      status: null,
      shown: null,
    };
    this.edges.set(id, edge);
    for (const node of [from, to]) {
      const edges = this.#edgesOf.get(node);
      if (edges === undefined) this.#edgesOf.set(node, new Set([edge]));
      else edges.add(edge);
    }
    return this.#settle([edge]);
  }

  remove(edge: EdgeState, by: Id): readonly DagPatch[] {
    this.removes.set(formatId(by), edge);
    edge.removes.add(formatId(by));
    return this.#settle([edge]);
  }

  retract(edge: EdgeState, remove: Id): readonly DagPatch[] {
    edge.removes.delete(formatId(remove));
    return this.#settle([edge]);
  }

  isRemoved(node: string): boolean {
    return this.nodes.get(node)?.value ?? false;
  }

  /** True if a new edge would be suspended. */
  wouldCycle(from: string, to: string, link: LinkType): boolean {
    return from === to || this.#effective.wouldCycle({ from, to, link });
  }

  /** Writes a node's flag and settles the edges at it. */
  setNode(node: string, flag: Register<boolean>): readonly DagPatch[] {
    const before = this.isRemoved(node);
    this.nodes.set(node, flag);
    if (before === flag.value) return [];
    this.#view = null;
    return this.#settle(this.#edgesOf.get(node) ?? []);
  }

  /** Forgets what is shown of an edge whose attributes changed. */
  stale(edge: EdgeState): void {
    edge.shown = null;
    this.#view = null;
  }

  view(): DagView {
    this.#view ??= {
      edges: this.present().map(show),
      removedNodes: [...this.nodes]
        .filter(([, { value }]) => value)
        .map(([node]) => node)
        .sort(compareText),
    };
    return this.#view;
  }

  present(): EdgeState[] {
    return [...this.edges.values()].filter(({ status }) => status !== null).sort(byRank);
  }

  /** Gives the edges that something happened to their place among the others. */
  #settle(edges: Iterable<EdgeState>): readonly DagPatch[] {
    const changes = new Changes();
    for (const edge of edges) this.#refresh(edge, changes);
    const patches = changes.patches();
    if (patches.length > 0) this.#view = null;
    return patches;
  }

  #refresh(edge: EdgeState, changes: Changes): void {
    const present = edge.removes.size === 0;
    const alive = present && !this.isRemoved(edge.from) && !this.isRemoved(edge.to);
    const wasAlive = edge.status === 'active' || edge.status === 'suspended';
    if (alive && !wasAlive) this.#enter(edge, changes);
    else if (wasAlive && !alive) this.#leave(edge, changes);
    if (!alive) changes.set(edge, present ? 'dormant' : null);
  }

  #enter(edge: EdgeState, changes: Changes): void {
    const rank = this.#rank(edge);
    this.#alive.splice(rank, 0, edge);
    // Without a cycle the edges after it stand as they are; with one, it or some of them must give way.
    if (this.#effective.add(edge)) changes.set(edge, 'active');
    else this.#settleFrom(rank, changes);
  }

  #leave(edge: EdgeState, changes: Changes): void {
    const rank = this.#rank(edge);
    this.#alive.splice(rank, 1);
    if (edge.status !== 'active') return;
    this.#effective.delete(edge);
    // Up to the first suspended edge after it nothing can change.
    const waiting = this.#alive.findIndex((other, i) => i >= rank && other.status === 'suspended');
    if (waiting !== -1) this.#settleFrom(waiting, changes);
  }

  /** The greedy rule for the alive edges from `rank` on; those before it stand. */
  #settleFrom(rank: number, changes: Changes): void {
    const later = this.#alive.slice(rank);
    for (const edge of later) if (edge.status === 'active') this.#effective.delete(edge);
    for (const edge of later) changes.set(edge, this.#effective.add(edge) ? 'active' : 'suspended');
  }

  /** Where `edge` stands among the alive edges, or would stand. */
  #rank(edge: EdgeState): number {
    let low = 0;
    let high = this.#alive.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (byRank(this.#alive[middle] as EdgeState, edge) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The edges touched by one op, each with the status it had before. */
class Changes {
  readonly #before = new Map<EdgeState, EdgeStatus | null>();

  set(edge: EdgeState, status: EdgeStatus | null): void {
    if (!this.#before.has(edge)) this.#before.set(edge, edge.status);
    if (edge.status !== status) edge.shown = null;
    edge.status = status;
  }

  /** In ≺ of the edges. */
  patches(): readonly DagPatch[] {
    return [...this.#before]
      .filter(([edge, before]) => edge.status !== before)
      .sort(([a], [b]) => byRank(a, b))
      .map(([edge, before]) => ({ edge: edge.id, before, after: edge.status }));
  }
}

function byRank(a: EdgeState, b: EdgeState): number {
  return compareStamps(a.stamp, b.stamp);
}

function show(edge: EdgeState): Edge {
  if (edge.shown === null) {
    const { id, from, to, link, status } = edge;
    if (status === null) throw new Error(`a removed edge is not shown: ${id}`);
    const attrs = toSortedRecord(
      [...edge.attrs].flatMap(([key, { value }]) => (value === null ? [] : [[key, value]])),
    );
    edge.shown = { id, from, to, link, attrs, status };
  }
  return edge.shown;
}
