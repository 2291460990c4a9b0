import {
  type Doc,
  type HistoryChange,
  history,
  type ReplicaId,
  type SchemaNode,
  type VersionVector,
} from '@concord/crdt';

/** A stretch of a document's life that reads as one: what somebody did, or several at the same time, without a pause. */
export type Moment = {
  /** Who, in the order in which they began. */
  readonly replicas: readonly ReplicaId[];
  /** Milliseconds since 1970 by the authors' clocks. */
  readonly from: number;
  readonly to: number;
  /** How many single edits: letters, moves, values. */
  readonly edits: number;
  /** Of these edits, by the part of the document that they were made in. */
  readonly areas: ReadonlyMap<string, number>;
};

/** A moment while it grows, with what it adds to the version before it. */
type Growing = {
  replicas: ReplicaId[];
  from: number;
  to: number;
  edits: number;
  areas: Map<string, number>;
  /** Lamport time of its first change. */
  readonly lamport: number;
  readonly ends: Map<ReplicaId, number>;
};

/** Whoever stops for so long comes back to something new. */
const PAUSE = 2 * 60_000;
/** Another author within this time works at the same moment. */
const TOGETHER = 10_000;
/** Nobody looks back over more at once. */
const LONGEST = 10 * 60_000;
/** How long one may keep the page from answering. */
const SLICE = 8;

type Clock = { readonly now: () => number; readonly rest: () => Promise<void> };

const CLOCK: Clock = {
  now: () => performance.now(),
  rest: () => new Promise((resume) => setTimeout(resume, 0)),
};

/**
 * The moments of a document, from the first to the last. They are found bit by bit, so that a long history does not
 * stop the page, and go on as changes come. Each ends with a version that holds everything before it.
 */
export class Moments<S extends SchemaNode> {
  readonly #doc: Doc<S>;
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #moments: Growing[] = [];
  #shown: readonly Moment[] = [];
  #seen: VersionVector = new Map();
  #busy: Promise<void> | null = null;
  #complete = false;

  constructor(doc: Doc<S>, clock: Clock = CLOCK) {
    this.#doc = doc;
    this.#clock = clock;
  }

  /** All that were found so far; the same list until there are others. */
  readonly get = (): readonly Moment[] => this.#shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Whether all that the document knew when it was last looked at is in moments. */
  readonly isComplete = (): boolean => this.#complete;

  /** Looks at what is new until nothing is. */
  update(): Promise<void> {
    this.#busy ??= this.#run().finally(() => {
      this.#busy = null;
    });
    return this.#busy;
  }

  /** The version that the moment at `index` ends with; before the first one nothing is known. */
  version(index: number): VersionVector {
    const version = new Map<ReplicaId, number>();
    for (const { ends } of this.#moments.slice(0, index + 1))
      for (const [replica, end] of ends) version.set(replica, end);
    return version;
  }

  /** The first moment whose version holds all of `version`, or −1. */
  indexOf(version: VersionVector): number {
    const lacking = new Map(version);
    return this.#moments.findIndex(({ ends }) => {
      for (const [replica, end] of ends) if ((lacking.get(replica) ?? 0) <= end) lacking.delete(replica);
      return lacking.size === 0;
    });
  }

  async #run(): Promise<void> {
    while (this.#doc.version !== this.#seen) {
      const version = this.#doc.version;
      const changes = history(this.#doc, this.#seen);
      const first = changes.next();
      if (!first.done) {
        this.#complete = false;
        // It belongs before what is known: to somewhere in the past, which is put together anew.
        const last = this.#moments.at(-1);
        if (last !== undefined && first.value.lamport < last.lamport) {
          this.#moments = [];
          this.#seen = new Map();
          continue;
        }
        this.#take(first.value);
        await this.#takeAll(changes);
      }
      this.#seen = version;
      this.#complete = true;
      this.#show();
    }
    if (!this.#complete) {
      this.#complete = true;
      this.#show();
    }
  }

  async #takeAll(changes: Iterable<HistoryChange>): Promise<void> {
    let until = this.#clock.now() + SLICE;
    for (const change of changes) {
      this.#take(change);
      if (this.#clock.now() < until) continue;
      this.#show();
      await this.#clock.rest();
      until = this.#clock.now() + SLICE;
    }
  }

  #take(change: HistoryChange): void {
    const { replica, time, paths } = change;
    // The names of versions are not the document's life.
    const areas = new Set(
      paths.filter((path) => !path.startsWith('%')).map((path) => path.split('/')[0] ?? ''),
    );
    const last = this.#moments.at(-1);
    if (last !== undefined && (areas.size === 0 || belongs(last, replica, time)))
      this.#grow(last, change, areas);
    else {
      const moment = {
        replicas: [],
        from: time,
        to: time,
        edits: 0,
        areas: new Map(),
        lamport: change.lamport,
        ends: new Map(),
      };
      this.#moments.push(moment);
      this.#grow(moment, change, areas);
    }
  }

  #grow(moment: Growing, { replica, time, from, to }: HistoryChange, areas: ReadonlySet<string>): void {
    moment.ends.set(replica, to);
    if (areas.size === 0) return;
    if (!moment.replicas.includes(replica)) moment.replicas.push(replica);
    moment.from = Math.min(moment.from, time);
    moment.to = Math.max(moment.to, time);
    moment.edits += to - from;
    for (const area of areas) moment.areas.set(area, (moment.areas.get(area) ?? 0) + to - from);
  }

  #show(): void {
    // What grows gets a new identity; what is past keeps its own.
    const known = this.#shown;
    this.#shown = this.#moments.map((moment, i) => {
      const before = known[i];
      return before !== undefined && before.edits === moment.edits && before.from === moment.from
        ? before
        : { ...moment, replicas: [...moment.replicas], areas: new Map(moment.areas) };
    });
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Does a change by `replica` at `time` go on with what was done in `last`? */
function belongs(last: Growing, replica: ReplicaId, time: number): boolean {
  if (Math.abs(time - last.to) >= PAUSE || Math.abs(time - last.from) >= LONGEST) return false;
  return last.replicas.includes(replica) || Math.abs(time - last.to) < TOGETHER;
}
