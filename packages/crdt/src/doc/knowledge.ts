import type { Id, ReplicaId } from '../core/ids.ts';
import type { VersionVector } from '../core/version.ts';
import type { HistoryChange } from './walk.ts';

/** For each replica that matters, the first id that is not known. */
type Known = Float64Array;

interface Rows {
  /** The first id of each change. */
  readonly from: number[];
  /** What its author knew; changes that built on nothing new share what the one before knew. */
  readonly known: Known[];
}

/** What the author of each change knew of those who matter: of this user, and of whoever wrote something new. */
export class Knowledge {
  readonly #columns = new Map<ReplicaId, number>();
  readonly #seen: number[] = [];
  readonly #rows = new Map<ReplicaId, Rows>();
  /** What the authors of all that is new knew. */
  readonly #common: Known;
  /** Whether both this user and somebody else matter. */
  readonly isContested: boolean;

  constructor(version: VersionVector, since: VersionVector, mine: ReadonlySet<ReplicaId>) {
    const people = [...version].filter(
      ([replica, next]) => mine.has(replica) || next > (since.get(replica) ?? 0),
    );
    for (const [column, [replica]] of people.entries()) {
      this.#columns.set(replica, column);
      this.#seen.push(since.get(replica) ?? 0);
    }
    this.#common = new Float64Array(people.length).fill(Number.POSITIVE_INFINITY);
    const own = people.filter(([replica]) => mine.has(replica)).length;
    this.isContested = own > 0 && own < people.length;
  }

  /** To be told of all changes in a causal order. */
  learn({ replica, from, to, deps }: HistoryChange): void {
    const rows = this.#rows.get(replica) ?? { from: [], known: [] };
    this.#rows.set(replica, rows);
    let known = rows.known[rows.known.length - 1] ?? new Float64Array(this.#common.length);
    if (deps.length > 0) {
      known = known.slice();
      for (const dep of deps) this.#add(known, dep);
    }
    rows.from.push(from);
    rows.known.push(known);
    const column = this.#columns.get(replica);
    if (column === undefined || to <= (this.#seen[column] as number)) return;
    const common = this.#common;
    for (let i = 0; i < common.length; i++)
      common[i] = Math.min(common[i] as number, i === column ? from : (known[i] as number));
  }

  /** True if the change is of no interest: its author does not matter, or whoever wrote something new knew it. */
  isCommon({ replica, to }: HistoryChange): boolean {
    const column = this.#columns.get(replica);
    return column === undefined || to <= (this.#common[column] as number);
  }

  /** Tells what the author of the change knew of others who matter. */
  of({ replica, from }: HistoryChange): (id: Id) => boolean {
    const known = this.#at(replica, from);
    return (id) => (known?.[this.#columns.get(id.replica) ?? -1] ?? 0) > id.seq;
  }

  #add(known: Known, { replica, seq }: Id): void {
    const column = this.#columns.get(replica);
    if (column !== undefined) known[column] = Math.max(known[column] as number, seq + 1);
    const theirs = this.#at(replica, seq);
    if (theirs === null) return;
    for (let i = 0; i < known.length; i++) known[i] = Math.max(known[i] as number, theirs[i] as number);
  }

  /** What was known to the author of the change that holds an id. */
  #at(replica: ReplicaId, seq: number): Known | null {
    const rows = this.#rows.get(replica);
    if (rows === undefined) return null;
    let [low, high] = [0, rows.from.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((rows.from[middle] as number) <= seq) low = middle;
      else high = middle - 1;
    }
    return rows.known[low] ?? null;
  }
}
