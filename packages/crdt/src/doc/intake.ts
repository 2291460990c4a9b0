import { DecodeError, Reader, Writer } from '../bytes/index.ts';
import { FLAG, readRange } from '../core/change-header.ts';
import { type ReplicaId, readReplica } from '../core/ids.ts';
import type { Target } from '../schema/container.ts';
import { ATOMIC, type Author, FORM, MULTI, OP, RUN, UNREAD } from './author.ts';
import type { Cutter } from './cutter.ts';
import { Lane } from './lane.ts';
import type { Log } from './log.ts';
import type { NamesMark } from './names.ts';
import { AuthorRefs, readOps } from './op-reader.ts';
import type { Outcome } from './outcome.ts';
import { ParkedChanges } from './parked.ts';
import { SEGMENT, writeSegment } from './segments.ts';
import type { Targets } from './target.ts';

const NOTHING: readonly unknown[] = [];
const MAX_TIME = 2 ** 40;

/** Takes changes from anywhere: reads their headers, waits for what they build on, applies, and logs them. */
export class Intake {
  readonly #log: Log;
  readonly #targets: Targets;
  readonly #cutter: Cutter;
  readonly parked = new ParkedChanges();
  readonly #reader = new Reader(new Uint8Array(0));
  readonly #part = new Reader(new Uint8Array(0));
  readonly #refs = new AuthorRefs();
  readonly #body = new Writer(256);
  readonly #lane: Lane;
  /** The origin of what is being read; one object for all. */
  readonly #origin = { replica: '' as ReplicaId, peer: 0, from: 0, to: 0, known: 0, lamport: 0 };

  constructor(log: Log, targets: Targets, cutter: Cutter) {
    this.#log = log;
    this.#targets = targets;
    this.#cutter = cutter;
    this.#lane = new Lane(log, targets);
  }

  /** To be called after each batch, before anybody looks. */
  settle(outcome: Outcome): void {
    if (outcome.touched.size === 0) return;
    for (const container of outcome.touched) {
      const patches = container.type.settle?.(container.state) ?? NOTHING;
      if (patches.length === 0 || outcome.patches === null) continue;
      const list = outcome.patches.get(container.path);
      if (list === undefined) outcome.patches.set(container.path, [...patches]);
      else for (const patch of patches) list.push(patch);
    }
    outcome.touched.clear();
  }

  /** Takes changes in their order. */
  takeAll(list: readonly Uint8Array[], outcome: Outcome): void {
    for (let i = 0; i < list.length; ) {
      const count =
        i + 1 < list.length && this.parked.count === 0 ? this.#lane.takeSome(list, i, outcome) : 0;
      if (count === 0) this.take(list[i] as Uint8Array, outcome);
      i += Math.max(1, count);
    }
  }

  /** Takes one change and all that waited for it. Never throws on what the bytes say. */
  take(bytes: Uint8Array, outcome: Outcome): void {
    if (this.parked.count === 0 && this.#takeNext(bytes, outcome)) return;
    let queue: Uint8Array[] | null = null;
    for (let next: Uint8Array | undefined = bytes; next !== undefined; next = queue?.shift()) {
      try {
        const author = this.#takeOne(next, outcome);
        if (author !== null && this.parked.count > 0) {
          const released = this.parked.release(this.#log.peers.replica(author.peer), author.next);
          queue = queue === null || queue.length === 0 ? released : [...queue, ...released];
        }
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        outcome.reject('malformed-change', error.message);
      }
    }
  }

  /** Takes the next keystroke of whoever's came last. False if it is anything else. */
  #takeNext(bytes: Uint8Array, outcome: Outcome): boolean {
    const lane = this.#lane;
    const author = lane.author();
    if (author === null || !lane.isNext(bytes, author.next)) return false;
    const from = author.next;
    if (!lane.takeKey(bytes, author, outcome)) {
      const last = author.count - 1;
      const target = this.#targets.at(author.target(last));
      if (target.container === null) return false;
      const time = author.time(last);
      const r = this.#reader.reset(bytes, lane.at);
      this.#takeSingle(
        author,
        target,
        from + 1,
        author.lamport + 1,
        time,
        null,
        RUN,
        true,
        r,
        bytes,
        outcome,
      );
    }
    this.#log.grown(author, null);
    outcome.applied++;
    outcome.changes?.push({ replica: this.#log.peers.replica(author.peer), from, to: from + 1, bytes });
    return true;
  }

  /** Returns the author if something of it was applied. */
  #takeOne(bytes: Uint8Array, outcome: Outcome): Author | null {
    const r = this.#reader.reset(bytes);
    const flags = r.u8();
    if ((flags & FLAG.nameless) !== 0) throw new DecodeError('a change without its replica');
    const { peers } = this.#log;
    const peer = peers.read(r);
    const from = r.varint();
    const to = readRange(r, flags, from);
    const next = peer < 0 ? 0 : this.#log.next(peer);
    if (to <= next) {
      outcome.known++;
      return null;
    }
    if (from > next) {
      const replica = readReplica(this.#part.reset(bytes, 1));
      this.#park(replica, from - 1, { replica, from, to }, bytes, outcome);
      return null;
    }
    const author = this.#log.author(peer < 0 ? peers.intern(readReplica(this.#part.reset(bytes, 1))) : peer);
    const isOwn = author.named !== Number.POSITIVE_INFINITY;
    if (isOwn) this.#cutter.name(author, author.next);
    const taken =
      from < next
        ? this.#takeRest(author, flags, from, to, r, bytes, outcome)
        : this.#takeWhole(author, flags, to, r, bytes, outcome);
    if (!taken) return null;
    if (isOwn) author.named = author.next;
    this.#lane.follow(author);
    outcome.applied++;
    outcome.changes?.push({ replica: peers.replica(author.peer), from, to, bytes });
    return author;
  }

  #takeWhole(
    author: Author,
    flags: number,
    to: number,
    r: Reader,
    bytes: Uint8Array,
    outcome: Outcome,
  ): boolean {
    const from = author.next;
    const mark = (flags & FLAG.defines) !== 0 ? author.names.mark() : null;
    let deps: number[] | null = null;
    let time = author.time(author.count - 1);
    let target: Target | null = null;
    let isDone = false;
    try {
      if (mark !== null) author.names.read(r, from, this.#log.peers, this.#targets);
      if ((flags & FLAG.time) !== 0) time += r.zigzag();
      if (time < 0 || time > MAX_TIME) throw new DecodeError('a time that cannot be');
      if ((flags & FLAG.deps) !== 0) {
        deps = readDeps(r, author);
        const lacks = this.#lacks(deps);
        if (lacks >= 0) {
          const replica = this.#log.peers.replica(author.peer);
          const other = this.#log.peers.replica(deps[lacks] as number);
          this.#park(other, deps[lacks + 1] as number, { replica, from, to }, bytes, outcome);
          return false;
        }
      }
      if ((flags & FLAG.multi) !== 0) checkSegments(r, author, to - from);
      else target = this.#readTarget(r, author, flags, author.count - 1);
      isDone = true;
    } finally {
      if (!isDone && mark !== null) author.names.restore(mark as NamesMark);
    }
    const lamport = this.#log.lamportAfter(author, deps);
    if (target === null) this.#takeMulti(author, to, lamport, time, deps, r, bytes, outcome);
    else {
      const plain = FLAG.time | FLAG.deps | FLAG.defines | FLAG.same | FLAG.atomic;
      const mayExtend = (flags & plain) === FLAG.same;
      const form = (flags & FLAG.atomic) !== 0 ? ATOMIC : RUN;
      this.#takeSingle(author, target, to, lamport, time, deps, form, mayExtend, r, bytes, outcome);
    }
    this.#log.grown(author, deps);
    return true;
  }

  #takeSingle(
    author: Author,
    target: Target,
    to: number,
    lamport: number,
    time: number,
    deps: readonly number[] | null,
    wireForm: number,
    mayExtend: boolean,
    r: Reader,
    bytes: Uint8Array,
    outcome: Outcome,
  ): void {
    const from = author.next;
    const at = r.position;
    const { container } = target;
    const isJournaled = container?.type.journal !== undefined;
    if (this.#read(author, target, from, to, from, lamport, r, outcome)) {
      if (isJournaled && mayExtend && author.extends(target.index, time)) author.extend(to - from);
      else if (isJournaled) author.append(to - from, lamport, time, target.index, wireForm, 0, 0, deps);
      else {
        const start = this.#keep(bytes, at);
        author.append(to - from, lamport, time, target.index, OP, start, this.#log.heap.length, deps);
      }
      return;
    }
    const start = this.#keepUnread(bytes, at, 0);
    const { length } = this.#log.heap;
    author.append(to - from, lamport, time, target.index, wireForm | UNREAD, start, length, deps);
  }

  /** A run of which the first ids are known. */
  #takeRest(
    author: Author,
    flags: number,
    from: number,
    to: number,
    r: Reader,
    bytes: Uint8Array,
    outcome: Outcome,
  ): boolean {
    if ((flags & (FLAG.atomic | FLAG.multi)) !== 0) {
      outcome.reject('overlap', `${this.#log.peers.replica(author.peer)} ${from}–${to}, has ${author.next}`);
      return false;
    }
    if ((flags & FLAG.defines) !== 0) author.names.skip(r, from);
    if ((flags & FLAG.time) !== 0) r.zigzag();
    if ((flags & FLAG.deps) !== 0) readDeps(r, author);
    const entry = author.find(from);
    const target = this.#readTarget(r, author, flags, entry);
    const at = r.position;
    const known = author.next;
    const lamport = author.lamportOf(from);
    const time = author.time(author.count - 1);
    const rest = author.lamport + 1;
    if (target.container !== null && target.container.type.journal === undefined) {
      outcome.reject('overlap', `${target.path}: part of an op`);
      return false;
    }
    if (this.#read(author, target, from, to, known, lamport, r, outcome)) {
      if (author.extends(target.index, time)) author.extend(to - known);
      else author.append(to - known, rest, time, target.index, RUN, 0, 0, null);
    } else {
      const start = this.#keepUnread(bytes, at, known - from);
      author.append(to - known, rest, time, target.index, RUN | UNREAD, start, this.#log.heap.length, null);
    }
    this.#log.grown(author, null);
    return true;
  }

  #takeMulti(
    author: Author,
    to: number,
    lamport: number,
    time: number,
    deps: readonly number[] | null,
    r: Reader,
    bytes: Uint8Array,
    outcome: Outcome,
  ): void {
    const from = author.next;
    const body = this.#body;
    body.reset();
    let unread = 0;
    let seq = from;
    for (let n = r.varint(); n > 0; n--) {
      const target = author.names.targets[r.varint()] as Target;
      const width = r.varint();
      const length = n > 1 ? r.varint() : r.remaining;
      const start = r.position;
      const part = this.#part.reset(bytes, start, start + length);
      const isRead = this.#read(author, target, seq, seq + width, seq, lamport + (seq - from), part, outcome);
      if (!isRead) unread = UNREAD;
      const journaled = target.container?.type.journal !== undefined;
      const form = isRead ? (journaled ? SEGMENT.journaled : SEGMENT.op) : SEGMENT.unread;
      writeSegment(body, { target: target.index, form, width, from: start, to: start + length }, bytes);
      r.skip(length);
      seq += width;
    }
    const { heap } = this.#log;
    const start = heap.length;
    heap.copy(body.buffer, 0, body.length);
    author.append(to - from, lamport, time, 0, MULTI | unread, start, heap.length, deps);
  }

  /** False if the ops have to be kept unread. */
  #read(
    author: Author,
    target: Target,
    from: number,
    to: number,
    known: number,
    lamport: number,
    r: Reader,
    outcome: Outcome,
  ): boolean {
    const { container } = target;
    if (container === null) {
      this.#targets.wrote(target);
      if (target.mismatch)
        outcome.reject('kind-mismatch', `${target.path}: ${target.kind}, not what the schema has`);
      return false;
    }
    const origin = this.#origin;
    origin.replica = this.#log.peers.replica(author.peer);
    origin.peer = author.peer;
    origin.from = from;
    origin.to = to;
    origin.known = known;
    origin.lamport = lamport;
    this.#refs.author = author;
    return readOps(container, r, origin, this.#refs, outcome);
  }

  /** `before`: the entry whose target a change to the same container means. */
  #readTarget(r: Reader, author: Author, flags: number, before: number): Target {
    if ((flags & FLAG.same) === 0) {
      const target = author.names.targets[r.varint()];
      if (target === undefined) throw new DecodeError('a container that the author has not named');
      return target;
    }
    if (before < 0 || (author.flags(before) & FORM) === MULTI)
      throw new DecodeError('the same container as none');
    return this.#targets.at(author.target(before));
  }

  /** Copies what begins at `at` into the heap; returns where. */
  #keep(bytes: Uint8Array, at: number): number {
    const { heap } = this.#log;
    const start = heap.length;
    heap.copy(bytes, at, bytes.length);
    return start;
  }

  /** `skew`: how many ids of the bytes lie before the entry. */
  #keepUnread(bytes: Uint8Array, at: number, skew: number): number {
    const start = this.#log.heap.length;
    this.#log.heap.varint(skew);
    this.#keep(bytes, at);
    return start;
  }

  /** The index of the first dep that is not here, or -1. */
  #lacks(deps: readonly number[]): number {
    for (let i = 0; i < deps.length; i += 2)
      if (this.#log.next(deps[i] as number) <= (deps[i + 1] as number)) return i;
    return -1;
  }

  #park(
    replica: ReplicaId,
    seq: number,
    header: { replica: ReplicaId; from: number; to: number },
    bytes: Uint8Array,
    outcome: Outcome,
  ): void {
    if (!this.parked.park(replica, seq, header, bytes)) outcome.reject('too-many-parked', '');
  }
}

function readDeps(r: Reader, author: Author): number[] {
  const deps: number[] = [];
  for (let n = r.count(2); n > 0; n--) {
    const peer = author.names.peers[r.varint()];
    if (peer === undefined || peer === author.peer) throw new DecodeError('a dep that cannot be');
    deps.push(peer, r.varint());
  }
  if (deps.length === 0) throw new DecodeError('no deps');
  return deps;
}

/** Reads over the segments of a change and goes back. Throws DecodeError if they do not add up. */
function checkSegments(r: Reader, author: Author, ids: number): void {
  const start = r.position;
  let left = ids;
  const count = r.count(2);
  for (let n = count; n > 0; n--) {
    if (author.names.targets[r.varint()] === undefined)
      throw new DecodeError('a container that the author has not named');
    const width = r.varint();
    if (width < 1) throw new DecodeError('op without an id');
    left -= width;
    r.skip(n > 1 ? r.varint() : r.remaining);
  }
  if (count === 0 || left !== 0) throw new DecodeError('ids do not add up');
  r.rewind(start);
}
