import { Reader, Writer } from '../bytes/index.ts';
import { Slab } from '../bytes/slab.ts';
import { FLAG } from '../core/change-header.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { RefWriter } from '../core/journal.ts';
import type { Target } from '../schema/container.ts';
import { ATOMIC, type Author, DROPPED, FORM, MULTI, RUN, UNREAD } from './author.ts';
import type { Log } from './log.ts';
import { readSegments, SEGMENT } from './segments.ts';
import type { Targets } from './target.ts';

/**
 * Cuts the bytes of changes from the log, for any range of one author's ids that lies within an entry. Two cuts of one
 * range are equal, on every replica: what a change says depends on nothing but the author's changes before it.
 *
 * Format: flags u8 · replica 8 B · from · [length] · [names] · [time] · [deps] · [target] · body. The time is in
 * seconds since the author's last change, zigzag; a dep is a replica's number and a seq; a body of several containers
 * is their count, then for each target · length in ids · [length in bytes, but for the last] · bytes. Numbers are varints.
 */
export class Cutter {
  readonly #log: Log;
  readonly #targets: Targets;
  readonly #body = new Writer();
  readonly #part = new Writer();
  readonly #slab = new Slab();
  readonly #refs = new Refs();
  readonly #reader = new Reader(new Uint8Array(0));

  constructor(log: Log, targets: Targets) {
    this.#log = log;
    this.#targets = targets;
  }

  replica(peer: number): ReplicaId {
    return this.#log.peers.replica(peer);
  }

  cutOf(peer: number, from: number, to: number): Uint8Array {
    return this.cut(this.#log.author(peer), from, to);
  }

  /** How many ids before the entry its bytes tell of, too: they had come before, and none of it could be read. */
  skew(author: Author, entry: number): number {
    const flags = author.flags(entry);
    if ((flags & UNREAD) === 0 || (flags & FORM) === MULTI) return 0;
    return this.#reader.reset(this.#log.heap.buffer, author.bodyFrom(entry), author.bodyTo(entry)).varint();
  }

  /** The bytes of [from, to), which lies within one entry. */
  cut(author: Author, from: number, to: number): Uint8Array {
    if (author.named < from) this.name(author, from);
    let entry = author.find(from);
    const flags = author.flags(entry);
    if ((flags & DROPPED) !== 0) throw new RangeError('the history before this was left out');
    if (flags === RUN && from > author.from(entry)) {
      const bytes = this.#cutRun(author, entry, from, to);
      if (bytes !== null) return bytes;
    }
    this.#write(author, entry, from, to);
    if (author.named < to) {
      author.named = to;
      // A run that uses a new name ends before it.
      if (this.#refs.splitRun(author)) entry = author.find(from);
    }
    return this.#assemble(author, entry, from, to);
  }

  /** The middle of a run, which is what keystrokes are: null if it turns out that a new name begins there. */
  #cutRun(author: Author, entry: number, from: number, to: number): Uint8Array | null {
    const w = this.#slab.begin();
    const flags = (to - from === 1 ? FLAG.one : 0) | FLAG.same;
    w.head(flags, this.#log.peers.bytes(author.peer), from);
    if (to - from !== 1) w.varint(to - from);
    this.#refs.start(author, -1);
    this.#journal(w, author, this.#targets.at(author.target(entry)), from, to);
    if (!this.#refs.isNew) {
      if (author.named < to) author.named = to;
      return this.#slab.end();
    }
    this.#slab.abandon();
    this.#refs.splitRun(author);
    return null;
  }

  /** Gives numbers to all that the author's changes below `to` name, in their order. */
  name(author: Author, to: number): void {
    while (author.named < to) {
      const entry = author.find(author.named);
      const end = Math.min(to, author.to(entry));
      if ((author.flags(entry) & DROPPED) === 0) this.#write(author, entry, author.named, end);
      author.named = end;
      this.#refs.splitRun(author);
    }
  }

  /** Writes the body of [from, to) and gives numbers to what is new in it. */
  #write(author: Author, entry: number, from: number, to: number): void {
    const start = author.from(entry);
    const flags = author.flags(entry);
    this.#body.reset();
    this.#refs.start(author, flags === RUN ? -1 : start);
    if (author.named <= start) this.#nameHeader(author, entry, start);
    if ((flags & FORM) === MULTI) this.#writeSegments(author, entry, from);
    else if (flags === RUN || flags === ATOMIC) {
      this.#journal(this.#body, author, this.#targets.at(author.target(entry)), from, to);
    } else {
      const r = this.#reader.reset(this.#log.heap.buffer, author.bodyFrom(entry), author.bodyTo(entry));
      if ((flags & UNREAD) !== 0) r.varint();
      this.#body.copy(this.#log.heap.buffer, r.position, author.bodyTo(entry));
    }
  }

  #nameHeader(author: Author, entry: number, start: number): void {
    const { names } = author;
    const deps = author.deps(entry);
    if (deps !== null) {
      for (let i = 0; i < deps.length; i += 2) {
        if (names.peerNumber(deps[i] as number) < 0) names.definePeer(deps[i] as number, start);
      }
    }
    if ((author.flags(entry) & FORM) === MULTI) return;
    const target = this.#targets.at(author.target(entry));
    if (names.targetNumber(target) < 0) names.defineTarget(target, start);
  }

  #writeSegments(author: Author, entry: number, start: number): void {
    const { buffer } = this.#log.heap;
    const segments = readSegments(this.#reader.reset(buffer, author.bodyFrom(entry), author.bodyTo(entry)));
    const w = this.#body;
    w.varint(segments.length);
    let seq = start;
    segments.forEach((segment, i) => {
      const target = this.#targets.at(segment.target);
      let number = author.names.targetNumber(target);
      if (number < 0) number = author.names.defineTarget(target, start);
      w.varint(number);
      w.varint(segment.width);
      this.#part.reset();
      if (segment.form === SEGMENT.journaled) {
        this.#journal(this.#part, author, target, seq, seq + segment.width);
      } else this.#part.copy(buffer, segment.from, segment.to);
      if (i < segments.length - 1) w.varint(this.#part.length);
      w.copy(this.#part.buffer, 0, this.#part.length);
      seq += segment.width;
    });
  }

  #journal(w: Writer, author: Author, target: Target, from: number, to: number): void {
    const container = target.container;
    const journal = container?.type.journal;
    if (!container || !journal) throw new Error(`nothing keeps the ops of ${target.path}`);
    journal.write(container.state, author.peer, from, to, w, this.#refs);
  }

  #assemble(author: Author, entry: number, from: number, to: number): Uint8Array {
    const { names } = author;
    const entryFlags = author.flags(entry);
    const form = entryFlags & FORM;
    const skew = this.skew(author, entry);
    const first = skew === 0 ? entry : author.find(from - skew);
    const start = author.from(first);
    // As it came: with a head only if it begins where its author's change did.
    const whole = from - skew === start && (skew === 0 || this.skew(author, first) === 0);
    const time = whole ? author.time(first) - author.time(first - 1) : 0;
    const deps = whole ? author.deps(first) : null;
    const defines = whole && names.definesAt(start);
    const isSame = !whole || follows(author, first);
    const width = to - from + skew;
    let flags = form === ATOMIC ? FLAG.atomic : form === MULTI ? FLAG.multi : 0;
    if (width === 1) flags |= FLAG.one;
    if (time !== 0) flags |= FLAG.time;
    if (deps !== null) flags |= FLAG.deps;
    if (defines) flags |= FLAG.defines;
    if (isSame) flags |= FLAG.same;

    const w = this.#slab.begin();
    w.head(flags, this.#log.peers.bytes(author.peer), from - skew);
    if (width !== 1) w.varint(width);
    if (defines) names.write(w, start, this.#log.peers);
    if (time !== 0) w.zigzag(time);
    if (deps !== null) {
      w.varint(deps.length / 2);
      for (let i = 0; i < deps.length; i += 2) {
        w.varint(names.peerNumber(deps[i] as number));
        w.varint(deps[i + 1] as number);
      }
    }
    if (!isSame && form !== MULTI) w.varint(names.targetNumber(this.#targets.at(author.target(entry))));
    w.copy(this.#body.buffer, 0, this.#body.length);
    return this.#slab.end();
  }
}

/** Is the entry to the same container as the author's one before it? */
function follows(author: Author, entry: number): boolean {
  return (
    entry > 0 &&
    (author.flags(entry) & FORM) !== MULTI &&
    (author.flags(entry - 1) & FORM) !== MULTI &&
    author.target(entry - 1) === author.target(entry)
  );
}

/** Numbers of replicas, and where in a run they are first used. */
class Refs implements RefWriter {
  #author: Author | null = null;
  #since = -1;
  readonly #splits: number[] = [];
  /** A run used a name for the first time. */
  isNew = false;

  /** `since`: the first seq of the change that is written, or -1 in a run, where each op is one. */
  start(author: Author, since: number): void {
    this.#author = author;
    this.#since = since;
    if (this.isNew) this.#splits.length = 0;
    this.isNew = false;
  }

  peer(w: Writer, peer: number, seq: number): void {
    const { names } = this.#author as Author;
    let number = names.peerNumber(peer);
    if (number < 0) {
      const since = this.#since < 0 ? seq : this.#since;
      number = names.definePeer(peer, since);
      if (this.#since < 0) {
        this.#splits.push(seq);
        this.isNew = true;
      }
    }
    w.varint(number);
  }

  splitRun(author: Author): boolean {
    if (!this.isNew) return false;
    for (const seq of this.#splits) author.split(seq);
    this.#splits.length = 0;
    this.isNew = false;
    return true;
  }
}
