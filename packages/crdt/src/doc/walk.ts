import { DecodeError, Reader } from '../bytes/index.ts';
import { InvalidOp } from '../core/crdt-type.ts';
import type { Id, ReplicaId } from '../core/ids.ts';
import type { LeafContainer, Target } from '../schema/container.ts';
import { type Author, DROPPED, FORM, MULTI, UNREAD } from './author.ts';
import type { Log, Piece } from './log.ts';
import { readSegments, SEGMENT } from './segments.ts';
import type { Targets } from './target.ts';

/** Ops of one change that went to one container, wherever they are kept. */
export interface Part {
  readonly target: Target;
  readonly from: number;
  readonly to: number;
  readonly form: number;
  /** Their bytes in the heap, if they are not in a journal. */
  readonly bodyFrom: number;
  readonly bodyTo: number;
}

/** The ops of an entry by container, in their order. */
export function partsOf(log: Log, targets: Targets, author: Author, entry: number): Part[] {
  const flags = author.flags(entry);
  const bodyFrom = author.bodyFrom(entry);
  const bodyTo = author.bodyTo(entry);
  let from = author.from(entry);
  if ((flags & FORM) !== MULTI) {
    const target = targets.at(author.target(entry));
    const isJournaled = target.container?.type.journal !== undefined;
    const form = (flags & UNREAD) !== 0 ? SEGMENT.unread : isJournaled ? SEGMENT.journaled : SEGMENT.op;
    return [{ target, from, to: author.to(entry), form, bodyFrom, bodyTo }];
  }
  const r = new Reader(log.heap.buffer, bodyFrom, bodyTo);
  return readSegments(r).map((segment) => {
    const part = {
      target: targets.at(segment.target),
      from,
      to: from + segment.width,
      form: segment.form,
      bodyFrom: segment.from,
      bodyTo: segment.to,
    };
    from = part.to;
    return part;
  });
}

/** One op of the past, as plain data of its type. */
export interface HistoryOp {
  readonly path: string;
  readonly kind: string;
  readonly op: unknown;
  readonly seq: number;
  /** How many ids it takes. */
  readonly width: number;
  /** What it decides, where only one can have their way (see `CrdtType.contested`). Null: it merges. */
  readonly contested: string | null;
}

/** A change of the past, or a run of changes by one replica that were made in one go. */
export class HistoryChange {
  readonly replica: ReplicaId;
  readonly from: number;
  readonly to: number;
  /** Of the first id. */
  readonly lamport: number;
  readonly #log: Log;
  readonly #targets: Targets;
  readonly #author: Author;

  constructor(log: Log, targets: Targets, { author, from, to, lamport }: Piece) {
    this.#log = log;
    this.#targets = targets;
    this.#author = author;
    this.replica = log.peers.replica(author.peer);
    this.from = from;
    this.to = to;
    this.lamport = lamport;
  }

  /** When it was made by its author's clock, in milliseconds since 1970, to the second. */
  get time(): number {
    return this.#author.time(this.#entry) * 1000;
  }

  /** The last ids of other replicas that it builds on. */
  get deps(): readonly Id[] {
    const deps = this.#author.deps(this.#entry) ?? [];
    const ids: Id[] = [];
    for (let i = 0; i < deps.length; i += 2)
      ids.push({ replica: this.#log.peers.replica(deps[i] as number), seq: deps[i + 1] as number });
    return ids;
  }

  /** The containers that it wrote to. */
  get paths(): readonly string[] {
    return [...new Set(this.#parts().map(({ target }) => target.path))];
  }

  /** What could be read of it. Empty if its ops were left out when the document was saved. */
  ops(): readonly HistoryOp[] {
    const all: HistoryOp[] = [];
    if ((this.#author.flags(this.#entry) & DROPPED) !== 0) return all;
    for (const part of this.#parts()) {
      const { container, kind, path } = part.target;
      if (container === null || part.form === SEGMENT.unread) continue;
      let seq = part.from;
      const { type } = container;
      for (const op of this.#opsOf(container, part)) {
        const width = type.width(op);
        const contested = (type.contested ?? type.register)?.(op) ?? null;
        all.push({ path, kind, op, seq, width, contested });
        seq += width;
      }
    }
    return all;
  }

  #opsOf({ type, state }: LeafContainer, { form, from, to, bodyFrom, bodyTo }: Part): readonly unknown[] {
    const { peer } = this.#author;
    if (form === SEGMENT.journaled)
      return type.journal?.ops(state, peer, Math.max(from, this.from), Math.min(to, this.to)) ?? [];
    try {
      return [type.decode(new Reader(this.#log.heap.buffer, bodyFrom, bodyTo))];
    } catch (error) {
      if (error instanceof DecodeError || error instanceof InvalidOp) return [];
      throw error;
    }
  }

  #parts(): Part[] {
    return partsOf(this.#log, this.#targets, this.#author, this.#entry);
  }

  get #entry(): number {
    return this.#author.find(this.from);
  }
}
