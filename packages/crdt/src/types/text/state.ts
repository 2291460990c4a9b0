import { formatId, type Id, type OpId, type ReplicaId } from '../../core/ids.ts';
import type { ColumnSource, TypeEnv } from '../../core/journal.ts';
import { type Order, RunSequence } from '../../sequence/run-sequence.ts';
import { NIL } from '../../sequence/run-table.ts';
import { type Cover, Covers, type Mark } from './cover.ts';
import { IdMap } from './id-map.ts';
import type { MarkSpec, TextView } from './op.ts';
import { OpLog } from './op-log.ts';
import { Registers } from './registers.ts';
import { Rope } from './rope.ts';
import { Units } from './units.ts';

/** A block marker or embed. */
export interface Element {
  readonly type: 'block' | 'embed';
  readonly id: OpId;
  readonly registers: Registers;
}

/** The live marks that start or end in the slot after an element: what decides how text grows there. */
export interface Edge {
  readonly starts: Set<Mark>;
  readonly ends: Set<Mark>;
}

/** A view that somebody holds and nobody read yet takes what it needs before the text changes. */
export interface HeldView {
  readonly view: TextView;
  hold(): void;
}

/** What `columns.ts` knows of a saved log before it is read. */
export interface Unread {
  readonly columns: ColumnSource;
  /** Deleted text is UTF-16. */
  readonly deadIsWide: boolean;
}

/**
 * A rich text. The log is the truth and the rope is what people read; the id structure (`runs`, with `covers` and
 * `elements`) is derived from the log, as far as somebody asked for it (`settle.ts`). Private to this type.
 */
export class TextState {
  readonly env: TypeEnv;
  readonly specs: Readonly<Record<string, MarkSpec>>;
  readonly order: Order;
  readonly log = new OpLog();
  /** Block markers read as "\n", embeds as U+FFFC. */
  readonly rope = new Rope();
  readonly dead = new Units();
  readonly runs: RunSequence;
  readonly covers = new Covers();
  /** By the run, which an element has for itself. */
  readonly elements = new Map<number, Element>();
  readonly marks = new IdMap<Mark>();
  /** The delete ops that were taken back, and by which op. */
  readonly retracted = new IdMap<Id>();
  /** By the element before the slot; null is the start of the text. */
  readonly edges = new IdMap<Edge>();
  /** Attributes of the permanent first block. */
  readonly origin = new Registers({}, { id: { replica: '' as ReplicaId, seq: 0 }, lamport: 0 });
  /** Whether there ever was a mark, an element or an attribute: if not, text is all one span. */
  rich = false;
  held: HeldView | null = null;
  /** How often a parent was looked for in the log (`trace.ts`). */
  walks = 0;
  /** Saved columns of the log that nobody needed yet; the entries in `log` come after them. */
  unread: Unread | null = null;

  constructor(env: TypeEnv, specs: Readonly<Record<string, MarkSpec>>, order: Order) {
    this.env = env;
    this.specs = specs;
    this.order = order;
    this.runs = new RunSequence((a, b) => env.peers.compare(a, b), order);
  }

  /** To be called before anything that changes what people read. */
  changing(): void {
    if (this.held === null) return;
    this.held.hold();
    this.held = null;
  }

  /** The small integer of a replica, NIL if nobody knows it. */
  peer(replica: ReplicaId): number {
    return this.env.peers.find(replica);
  }

  /** The run that holds the element, or NIL. Settled ids only. */
  find(id: Id): number {
    const peer = this.peer(id.replica);
    return peer === NIL ? NIL : this.runs.find(peer, id.seq);
  }

  idOf(peer: number, seq: number): Id {
    return { replica: this.env.peers.replica(peer), seq };
  }

  /** The id of the element at `offset` of a run. */
  idAt(run: number, offset: number): Id {
    const { table } = this.runs;
    return this.idOf(table.peer[run] as number, (table.seq[run] as number) + offset);
  }

  opIdAt(run: number, offset: number): OpId {
    return formatId(this.idAt(run, offset));
  }

  coverOf(run: number): Cover {
    return this.covers.all[this.runs.table.cover[run] as number] as Cover;
  }
}
