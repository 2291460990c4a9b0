import { InvalidOp } from '../core/crdt-type.ts';
import { compareStamps, formatId, type Id, type Stamp } from '../core/ids.ts';
import { IdMap } from './id-map.ts';

/** An op in a fold. */
export interface Folded<Op> {
  readonly op: Op;
  readonly stamp: Stamp;
  /** How many ops came before it here. */
  readonly arrival: number;
  /** The greatest in ≺ of the ops that took it back or brought it back; null if there are none. */
  verdict: Stamp | null;
  standing: boolean;
}

interface Checkpoint<State> {
  readonly count: number;
  readonly state: State;
}

/** Ops between two new checkpoints. */
const STRIDE = 32;

/**
 * The state that a pure reducer makes of the standing ops, in ≺ or in the order of their arrival.
 *
 * Paper: the operation log with rollback of Bayou (Terry et al. 1995), the base of Kleppmann et al. 2021 too. A late
 * op rewinds to the checkpoint before its place; folding on waits until somebody looks, so a batch of late ops costs
 * the suffix once. An op that is taken back leaves the fold and keeps its place for its return.
 *
 * State: standing ops in order; checkpoints whose distances grow towards the past, so that there are O(log n) of them
 * and the one before any place is at most as far from it as the end is. Cost: O(1) for an op at the end, its suffix for
 * a late one. Left out: forgetting ops.
 */
export class FoldLog<State, Op> {
  readonly #reduce: (state: State, op: Op, stamp: Stamp) => State;
  readonly #compare: (a: Folded<Op>, b: Folded<Op>) => number;
  readonly #standing: Folded<Op>[] = [];
  readonly #byId = new IdMap<Folded<Op>>();
  readonly #checkpoints: Checkpoint<State>[];
  #state: State;
  /** How many of the standing ops are in `#state`. */
  #count = 0;
  #arrived = 0;

  /** A reducer that throws leaves the state as it is: what a peer wrote must not keep a document from showing. */
  constructor(
    initial: State,
    reduce: (state: State, op: Op, stamp: Stamp) => State,
    order: 'precedence' | 'arrival',
  ) {
    this.#reduce = reduce;
    this.#compare =
      order === 'arrival' ? (a, b) => a.arrival - b.arrival : (a, b) => compareStamps(a.stamp, b.stamp);
    this.#state = initial;
    this.#checkpoints = [{ count: 0, state: initial }];
  }

  get state(): State {
    while (this.#count < this.#standing.length) {
      const { op, stamp } = this.#standing[this.#count] as Folded<Op>;
      try {
        this.#state = this.#reduce(this.#state, op, stamp);
      } catch {
        // The same everywhere, because reducers are pure: the op has no effect.
      }
      this.#count++;
      if (this.#count % STRIDE === 0) this.#checkpoint();
    }
    return this.#state;
  }

  /** How many states are kept for rewinding. */
  get checkpoints(): number {
    return this.#checkpoints.length;
  }

  at(id: Id): Folded<Op> | undefined {
    return this.#byId.get(id);
  }

  add(op: Op, stamp: Stamp): void {
    const folded: Folded<Op> = { op, stamp, arrival: this.#arrived++, verdict: null, standing: true };
    this.#byId.set(stamp.id, folded);
    this.#insert(folded);
  }

  /** Takes an op back or brings it back; the greatest such `verdict` in ≺ holds. Throws InvalidOp if there is no such op. */
  judge(target: Id, standing: boolean, verdict: Stamp): void {
    const folded = this.#byId.get(target);
    if (folded === undefined) throw new InvalidOp(`no such op: ${formatId(target)}`);
    if (folded.verdict !== null && compareStamps(verdict, folded.verdict) < 0) return;
    folded.verdict = verdict;
    if (folded.standing === standing) return;
    folded.standing = standing;
    if (standing) this.#insert(folded);
    else {
      const place = this.#placeOf(folded);
      this.#rewind(place);
      this.#standing.splice(place, 1);
    }
  }

  #insert(folded: Folded<Op>): void {
    const place = this.#placeOf(folded);
    this.#rewind(place);
    if (place === this.#standing.length) this.#standing.push(folded);
    else this.#standing.splice(place, 0, folded);
  }

  /** How many standing ops come before it. */
  #placeOf(folded: Folded<Op>): number {
    const last = this.#standing.at(-1);
    if (last === undefined || this.#compare(last, folded) < 0) return this.#standing.length;
    let low = 0;
    for (let high = this.#standing.length - 1; low < high; ) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.#standing[middle] as Folded<Op>, folded) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Forgets what was folded from `place` on. */
  #rewind(place: number): void {
    if (place >= this.#count) return;
    let last = this.#checkpoints.at(-1) as Checkpoint<State>;
    while (last.count > place) {
      this.#checkpoints.pop();
      last = this.#checkpoints.at(-1) as Checkpoint<State>;
    }
    this.#state = last.state;
    this.#count = last.count;
  }

  /** Keeps the present state, and thins the older ones: the further back, the fewer. */
  #checkpoint(): void {
    const kept = this.#checkpoints;
    kept.push({ count: this.#count, state: this.#state });
    for (let i = kept.length - 2; i > 0; i--) {
      const [before, after] = [kept[i - 1], kept[i + 1]] as [Checkpoint<State>, Checkpoint<State>];
      if (after.count - before.count <= this.#count - after.count) kept.splice(i, 1);
    }
  }
}
