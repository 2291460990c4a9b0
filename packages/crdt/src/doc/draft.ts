import { Writer } from '../bytes/index.ts';
import type { Id } from '../core/ids.ts';
import type { LeafContainer } from '../schema/container.ts';
import { ATOMIC, Author, MULTI, OP, RUN } from './author.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { SEGMENT, writeSegment } from './segments.ts';
import type { Targets } from './target.ts';

/**
 * The change that is being made. One object serves all changes of a document, one after the other: what it holds is
 * gone with the next `begin`. A segment is what goes to one journaled container in a row, or one op of another type.
 */
export class Draft {
  isOpen = false;
  from = 0;
  next = 0;
  /** Of the first id. */
  lamport = 0;
  /** Lamport time of the first id of the last op. */
  claimed = 0;
  deps: readonly number[] | null = null;
  ops = 0;
  segments = 0;
  /** By container path; null if nobody listens. */
  patches: Map<string, unknown[]> | null = null;
  readonly containers: LeafContainer[] = [];
  /** For each segment: the id after its last, the end of its bytes in the heap, and what takes it back. */
  readonly ends: number[] = [];
  readonly bodyEnds: number[] = [];
  readonly inverses: (readonly unknown[])[] = [];
  /** Where its bytes begin in the heap. */
  bodyFrom = 0;
  #wantsInverses = false;
  readonly #log: Log;
  #author: Author;

  constructor(log: Log) {
    this.#log = log;
    this.#author = new Author(-1);
  }

  begin(peer: number, wantsInverses: boolean, wantsPatches: boolean): void {
    const log = this.#log;
    const author = log.author(peer);
    this.#author = author;
    this.isOpen = true;
    this.from = author.next;
    this.next = author.next;
    this.deps = log.depsOf(author);
    this.lamport = log.lamportAfter(author, this.deps);
    this.ops = 0;
    this.segments = 0;
    this.patches = wantsPatches ? new Map() : null;
    this.bodyFrom = log.heap.length;
    this.#wantsInverses = wantsInverses;
  }

  /** Forgets its bytes: the change is not to be. */
  abandon(): void {
    this.isOpen = false;
    this.#log.heap.reset(this.bodyFrom);
  }

  /** Logs the change, made at the time of `clock`. */
  commit(clock: Clock, targets: Targets): void {
    const time = clock.seconds;
    const log = this.#log;
    const author = this.#author;
    const width = this.next - this.from;
    const container = this.containers[0] as LeafContainer;
    this.isOpen = false;
    if (this.segments > 1) {
      const [start, end] = this.#compose(targets);
      author.append(width, this.lamport, time, 0, MULTI, start, end, this.deps);
    } else {
      const { index } = container.target ?? targets.of(container);
      if (container.type.journal === undefined)
        author.append(width, this.lamport, time, index, OP, this.bodyFrom, log.heap.length, this.deps);
      else if (this.ops === 1 && this.deps === null && author.extends(index, time)) author.extend(width);
      else author.append(width, this.lamport, time, index, this.ops === 1 ? RUN : ATOMIC, 0, 0, this.deps);
    }
    log.grown(author, this.deps);
  }

  /** Puts heads before the bytes of the segments. */
  #compose(targets: Targets): [start: number, end: number] {
    const { heap } = this.#log;
    const body = new Writer(heap.length - this.bodyFrom + 8 * this.segments);
    let seq = this.from;
    let from = this.bodyFrom;
    for (let i = 0; i < this.segments; i++) {
      const container = this.containers[i] as LeafContainer;
      const form = container.type.journal === undefined ? SEGMENT.op : SEGMENT.journaled;
      const end = this.ends[i] as number;
      const to = this.bodyEnds[i] as number;
      const target = targets.of(container).index;
      writeSegment(body, { target, form, width: end - seq, from, to }, heap.buffer);
      seq = end;
      from = to;
    }
    heap.reset(this.bodyFrom);
    heap.copy(body.buffer, 0, body.length);
    return [this.bodyFrom, heap.length];
  }

  /** Takes ids for an op that its type applies and journals itself. */
  claim(container: LeafContainer, width: number): number {
    this.#check(container);
    const seq = this.next;
    this.claimed = this.lamport + (seq - this.from);
    this.#note(container, width);
    return seq;
  }

  emit(container: LeafContainer, given: unknown): Id {
    this.#check(container);
    const { type, state } = container;
    const { heap } = this.#log;
    const op = type.prepare === undefined ? given : type.prepare(state, given);
    const id = { replica: this.#log.peers.replica(this.#author.peer), seq: this.next };
    const stamp = { id, lamport: this.lamport + (this.next - this.from) };
    const before = heap.length;
    let inverses: readonly unknown[] = NOTHING;
    let patches: readonly unknown[];
    try {
      if (type.journal === undefined) {
        type.encode(op, heap);
        if (this.#wantsInverses) inverses = type.invert(state, op, stamp);
      }
      patches = type.apply(state, op, stamp);
    } catch (error) {
      heap.reset(before);
      throw error;
    }
    this.claimed = stamp.lamport;
    this.#note(container, type.width(op));
    this.inverses[this.segments - 1] = inverses;
    if (patches.length > 0) {
      const list = this.patchesOf(container);
      if (list !== null) for (const patch of patches) list.push(patch);
    }
    return id;
  }

  patchesOf(container: LeafContainer): unknown[] | null {
    if (this.patches === null) return null;
    let list = this.patches.get(container.path);
    if (list === undefined) {
      list = [];
      this.patches.set(container.path, list);
    }
    return list;
  }

  #check(container: LeafContainer): void {
    if (!this.isOpen) throw new Error('writing outside of a change');
    if (container.newer !== null)
      throw new Error(`${container.path} was written by ${container.newer}: it is read-only here`);
  }

  #note(container: LeafContainer, width: number): void {
    this.next += width;
    this.ops++;
    const last = this.segments - 1;
    const joins = last >= 0 && container.type.journal !== undefined && this.containers[last] === container;
    const at = joins ? last : this.segments++;
    this.containers[at] = container;
    this.ends[at] = this.next;
    this.bodyEnds[at] = this.#log.heap.length;
    container.touch();
  }
}

const NOTHING: readonly unknown[] = [];
