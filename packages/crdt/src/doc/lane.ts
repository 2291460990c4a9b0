import { DecodeError, Reader, Writer } from '../bytes/index.ts';
import { FLAG } from '../core/change-header.ts';
import { InvalidOp } from '../core/crdt-type.ts';
import type { LeafContainer } from '../schema/container.ts';
import { type Author, RUN } from './author.ts';
import type { Log } from './log.ts';
import { AuthorRefs } from './op-reader.ts';
import type { Outcome } from './outcome.ts';
import type { Targets } from './target.ts';

/** The first byte of a change of one id to the same container as before, of which nothing else is to be told. */
const NEXT = FLAG.one | FLAG.same;
/** So many changes are read as one. */
const LONGEST = 512;

/**
 * The short way for what nearly every change is: the next keystroke of whoever's came before it. It is known by its
 * first bytes, and those that come together are read as one op where the type can tell them as one.
 */
export class Lane {
  readonly #log: Log;
  readonly #targets: Targets;
  readonly #reader = new Reader(new Uint8Array(0));
  readonly #joined = new Writer(64);
  readonly #refs = new AuthorRefs();
  #author: Author | null = null;
  /** What it is called on the wire, as two numbers. */
  #low = 0;
  #high = 0;
  /** Where the body of a change begins that `isNext`. */
  at = 0;

  constructor(log: Log, targets: Targets) {
    this.#log = log;
    this.#targets = targets;
  }

  /** The next change is likely to be this author's. */
  follow(author: Author): void {
    if (author === this.#author) return;
    this.#author = author;
    const name = this.#log.peers.bytes(author.peer);
    this.#low = fourAt(name, 0);
    this.#high = fourAt(name, 4);
  }

  /** The author, if its next change may extend its last entry, which is a run. */
  author(): Author | null {
    const author = this.#author;
    if (author === null || author.named !== Number.POSITIVE_INFINITY) return null;
    if (this.#log.known(author.peer) !== author || author.count === 0) return null;
    return author.flags(author.count - 1) === RUN ? author : null;
  }

  /** Whether `bytes` are that author's keystroke with id `next`. */
  isNext(bytes: Uint8Array, next: number): boolean {
    const { length } = bytes;
    if (length < 11 || bytes[0] !== NEXT) return false;
    if (fourAt(bytes, 1) !== this.#low || fourAt(bytes, 5) !== this.#high) return false;
    let from = 0;
    let at = 9;
    for (let shift = 0; shift < 28 && at < length; shift += 7) {
      const byte = bytes[at++] as number;
      from |= (byte & 127) << shift;
      if (byte < 128) {
        this.at = at;
        return from === next && at < length;
      }
    }
    return false;
  }

  /** Takes the one that `isNext`, if its type can tell it at once; false if not, and then nothing was done. */
  takeKey(bytes: Uint8Array, author: Author, outcome: Outcome): boolean {
    const { container } = this.#targets.at(author.target(author.count - 1));
    const journal = container?.type.journal;
    if (container === null || journal?.readKey === undefined) return false;
    const { state, path } = container;
    const known = outcome.patches?.get(path);
    const patches = outcome.patches === null ? null : (known ?? []);
    const { peer, next, lamport } = author;
    if (!journal.readKey(state, bytes, this.at, peer, next, lamport + 1, patches)) return false;
    container.touch();
    if (container.type.settle !== undefined) outcome.touched.add(container);
    if (patches !== null && known === undefined) outcome.patches?.set(path, patches);
    author.extend(1);
    return true;
  }

  /** Takes changes of `list` from `start` on as one op: how many, 0 if it cannot, and then nothing was done. */
  takeSome(list: readonly Uint8Array[], start: number, outcome: Outcome): number {
    const author = this.author();
    if (author === null) return 0;
    const { container } = this.#targets.at(author.target(author.count - 1));
    const joiner = container?.type.journal?.joiner;
    if (container === null || joiner === undefined) return 0;
    const from = author.next;
    const end = Math.min(list.length, start + LONGEST);
    joiner.start();
    let i = start;
    for (let next = from; i < end; i++, next++) {
      const bytes = list[i] as Uint8Array;
      if (!this.isNext(bytes, next) || !joiner.add(bytes, this.at)) break;
    }
    if (i - start < 2) return 0;
    this.#joined.reset();
    joiner.finish(this.#joined);
    if (!this.#read(container, author, from + (i - start), outcome)) return 0;
    author.extend(i - start);
    this.#log.grown(author, null);
    outcome.applied += i - start;
    if (outcome.changes !== null) {
      const replica = this.#log.peers.replica(author.peer);
      for (let at = start; at < i; at++) {
        const seq = from + (at - start);
        outcome.changes.push({ replica, from: seq, to: seq + 1, bytes: list[at] as Uint8Array });
      }
    }
    return i - start;
  }

  /** Reads the one op that was joined. False, with nothing done, if it cannot be: then each is to be taken by itself. */
  #read(container: LeafContainer, { peer, next, lamport }: Author, to: number, outcome: Outcome): boolean {
    const { type, state, path } = container;
    const known = outcome.patches?.get(path);
    const patches = outcome.patches === null ? null : (known ?? []);
    this.#refs.author = this.#author;
    const r = this.#reader.reset(this.#joined.buffer, 0, this.#joined.length);
    try {
      type.journal?.read(state, r, peer, next, to, next, lamport + 1, this.#refs, patches);
    } catch (error) {
      if (error instanceof DecodeError || error instanceof InvalidOp) return false;
      throw error;
    }
    container.touch();
    if (type.settle !== undefined) outcome.touched.add(container);
    if (patches !== null && known === undefined && patches.length > 0) outcome.patches?.set(path, patches);
    return true;
  }
}

/** The four bytes from `at` on, which must be there, as one number. */
function fourAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}
