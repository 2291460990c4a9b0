import type { ReplicaId } from '../core/ids.ts';
import type { TypeEnv } from '../core/journal.ts';
import type { VersionVector } from '../core/version.ts';
import type { Container, LeafContainer } from '../schema/container.ts';
import { compareIds } from './compare-ids.ts';
import { LeafPast, type Nexts } from './leaf-past.ts';
import type { Log } from './log.ts';
import type { Targets } from './target.ts';
import { partsOf } from './walk.ts';

/*
 * What a document was. No second document is made: each container's past is made of its ops alone, when somebody asks
 * for it, and of no other container than those that show.
 */

/** A container that differs between two versions. */
export interface Difference {
  readonly path: string;
  readonly kind: string;
  /** What it showed. */
  readonly before: unknown;
  readonly after: unknown;
}

/** A stretch of a sequence that one change wrote. */
export interface Blame {
  readonly from: number;
  readonly to: number;
  readonly replica: ReplicaId;
  /** Milliseconds since 1970 by the author's clock, to the second. */
  readonly time: number;
  /** The ids of the change, or of the run of changes in one go. */
  readonly change: { readonly from: number; readonly to: number };
}

/** Elements in a row of a sequence, as two versions have them. */
export interface Compared {
  readonly kind: 'kept' | 'added' | 'removed';
  readonly count: number;
  /** Who wrote them. */
  readonly replica: ReplicaId;
}

/** How many entries of the log are taken in before somebody else gets a turn. */
const AT_ONCE = 500;

/** Tells the past of one log. */
export class Past {
  readonly #log: Log;
  /** Which making of the log. */
  readonly #cleared: number;
  readonly #targets: Targets;
  readonly #env: TypeEnv;
  readonly #leaves = new Map<LeafContainer, LeafPast>();
  /** What of the log is in `#leaves`. */
  #indexed: VersionVector = new Map();
  /** Taking in what is not, if somebody began to. */
  #indexing: Generator<void> | null = null;

  constructor(log: Log, targets: Targets, env: TypeEnv) {
    this.#log = log;
    this.#cleared = log.cleared;
    this.#targets = targets;
    this.#env = env;
  }

  /** The log was made anew since: this tells of another one. */
  get isOver(): boolean {
    return this.#log.cleared !== this.#cleared;
  }

  /**
   * Makes ready what is told of `versions`, the oldest first: a bit with each step, so that a long history does not stop
   * the page. Only sequences are replayed; any other container is quick to ask. `way`: what to pass on the way there.
   */
  *recall(versions: readonly VersionVector[], way: readonly VersionVector[]): Generator<void> {
    this.#log.needHistory();
    while (!this.isOver && this.#log.snapshot !== this.#indexed) {
      this.#indexing ??= this.#takeIn();
      if (this.#indexing.next().done) this.#indexing = null;
      yield;
    }
    const nexts = versions.map((version) => this.#nexts(version));
    const stops = way.map((version) => this.#nexts(version));
    for (const [leaf, past] of [...this.#leaves]) {
      if (leaf.type.journal === undefined) continue;
      for (const each of [...stops, ...nexts]) {
        if (this.isOver) return;
        if (stops.includes(each) && nexts.every((target) => past.isPassed(each, target))) continue;
        past.view(each);
        yield;
      }
    }
  }

  /** The view of `root` at `version`. What the version has and this document lacks is left out. */
  view(root: Container, version: VersionVector): unknown {
    this.#log.needHistory();
    const nexts = this.#nexts(version);
    this.#index();
    return root.project((leaf) => this.#viewOf(leaf, nexts));
  }

  /** The containers that differ between two versions, by path. */
  diff(a: VersionVector, b: VersionVector): Difference[] {
    this.#log.needHistory();
    const [before, after] = [this.#nexts(a), this.#nexts(b)];
    this.#index();
    const differences: Difference[] = [];
    for (const leaf of this.#writtenBetween(before, after)) {
      const old = this.#viewOf(leaf, before);
      const now = this.#viewOf(leaf, after);
      if (old !== now && JSON.stringify(old) !== JSON.stringify(now))
        differences.push({ path: leaf.path, kind: leaf.type.kind, before: old, after: now });
    }
    return differences.sort((x, y) => (x.path < y.path ? -1 : 1));
  }

  /** How a sequence became at `b` what it was at `a`, from its start to its end. Throws RangeError for any other type. */
  compare(leaf: LeafContainer, a: VersionVector, b: VersionVector): Compared[] {
    this.#log.needHistory();
    this.#index();
    const past = this.#of(leaf);
    return compareIds(past.ids(this.#nexts(a)), past.ids(this.#nexts(b))).map(({ kind, count, peer }) => ({
      kind,
      count,
      replica: this.#log.peers.replica(peer),
    }));
  }

  /** By container the ops that make it show what it showed at `version`, of those that were written to since; but for one. */
  *restore(
    version: VersionVector,
    except: LeafContainer,
  ): Generator<readonly [LeafContainer, Iterable<unknown>]> {
    const nexts = this.#nexts(version);
    this.#index();
    for (const leaf of this.#writtenBetween(nexts, this.#nexts(this.#log.version)))
      if (leaf !== except) yield [leaf, this.#of(leaf).restore(nexts)];
  }

  /** Who wrote the elements [from, to) of a container that keeps a journal. Throws RangeError for any other. */
  blame(leaf: LeafContainer, from: number, to: number): Blame[] {
    const ids = leaf.type.journal?.ids;
    if (ids === undefined) throw new RangeError(`${leaf.path} is no sequence of which authors are known`);
    const blames: Blame[] = [];
    let at = from;
    for (const { peer, seq, length } of ids(leaf.state, from, to)) {
      const author = this.#log.author(peer);
      for (let next = seq; next < seq + length; ) {
        const entry = author.find(next);
        const end = Math.min(seq + length, author.to(entry));
        const change = { from: author.from(entry), to: author.to(entry) };
        const time = author.time(entry) * 1000;
        const last = blames.at(-1);
        const replica = this.#log.peers.replica(peer);
        const until = at + end - next;
        if (last?.replica === replica && last.change.from === change.from)
          blames[blames.length - 1] = { ...last, to: until };
        else blames.push({ from: at, to: until, replica, time, change });
        at = until;
        next = end;
      }
    }
    return blames;
  }

  /** By peer the first id that `version` lacks. */
  #nexts(version: VersionVector): Nexts {
    const nexts = new Float64Array(this.#log.peers.size);
    for (const [replica, next] of version) {
      const peer = this.#log.peers.find(replica);
      if (peer >= 0) nexts[peer] = next;
    }
    return nexts;
  }

  /** Takes in what the log has got since. */
  #index(): void {
    while (this.#log.snapshot !== this.#indexed) {
      for (const _ of this.#indexing ?? this.#takeIn());
      this.#indexing = null;
    }
  }

  *#takeIn(): Generator<void> {
    const version = this.#log.snapshot;
    let taken = 0;
    for (const { author, from, to, lamport } of this.#log.since(this.#indexed, version)) {
      for (const part of partsOf(this.#log, this.#targets, author, author.find(from))) {
        const { container } = part.target;
        if (container === null) continue;
        // A run that is known in part goes on.
        const known = { ...part, from: Math.max(part.from, from), to: Math.min(part.to, to) };
        this.#of(container).add(author, known, lamport + (known.from - from));
      }
      if (++taken % AT_ONCE === 0) yield;
    }
    this.#indexed = version;
  }

  #of(leaf: LeafContainer): LeafPast {
    let past = this.#leaves.get(leaf);
    if (past === undefined) {
      past = new LeafPast(leaf, this.#log, this.#env);
      this.#leaves.set(leaf, past);
    }
    return past;
  }

  #viewOf(leaf: LeafContainer, nexts: Nexts): unknown {
    const past = this.#leaves.get(leaf);
    return past === undefined ? leaf.type.view(leaf.state) : past.view(nexts);
  }

  /** The containers that have ops in one version and not in the other. */
  #writtenBetween(a: Nexts, b: Nexts): Set<LeafContainer> {
    const written = new Set<LeafContainer>();
    for (const author of this.#log.authors()) {
      const [one, other] = [a[author.peer] ?? 0, b[author.peer] ?? 0];
      const end = Math.max(one, other);
      const first = author.find(Math.min(one, other));
      for (let entry = first; entry < author.count && author.from(entry) < end; entry++) {
        for (const { target } of partsOf(this.#log, this.#targets, author, entry))
          if (target.container !== null) written.add(target.container);
      }
    }
    return written;
  }
}
