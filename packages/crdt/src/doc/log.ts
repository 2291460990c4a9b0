import { Writer } from '../bytes/index.ts';
import type { ReplicaId } from '../core/ids.ts';
import { Peers } from '../core/peers.ts';
import type { VersionVector } from '../core/version.ts';
import { Author, RUN } from './author.ts';

/** An entry of the log from one of its ids on. */
export interface Piece {
  readonly author: Author;
  readonly from: number;
  readonly to: number;
  readonly lamport: number;
}

/**
 * The causal graph of all changes of a document, by author, in columns. Append-only. Order of application is not kept:
 * Lamport times give a causal order whenever one is wanted.
 */
export class Log {
  readonly peers: Peers;
  /** Bodies of ops that no journal keeps, as they were written. */
  readonly heap = new Writer();
  readonly #authors: (Author | undefined)[] = [];
  /** Authors whose last change nobody has built on. */
  #heads: Author[] = [];
  readonly #version = new Map<ReplicaId, number>();
  #snapshot: VersionVector | null = null;
  readonly #stale: Author[] = [];
  /** How often it was made anew. */
  cleared = 0;

  constructor(peers = new Peers()) {
    this.peers = peers;
  }

  /** The ops of some changes were left out when the document was saved. */
  isTrimmed = false;

  /** Throws RangeError if ops were left out. */
  needHistory(): void {
    if (this.isTrimmed) throw new RangeError('saved without history');
  }

  /** Forgets everything but what peers are called. */
  clear(): void {
    this.cleared++;
    this.heap.reset();
    this.#authors.length = 0;
    this.#heads = [];
    this.#version.clear();
    this.#snapshot = null;
    this.#stale.length = 0;
  }

  /** Null if nothing by this peer is known. */
  known(peer: number): Author | null {
    return this.#authors[peer] ?? null;
  }

  author(peer: number): Author {
    let author = this.#authors[peer];
    if (author === undefined) {
      author = new Author(peer);
      this.#authors[peer] = author;
    }
    return author;
  }

  *authors(): Generator<Author> {
    for (const author of this.#authors) if (author !== undefined && author.next > 0) yield author;
  }

  /** The live version vector: the same map, whatever comes. */
  get version(): VersionVector {
    if (this.#stale.length > 0) this.#snapshot = null;
    for (const author of this.#stale) {
      author.isStale = false;
      this.#version.set(this.peers.replica(author.peer), author.next);
    }
    this.#stale.length = 0;
    return this.#version;
  }

  /** The version vector as it is now: a map that does not change, the same one until something does. */
  get snapshot(): VersionVector {
    const { version } = this;
    this.#snapshot ??= new Map(version);
    return this.#snapshot;
  }

  next(peer: number): number {
    return this.#authors[peer]?.next ?? 0;
  }

  lamportOf(peer: number, seq: number): number {
    const author = this.#authors[peer];
    if (author === undefined) throw new RangeError(`no such id: ${seq} of peer ${peer}`);
    return author.lamportOf(seq);
  }

  /** What a change made now by `author` builds on besides its own last one, as pairs of peer and seq; null if nothing. */
  depsOf(author: Author): number[] | null {
    const heads = this.#heads;
    if (heads.length === 0 || (heads.length === 1 && heads[0] === author)) return null;
    const others = heads.filter((head) => head !== author);
    others.sort((a, b) => this.peers.compare(a.peer, b.peer));
    return others.flatMap((head) => [head.peer, head.next - 1]);
  }

  /** 1 + the greatest Lamport time among `deps` and the author's last change. All must be known. */
  lamportAfter(author: Author, deps: readonly number[] | null): number {
    let lamport = author.next === 0 ? 0 : author.lamport;
    if (deps !== null) {
      for (let i = 0; i < deps.length; i += 2)
        lamport = Math.max(lamport, this.lamportOf(deps[i] as number, deps[i + 1] as number));
    }
    return lamport + 1;
  }

  /** To be called after each growth of `author`, with what the new change builds on. */
  grown(author: Author, deps: readonly number[] | null): void {
    if (!author.isStale) {
      author.isStale = true;
      this.#stale.push(author);
    }
    if (deps !== null) {
      for (let i = 0; i < deps.length; i += 2) {
        const head = this.#authors[deps[i] as number];
        if (head?.isHead && head.next - 1 === deps[i + 1]) head.isHead = false;
      }
      this.#heads = this.#heads.filter((head) => head.isHead);
    }
    if (!author.isHead) {
      author.isHead = true;
      this.#heads.push(author);
    }
  }

  /** What `version` lacks in ≺, which is a causal order; no more than `until` has. */
  since(version: VersionVector, until?: VersionVector): Piece[] {
    const pieces: Piece[] = [];
    for (const author of this.authors()) {
      const replica = this.peers.replica(author.peer);
      const known = version.get(replica) ?? 0;
      const end = until === undefined ? author.next : Math.min(until.get(replica) ?? 0, author.next);
      for (let entry = author.find(known); entry < author.count && author.from(entry) < end; entry++) {
        const next = piece(author, entry, known, end);
        if (next !== null) pieces.push(next);
      }
    }
    return pieces.sort((a, b) => a.lamport - b.lamport || this.peers.compare(a.author.peer, b.author.peer));
  }
}

/** An entry, without what lies below `known` if it may be cut there; null if it goes beyond `end` and may not. */
function piece(author: Author, entry: number, known: number, end: number): Piece | null {
  const start = author.from(entry);
  const isRun = author.flags(entry) === RUN;
  const from = isRun ? Math.max(start, known) : start;
  const to = isRun ? Math.min(author.to(entry), end) : author.to(entry);
  if (from >= to || to > end) return null;
  return { author, from, to, lamport: author.lamportAt(entry) + (from - start) };
}
