import { byRank, type Changes, type EdgeState } from './edge.ts';
import { EventGraph } from './event-graph.ts';

/** Longer cycles are not remembered: many of them would take more memory than the graph. */
const LONGEST_WITNESS = 64;

/*
 * Effective = greedy over the alive edges in ≺, skipping each that would close a cycle with those before it. It is a
 * function of the alive edges alone, so it converges; what follows only avoids computing it anew.
 *
 * State: the graph of the active edges, and for each suspended edge a witness: active edges before it in ≺ that close a
 * cycle with it. A graph without cycles in which every suspended edge has a witness is the greedy one, by induction
 * over ≺. So an edge needs to be judged when it enters, and when its witness loses an edge; nothing else can change.
 * An edge that has no witness, but would close a cycle with later ones, pushes those out: the latest of each cycle, to
 * be judged in their turn, which is ≺.
 *
 * An edge that goes with the order of the graph costs O(1), any other a search between its ends; with a cycle, two.
 * Removing an active edge costs one judgement for each edge whose witness it was in. Left out on purpose: remembering
 * long witnesses; such edges are judged whenever an earlier one goes.
 */
export class Effective {
  readonly graph = new EventGraph<EdgeState>();
  readonly #changes: Changes;
  /** Suspended edges whose witness is too long to remember. */
  readonly #loose = new Set<EdgeState>();
  /** To be judged, last first. */
  readonly #queue: EdgeState[] = [];

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  enter(edge: EdgeState): void {
    this.#judge(edge);
    this.#drain();
  }

  /** `status`: what becomes of it. */
  leave(edge: EdgeState, status: 'dormant' | null): void {
    if (edge.status === 'active') this.#takeOut(edge);
    else this.#forgetWitness(edge);
    this.#changes.set(edge, status);
    this.#drain();
  }

  #drain(): void {
    for (let edge = this.#queue.pop(); edge !== undefined; edge = this.#queue.pop()) this.#judge(edge);
  }

  /** An edge that is not in the graph. Those before it are judged. */
  #judge(edge: EdgeState): void {
    this.#forgetWitness(edge);
    for (let isFirst = true; ; isFirst = false) {
      const cycle = this.graph.add(edge);
      if (cycle === null) {
        this.#changes.set(edge, 'active');
        return;
      }
      const latest = cycle.reduce((a, b) => (byRank(a, b) < 0 ? b : a));
      const isEarlier = (other: EdgeState): boolean => byRank(other, edge) < 0;
      const witness = isEarlier(latest) ? cycle : isFirst ? this.graph.cycle(edge, isEarlier) : null;
      if (witness !== null) {
        this.#changes.set(edge, 'suspended');
        this.#remember(edge, witness);
        return;
      }
      this.#takeOut(latest);
      this.#changes.set(latest, 'suspended');
      this.#enqueue(latest);
    }
  }

  /** Takes an active edge out of the graph. Those that relied on it are judged later. */
  #takeOut(edge: EdgeState): void {
    this.graph.delete(edge);
    for (const other of edge.witnessOf) this.#enqueue(other);
    for (const other of this.#loose) if (byRank(edge, other) < 0) this.#enqueue(other);
  }

  #remember(edge: EdgeState, witness: readonly EdgeState[]): void {
    if (witness.length > LONGEST_WITNESS) {
      this.#loose.add(edge);
      return;
    }
    edge.witness = witness;
    for (const other of witness) other.addWitnessOf(edge);
  }

  #forgetWitness(edge: EdgeState): void {
    this.#loose.delete(edge);
    for (const other of edge.witness) other.deleteWitnessOf(edge);
    edge.witness = [];
  }

  #enqueue(edge: EdgeState): void {
    let low = 0;
    let high = this.#queue.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (byRank(this.#queue[middle] as EdgeState, edge) > 0) low = middle + 1;
      else high = middle;
    }
    if (this.#queue[low] !== edge) this.#queue.splice(low, 0, edge);
  }
}
