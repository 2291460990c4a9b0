import { DecodeError, Reader, Writer } from '../bytes/index.ts';
import { InvalidOp } from '../core/crdt-type.ts';
import { hash64 } from '../core/hash.ts';
import { type Id, newReplicaId, type ReplicaId } from '../core/ids.ts';
import type { TypeEnv } from '../core/journal.ts';
import { Peers } from '../core/peers.ts';
import { encodeVersion, type VersionVector } from '../core/version.ts';
import { type Container, createContainer, type LeafContainer } from '../schema/container.ts';
import type { Mut, SchemaNode, View } from '../schema/schema.ts';
import { type Change, decodeChange, type EncodedChange, encodeChange, type WireOp } from './change.ts';
import type { DocEvent, Rejection } from './events.ts';
import { readFile, writeFile } from './file.ts';
import { History } from './history.ts';
import { ParkedChanges } from './parked.ts';
import { type Inverse, UndoStack } from './undo.ts';

export interface DocOptions {
  /** Who writes here. Never shared by two live documents. Default: fresh and random. */
  readonly replica?: ReplicaId;
  /** Milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
}

export interface ChangeOptions {
  /** Names the step for undo. Changes with one label within 500 ms are one step. Default 'Edit'. */
  readonly label?: string;
  /** False keeps the change out of the undo stack. */
  readonly undoable?: boolean;
}

/** What became of a batch of remote changes, counted in changes. */
export interface ApplyReport {
  readonly applied: number;
  /** Already there. */
  readonly known: number;
  /** Waiting for changes that they build on. */
  readonly parked: number;
  readonly rejected: readonly Rejection[];
}

/** The change that is being made. */
interface Draft {
  readonly lamport: number;
  readonly from: number;
  next: number;
  readonly ops: WireOp[];
  readonly inverses: Inverse[];
  readonly patches: Map<string, unknown[]>;
}

/**
 * A replicated document: atomic changes, causal delivery, one apply path for local and remote ops, a schema-typed
 * View and Mut, per-user undo. Holds no sockets, files or timers.
 */
export class Doc<S extends SchemaNode> {
  readonly schema: S;
  readonly replica: ReplicaId;
  readonly #now: () => number;
  readonly #peers = new Peers();
  readonly #root: Container;
  readonly #history = new History();
  readonly #parked = new ParkedChanges();
  readonly #undo = new UndoStack();
  readonly #listeners = new Set<(event: DocEvent) => void>();
  readonly #events: DocEvent[] = [];
  #dispatching = false;
  #draft: Draft | null = null;

  constructor(schema: S, options: DocOptions = {}) {
    this.schema = schema;
    this.replica = options.replica ?? newReplicaId();
    this.#now = options.now ?? Date.now;
    const env: TypeEnv = {
      peers: this.#peers,
      lamportOf: (peer, seq) => this.#history.lamportOf({ replica: this.#peers.replica(peer), seq }),
      now: this.#now,
    };
    const host = { replica: this.replica, env, emit: this.#emit.bind(this) };
    this.#root = createContainer(schema, '', host, () => {});
  }

  /** A document from what `save` gave. Throws DecodeError if the file is damaged. */
  static load<S extends SchemaNode>(schema: S, bytes: Uint8Array, options: DocOptions = {}): Doc<S> {
    const doc = new Doc(schema, options);
    const report = doc.apply(readFile(bytes));
    const broken = report.rejected.find((r) => r.reason === 'malformed-change' || r.reason === 'overlap');
    if (broken) throw new DecodeError(broken.detail);
    return doc;
  }

  /** Everything this document knows, for `load`. */
  save(): Uint8Array {
    return writeFile(this.#history.log.map((change) => change.bytes));
  }

  /** The document as immutable plain data; what did not change keeps its identity. */
  get view(): View<S> {
    return this.#root.view() as View<S>;
  }

  get version(): VersionVector {
    return this.#history.version;
  }

  /** Changes that wait for others which they build on. */
  get parked(): number {
    return this.#parked.count;
  }

  /** What a replica at `version` lacks, in a causal order. */
  changesSince(version: VersionVector): readonly EncodedChange[] {
    return this.#history.since(version);
  }

  /**
   * Makes one atomic change. Returns it encoded, or null if `edit` did nothing. If `edit` throws, the document is
   * as it was before and the error goes on. Throws Error when called inside another change.
   */
  change(edit: (root: Mut<S>) => void, options: ChangeOptions = {}): EncodedChange | null {
    return this.#transact('local', (draft) => {
      edit(this.#root.mut() as Mut<S>);
      if (options.undoable !== false && draft.inverses.length > 0) {
        this.#undo.record(options.label ?? 'Edit', draft.inverses, this.#now());
      }
    });
  }

  /** Live reads through the Mut: anchors, indices, counts. Any operation that writes throws Error. */
  query<T>(read: (root: Mut<S>) => T): T {
    return read(this.#root.mut() as Mut<S>);
  }

  /** Takes changes from anywhere, in any order, any number of times. Never throws on a peer's bytes. */
  apply(changes: Iterable<Uint8Array>): ApplyReport {
    if (this.#draft) throw new Error('apply inside a change');
    const applied: EncodedChange[] = [];
    const rejected: Rejection[] = [];
    const patches = new Map<string, unknown[]>();
    let known = 0;
    const parkedBefore = this.#parked.count;

    const take = (change: Change, encoded: EncodedChange): void => {
      const next = this.#history.next(change.replica);
      if (change.to <= next) {
        known++;
        return;
      }
      if (change.from < next) {
        rejected.push({
          reason: 'overlap',
          detail: `${change.replica} ${change.from}–${change.to}, has ${next}`,
        });
        return;
      }
      const lacks = this.#lacks(change, next);
      if (lacks) {
        if (!this.#parked.park(lacks, change, encoded))
          rejected.push({ reason: 'too-many-parked', detail: '' });
        return;
      }
      this.#integrate(change, encoded, patches, rejected);
      applied.push(encoded);
    };

    for (const bytes of changes) {
      try {
        const change = decodeChange(bytes);
        const before = applied.length;
        take(change, { replica: change.replica, from: change.from, to: change.to, bytes });
        for (let i = before; i < applied.length; i++) {
          const { replica, to } = applied[i] as EncodedChange;
          for (const p of this.#parked.release(replica, to)) take(p.change, p.encoded);
        }
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        rejected.push({ reason: 'malformed-change', detail: error.message });
      }
    }
    if (applied.length > 0) this.#dispatch({ origin: 'remote', changes: applied, patches });
    return {
      applied: applied.length,
      known,
      parked: Math.max(0, this.#parked.count - parkedBefore),
      rejected,
    };
  }

  /** Called after each change, undo, or batch of remote changes. Returns the way to stop. */
  subscribe(listener: (event: DocEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get canUndo(): boolean {
    return this.#undo.undoLabel !== null;
  }

  get canRedo(): boolean {
    return this.#undo.redoLabel !== null;
  }

  get undoLabel(): string | null {
    return this.#undo.undoLabel;
  }

  get redoLabel(): string | null {
    return this.#undo.redoLabel;
  }

  /** Takes back this replica's newest step, leaving what others did. Null if there is none. */
  undo(): { readonly label: string } | null {
    return this.#undo.travel('undo', (inverses) => this.#replay(inverses));
  }

  /** Takes back the newest undo. Null if there is none. */
  redo(): { readonly label: string } | null {
    return this.#undo.travel('redo', (inverses) => this.#replay(inverses));
  }

  /** The next change starts an undo step of its own. */
  closeUndoStep(): void {
    this.#undo.close();
  }

  /** Equal version vectors ⇒ equal hashes, on replicas with one schema. 16 hexadecimal digits. */
  stateHash(): string {
    const w = new Writer();
    w.bytes(encodeVersion(this.version));
    const leaves = [...this.#root.leaves()].filter((leaf) => leaf.touched);
    leaves.sort((a, b) => (a.path < b.path ? -1 : 1));
    for (const leaf of leaves) {
      w.string(leaf.path);
      w.string(leaf.type.kind);
      leaf.type.canonical(leaf.state, w);
    }
    return hash64(w.finish());
  }

  #transact(origin: 'local' | 'undo', run: (draft: Draft) => void): EncodedChange | null {
    if (this.#draft) throw new Error('change inside a change');
    const deps = this.#history.deps(this.replica);
    const from = this.#history.next(this.replica);
    const lamport = this.#history.lamportAfter(this.replica, deps);
    const draft: Draft = { lamport, from, next: from, ops: [], inverses: [], patches: new Map() };
    this.#draft = draft;
    try {
      run(draft);
    } catch (error) {
      if (draft.ops.length > 0) this.#rebuild();
      throw error;
    } finally {
      this.#draft = null;
    }
    if (draft.ops.length === 0) return null;
    const change = {
      replica: this.replica,
      from,
      to: draft.next,
      time: Math.max(0, Math.floor(this.#now())),
      deps,
      ops: draft.ops,
    };
    const encoded = encodeChange(change);
    this.#history.append(change, encoded.bytes, lamport);
    this.#dispatch({ origin, changes: [encoded], patches: draft.patches });
    return encoded;
  }

  /** Applies the ops of an undo step as a new change and returns their inverses. */
  #replay(inverses: readonly Inverse[]): readonly Inverse[] {
    let redo: readonly Inverse[] = [];
    this.#transact('undo', (draft) => {
      for (const { container, op } of inverses) {
        try {
          this.#emit(container, op);
        } catch (error) {
          // What it would take back is gone meanwhile: the rest of the step still counts.
          if (!(error instanceof InvalidOp)) throw error;
        }
      }
      redo = draft.inverses;
    });
    return redo;
  }

  #emit(container: LeafContainer, op: unknown): Id {
    const draft = this.#draft;
    if (draft === null) throw new Error('writing outside of a change');
    const { type, state, path } = container;
    op = type.prepare?.(state, op) ?? op;
    const w = new Writer();
    type.encode(op, w);
    const width = type.width(op);
    const id = { replica: this.replica, seq: draft.next };
    const stamp = { id, lamport: draft.lamport + (draft.next - draft.from) };
    const inverses = type.invert(state, op, stamp);
    collect(draft.patches, path, type.apply(state, op, stamp));
    container.touch();
    draft.next += width;
    draft.ops.push({ path, kind: type.kind, width, payload: w.finish() });
    // Backwards, because a step is undone from the last to the first.
    for (let i = inverses.length - 1; i >= 0; i--) draft.inverses.push({ container, op: inverses[i] });
    return id;
  }

  /** An id that `change` builds on and that is not here yet. */
  #lacks(change: Change, next: number): Id | null {
    if (change.from > next) return { replica: change.replica, seq: change.from - 1 };
    return change.deps.find((dep) => this.#history.next(dep.replica) <= dep.seq) ?? null;
  }

  #integrate(
    change: Change,
    encoded: EncodedChange,
    patches: Map<string, unknown[]>,
    rejected: Rejection[],
  ): void {
    const lamport = this.#history.lamportAfter(change.replica, change.deps);
    this.#history.append(change, encoded.bytes, lamport);
    this.#applyOps(change, lamport, patches, rejected);
  }

  /** The one way in for ops from a peer or from disk. An op for an unknown field is kept in the history, unread. */
  #applyOps(change: Change, lamport: number, patches: Map<string, unknown[]>, rejected: Rejection[]): void {
    // Each path is taken apart once: a hostile change may name one of a megabyte in every op.
    const containers = new Map<string, LeafContainer | null>();
    let seq = change.from;
    for (const op of change.ops) {
      let container = containers.get(op.path);
      if (container === undefined) {
        container = this.#root.resolve(op.path === '' ? [] : op.path.split('/'));
        containers.set(op.path, container);
      }
      const stamp = { id: { replica: change.replica, seq }, lamport: lamport + (seq - change.from) };
      const rejection = container && applyOp(container, op, stamp, patches);
      if (rejection) rejected.push(rejection);
      seq += op.width;
    }
  }

  /** Replays the history after a failed change. Slow, but an app that throws inside a change has a bug. */
  #rebuild(): void {
    for (const leaf of this.#root.leaves()) leaf.reset();
    for (const change of this.#history.log) {
      this.#applyOps(decodeChange(change.bytes), change.lamport, new Map(), []);
    }
  }

  /** Listeners may change the document; the events still reach everyone in order. */
  #dispatch(event: DocEvent): void {
    this.#events.push(event);
    if (this.#dispatching) return;
    this.#dispatching = true;
    try {
      for (let next = this.#events.shift(); next; next = this.#events.shift()) {
        for (const listener of [...this.#listeners]) notify(listener, next);
      }
    } finally {
      this.#dispatching = false;
    }
  }
}

function applyOp(
  container: LeafContainer,
  op: WireOp,
  stamp: { id: Id; lamport: number },
  patches: Map<string, unknown[]>,
): Rejection | null {
  const { type, path } = container;
  if (type.kind !== op.kind)
    return { reason: 'kind-mismatch', detail: `${op.path}: ${op.kind}, not ${type.kind}` };
  try {
    const r = new Reader(op.payload);
    const decoded = type.decode(r);
    r.end();
    if (type.width(decoded) !== op.width) throw new DecodeError('wrong width');
    collect(patches, path, type.apply(container.state, decoded, stamp));
    container.touch();
    return null;
  } catch (error) {
    if (error instanceof DecodeError) return { reason: 'malformed-op', detail: `${path}: ${error.message}` };
    if (error instanceof InvalidOp) return { reason: 'invalid-op', detail: `${path}: ${error.message}` };
    throw error;
  }
}

/** A listener that throws is its own problem: the document and the other listeners go on. */
function notify(listener: (event: DocEvent) => void, event: DocEvent): void {
  try {
    listener(event);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

function collect(patches: Map<string, unknown[]>, path: string, added: readonly unknown[]): void {
  if (added.length === 0) return;
  const list = patches.get(path);
  if (list) for (const patch of added) list.push(patch);
  else patches.set(path, [...added]);
}
