import { Reader } from '../bytes/index.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { TypeEnv } from '../core/journal.ts';
import type { VersionVector } from '../core/version.ts';
import type { Container, LeafContainer } from '../schema/container.ts';
import { type Author, FORM, MULTI, UNREAD } from './author.ts';
import type { Log } from './log.ts';
import { readOpsInto } from './op-reader.ts';
import { SEGMENT } from './segments.ts';
import type { Targets } from './target.ts';
import { type Part, partsOf } from './walk.ts';

/*
 * What a document was. No second document is made: a journal tells its own past, and any other container's is made by
 * replaying its ops into a state that is forgotten when its view is taken.
 */

/** An op that no journal keeps, with where it stands. */
interface Kept {
  readonly author: Author;
  readonly part: Part;
  readonly lamport: number;
}

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

/** Tells the past of one log. */
export class Past {
  readonly #log: Log;
  readonly #targets: Targets;
  readonly #env: TypeEnv;

  constructor(log: Log, targets: Targets, env: TypeEnv) {
    this.#log = log;
    this.#targets = targets;
    this.#env = env;
  }

  /** The view of `root` at `version`. What the version has and this document lacks is left out. */
  view(root: Container, version: VersionVector): unknown {
    const knows = this.#knows(version);
    const ops = this.#opsByContainer(knows);
    return root.project((leaf) => this.#leafView(leaf, ops.get(leaf) ?? [], knows));
  }

  /** The containers that differ between two versions, by path. */
  diff(a: VersionVector, b: VersionVector): Difference[] {
    const [before, after] = [this.#knows(a), this.#knows(b)];
    const [opsBefore, opsAfter] = [this.#opsByContainer(before), this.#opsByContainer(after)];
    const differences: Difference[] = [];
    for (const leaf of this.#writtenBetween(a, b)) {
      const old = this.#leafView(leaf, opsBefore.get(leaf) ?? [], before);
      const now = this.#leafView(leaf, opsAfter.get(leaf) ?? [], after);
      if (JSON.stringify(old) !== JSON.stringify(now))
        differences.push({ path: leaf.path, kind: leaf.type.kind, before: old, after: now });
    }
    return differences.sort((x, y) => (x.path < y.path ? -1 : 1));
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
  #nexts(version: VersionVector): Float64Array {
    const nexts = new Float64Array(this.#log.peers.size);
    for (const [replica, next] of version) {
      const peer = this.#log.peers.find(replica);
      if (peer >= 0) nexts[peer] = next;
    }
    return nexts;
  }

  #knows(version: VersionVector): (peer: number, seq: number) => boolean {
    const nexts = this.#nexts(version);
    return (peer, seq) => seq < (nexts[peer] ?? 0);
  }

  #opsByContainer(knows: (peer: number, seq: number) => boolean): Map<LeafContainer, Kept[]> {
    const byContainer = new Map<LeafContainer, Kept[]>();
    for (const { author, from, lamport } of this.#log.since(new Map())) {
      if (!knows(author.peer, from)) continue;
      const entry = author.find(from);
      for (const part of partsOf(this.#log, this.#targets, author, entry)) {
        const { container } = part.target;
        if (container === null || part.form === SEGMENT.journaled || container.type.journal !== undefined)
          continue;
        const list = byContainer.get(container);
        const kept = { author, part, lamport: lamport + (part.from - from) };
        if (list === undefined) byContainer.set(container, [kept]);
        else list.push(kept);
      }
    }
    return byContainer;
  }

  #leafView(
    leaf: LeafContainer,
    ops: readonly Kept[],
    knows: (peer: number, seq: number) => boolean,
  ): unknown {
    const { type } = leaf;
    if (type.journal !== undefined) return type.journal.at(leaf.state, knows);
    const state = type.create(this.#env);
    for (const { author, part, lamport } of ops) {
      const r = new Reader(this.#log.heap.buffer, part.bodyFrom, part.bodyTo);
      // Perhaps it could not be read when it came, by an older app: what still cannot is passed over.
      const flags = author.flags(author.find(part.from));
      if ((flags & UNREAD) !== 0 && (flags & FORM) !== MULTI) r.varint();
      const replica = this.#log.peers.replica(author.peer);
      const { from, to } = part;
      readOpsInto(type, state, leaf.path, r, { replica, peer: author.peer, from, to, known: from, lamport });
    }
    type.settle?.(state);
    return type.view(state);
  }

  /** The containers that have ops in one version and not in the other. */
  #writtenBetween(a: VersionVector, b: VersionVector): Set<LeafContainer> {
    const written = new Set<LeafContainer>();
    const [nextA, nextB] = [this.#nexts(a), this.#nexts(b)];
    for (const author of this.#log.authors()) {
      const ends = [nextA[author.peer] as number, nextB[author.peer] as number].sort((x, y) => x - y);
      const [first, end] = ends as [number, number];
      for (let entry = author.find(first); entry < author.count && author.from(entry) < end; entry++) {
        for (const { target } of partsOf(this.#log, this.#targets, author, entry))
          if (target.container !== null) written.add(target.container);
      }
    }
    return written;
  }
}
