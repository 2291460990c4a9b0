import { DecodeError, Reader, Writer } from '../bytes/index.ts';
import { type Author, FORM, MULTI, OP, UNREAD } from './author.ts';
import type { Log } from './log.ts';
import { readSegments, SEGMENT } from './segments.ts';
import type { Targets } from './target.ts';

/*
 * The log on disk, by author and by column: what an author wrote is regular, and regular columns deflate to little.
 * Lamport times are not stored: they follow from what each change builds on. Peers and targets are the document's
 * small numbers, which its `meta` section lists.
 */

/** An entry's flags and where its bytes are in the file, as it is to be saved. */
export interface SavedEntry {
  readonly flags: number;
  readonly bodyLength: number;
}

/** Authors · for each: peer · entries · named · columns of widths, times, flags, targets, body lengths, deps. */
export function writeLog(log: Log, saved: (author: Author, entry: number) => SavedEntry): Uint8Array {
  const w = new Writer(1 << 12);
  const authors = [...log.authors()];
  w.varint(authors.length);
  for (const author of authors) {
    const entries = Array.from({ length: author.count }, (_, entry) => saved(author, entry));
    w.varint(author.peer);
    w.varint(author.count);
    // 0: everything is named; otherwise 1 + where naming stopped.
    w.varint(author.named >= author.next ? 0 : 1 + author.named);
    for (let i = 0; i < author.count; i++) w.varint(author.to(i) - author.from(i));
    for (let i = 0; i < author.count; i++) w.zigzag(author.time(i) - author.time(i - 1));
    for (const { flags } of entries) w.u8(flags);
    for (let i = 0; i < author.count; i++) {
      if ((author.flags(i) & FORM) !== MULTI) w.varint(author.target(i));
    }
    for (const { flags, bodyLength } of entries) if (hasBody(flags)) w.varint(bodyLength);
    const last = new Map<number, number>();
    for (let i = 0; i < author.count; i++) {
      const deps = author.deps(i) ?? [];
      w.varint(deps.length / 2);
      for (let d = 0; d < deps.length; d += 2) {
        const peer = deps[d] as number;
        const seq = deps[d + 1] as number;
        w.varint(peer);
        w.zigzag(seq - (last.get(peer) ?? 0));
        last.set(peer, seq);
      }
    }
  }
  return w.finish();
}

/** What `writeLog` wrote, before it is known whether it holds together. */
interface ReadEntry {
  readonly width: number;
  readonly time: number;
  readonly flags: number;
  readonly target: number;
  readonly bodyLength: number;
  readonly deps: readonly number[] | null;
}

interface ReadAuthor {
  readonly author: Author;
  readonly named: number;
  readonly entries: readonly ReadEntry[];
  bodyAt: number;
  done: number;
}

/** Fills an empty log. `bodies`: what all entries hold, author by author. Throws DecodeError on what cannot be. */
export function readLog(log: Log, targets: Targets, bytes: Uint8Array, bodies: Uint8Array): void {
  const r = new Reader(bytes);
  const authors: ReadAuthor[] = [];
  let bodyAt = 0;
  for (let n = r.count(3); n > 0; n--) {
    const peer = r.varint();
    if (peer >= log.peers.size || log.next(peer) > 0) throw new DecodeError('an author that cannot be');
    const count = r.count(4);
    const named = r.varint();
    const entries = readEntries(r, count, log.peers.size, targets.size);
    if (authors.some(({ author }) => author.peer === peer)) throw new DecodeError('an author twice');
    authors.push({ author: log.author(peer), named, entries, bodyAt, done: 0 });
    for (const entry of entries) bodyAt += entry.bodyLength;
  }
  r.end();
  if (bodyAt !== bodies.length) throw new DecodeError('bodies do not add up');
  log.heap.raw(bodies);
  const byPeer = new Map(authors.map((read) => [read.author.peer, read]));
  for (const read of authors) append(log, targets, read, byPeer);
  for (const { author, named } of authors) {
    if (named > author.next) throw new DecodeError('names beyond the end');
    author.named = named === 0 ? Number.POSITIVE_INFINITY : named - 1;
  }
}

/** Appends an author's entries, and first those of others that they build on: no stack, for chains may be long. */
function append(
  log: Log,
  targets: Targets,
  first: ReadAuthor,
  byPeer: ReadonlyMap<number, ReadAuthor>,
): void {
  const stack = [first];
  const waiting = new Set(stack);
  for (let read = stack.at(-1); read !== undefined; read = stack.at(-1)) {
    const entry = read.entries[read.done];
    if (entry === undefined) {
      stack.pop();
      waiting.delete(read);
      continue;
    }
    const lacks = lacking(log, entry.deps);
    if (lacks >= 0) {
      const other = byPeer.get(lacks);
      if (other === undefined || other.done === other.entries.length || waiting.has(other))
        throw new DecodeError('a change that builds on what is not there');
      stack.push(other);
      waiting.add(other);
      continue;
    }
    const { author } = read;
    const { width, time, target, flags, deps, bodyLength } = entry;
    const lamport = log.lamportAfter(author, deps);
    if (!hasBody(flags) && targets.at(target).container === null)
      throw new DecodeError('ops that nothing keeps');
    checkBody(log, targets, entry, read.bodyAt);
    author.append(width, lamport, time, target, flags, read.bodyAt, read.bodyAt + bodyLength, deps);
    log.grown(author, deps);
    read.bodyAt += bodyLength;
    read.done++;
    // Whoever waits for this one may go on, or waits for another.
    if (stack.length > 1) {
      const below = stack[stack.length - 2] as ReadAuthor;
      if (lacking(log, below.entries[below.done]?.deps ?? null) !== author.peer) {
        stack.pop();
        waiting.delete(read);
      }
    }
  }
}

/** Throws DecodeError unless the entry's bytes are what its flags say. */
function checkBody(log: Log, targets: Targets, { flags, width, bodyLength }: ReadEntry, from: number): void {
  if (!hasBody(flags) || bodyLength === 0) return;
  const r = new Reader(log.heap.buffer, from, from + bodyLength);
  if ((flags & FORM) === MULTI) {
    let ids = 0;
    for (const segment of readSegments(r)) {
      below(segment.target, targets.size);
      if (segment.form === SEGMENT.journaled && targets.at(segment.target).container === null)
        throw new DecodeError('ops that nothing keeps');
      ids += positive(segment.width);
    }
    if (ids !== width) throw new DecodeError('ids do not add up');
  } else if ((flags & UNREAD) !== 0) r.varint();
}

/** The peer of a dep that is not there yet, or -1. */
function lacking(log: Log, deps: readonly number[] | null): number {
  for (let i = 0; deps !== null && i < deps.length; i += 2)
    if (log.next(deps[i] as number) <= (deps[i + 1] as number)) return deps[i] as number;
  return -1;
}

function readEntries(r: Reader, count: number, peers: number, targets: number): ReadEntry[] {
  const column = <T>(read: () => T): T[] => Array.from({ length: count }, read);
  const widths = column(() => positive(r.varint()));
  let last = 0;
  const times = column(() => {
    last += r.zigzag();
    if (last < 0) throw new DecodeError('a time that cannot be');
    return last;
  });
  const flags = column(() => r.u8());
  const target = flags.map((flag) => ((flag & FORM) === MULTI ? 0 : below(r.varint(), targets)));
  const lengths = flags.map((flag) => (hasBody(flag) ? r.varint() : 0));
  const lastSeq = new Map<number, number>();
  const deps = column(() => {
    const pairs: number[] = [];
    for (let n = r.count(2); n > 0; n--) {
      const peer = below(r.varint(), peers);
      const seq = (lastSeq.get(peer) ?? 0) + r.zigzag();
      if (seq < 0) throw new DecodeError('a dep that cannot be');
      lastSeq.set(peer, seq);
      pairs.push(peer, seq);
    }
    return pairs.length === 0 ? null : pairs;
  });
  return widths.map((width, i) => ({
    width,
    time: times[i] as number,
    flags: flags[i] as number,
    target: target[i] as number,
    bodyLength: lengths[i] as number,
    deps: deps[i] as readonly number[] | null,
  }));
}

/** Journaled ops have none. */
export function hasBody(flags: number): boolean {
  const form = flags & FORM;
  return (flags & UNREAD) !== 0 || form === OP || form === MULTI;
}

function positive(n: number): number {
  if (n < 1) throw new DecodeError('an entry without ids');
  return n;
}

function below(n: number, limit: number): number {
  if (n >= limit) throw new DecodeError('a number beyond the table');
  return n;
}
