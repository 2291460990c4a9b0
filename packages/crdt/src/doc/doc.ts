import { DecodeError } from '../bytes/index.ts';
import { type Id, newReplicaId, type ReplicaId } from '../core/ids.ts';
import type { TypeEnv } from '../core/journal.ts';
import type { VersionVector } from '../core/version.ts';
import type { Container, Host, LeafContainer } from '../schema/container.ts';
import { createContainer } from '../schema/create-container.ts';
import type { Mut, SchemaNode, View } from '../schema/schema.ts';
import { type EncodedChange, LazyChange } from './change.ts';
import { Cutter } from './cutter.ts';
import { Draft } from './draft.ts';
import type { DocEvent } from './events.ts';
import { readFile, writeFile } from './file.ts';
import { Intake } from './intake.ts';
import { Listeners } from './listeners.ts';
import { Log } from './log.ts';
import { type ApplyReport, Outcome } from './outcome.ts';
import { StateHash } from './state-hash.ts';
import { Targets } from './target.ts';
import { type Direction, type Part, UndoStack } from './undo.ts';
import { partsOf, recordUndo, takeBack } from './undoer.ts';
import { HistoryChange } from './walk.ts';

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

export interface UndoOptions {
  /** Only steps that touch the container at this path, or one below it. Default: all. */
  readonly scope?: string;
}

const DEFAULTS: ChangeOptions = {};
const NONE: VersionVector = new Map();

/**
 * A replicated document: atomic changes, causal delivery, one apply path for local and remote ops, a schema-typed
 * View and Mut, per-user undo. Holds no sockets, files or timers.
 */
export class Doc<S extends SchemaNode> implements Host {
  readonly schema: S;
  readonly replica: ReplicaId;
  readonly peer: number;
  readonly env: TypeEnv;
  readonly #now: () => number;
  readonly #log = new Log();
  readonly #root: Container;
  readonly #targets: Targets;
  readonly #cutter: Cutter;
  readonly #intake: Intake;
  readonly #draft: Draft;
  readonly #outcome = new Outcome();
  readonly #undo = new UndoStack();
  readonly #hash = new StateHash();
  readonly #listeners = new Listeners();

  constructor(schema: S, options: DocOptions = {}) {
    this.schema = schema;
    this.replica = options.replica ?? newReplicaId();
    this.#now = options.now ?? Date.now;
    const { peers } = this.#log;
    this.peer = peers.intern(this.replica);
    this.env = { peers, lamportOf: (peer, seq) => this.#log.lamportOf(peer, seq), now: this.#now };
    this.#root = createContainer(schema, '', this, { stale() {} });
    this.#targets = new Targets(this.#root);
    this.#cutter = new Cutter(this.#log, this.#targets);
    this.#intake = new Intake(this.#log, this.#targets, this.#cutter);
    this.#log.author(this.peer).named = 0;
    this.#draft = new Draft(this.#log, this.peer);
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
    return writeFile(this.changesSince(NONE).map((change) => change.bytes));
  }

  /** The document as immutable plain data; what did not change keeps its identity. */
  get view(): View<S> {
    return this.#root.view() as View<S>;
  }

  get version(): VersionVector {
    return this.#log.version;
  }

  /** Changes that wait for others which they build on. */
  get parked(): number {
    return this.#intake.parked.count;
  }

  /** What a replica at `version` lacks, in a causal order. */
  changesSince(version: VersionVector): readonly EncodedChange[] {
    const own = this.#log.author(this.peer);
    this.#cutter.name(own, own.next);
    const { peers } = this.#log;
    return this.#log
      .since(version)
      .map(
        ({ author, from, to }) =>
          new LazyChange(peers.replica(author.peer), author.peer, from, to, this.#cutter),
      );
  }

  /**
   * The changes that are known and not in `since`, in a causal order: who, when, which containers, which ops. Costs one
   * small object for each change that is looked at, and nothing for the others.
   */
  *history(since: VersionVector = NONE): Generator<HistoryChange> {
    for (const piece of this.#log.since(since)) yield new HistoryChange(this.#log, this.#targets, piece);
  }

  /**
   * Makes one atomic change. Returns it, or null if `edit` did nothing. If `edit` throws, the document is as it was
   * before and the error goes on. Throws Error when called inside another change.
   */
  change(edit: (root: Mut<S>) => void, options: ChangeOptions = DEFAULTS): EncodedChange | null {
    const draft = this.#draft;
    if (draft.isOpen) throw new Error('change inside a change');
    const isUndoable = options.undoable !== false;
    draft.begin(isUndoable, this.#listeners.any);
    try {
      edit(this.#root.mut() as Mut<S>);
    } catch (error) {
      this.#fail(error);
    }
    return this.#commit('local', isUndoable ? (options.label ?? 'Edit') : null);
  }

  /** Live reads through the Mut: anchors, indices, counts. Any operation that writes throws Error. */
  query<T>(read: (root: Mut<S>) => T): T {
    return read(this.#root.mut() as Mut<S>);
  }

  /** Takes changes from anywhere, in any order, any number of times. Never throws on a peer's bytes. */
  apply(changes: Uint8Array | Iterable<Uint8Array>): ApplyReport {
    if (this.#draft.isOpen) throw new Error('apply inside a change');
    const outcome = this.#outcome;
    const { parked } = this.#intake;
    const before = parked.count;
    outcome.begin(this.#listeners.any);
    if (changes instanceof Uint8Array) this.#intake.take(changes, outcome);
    else for (const bytes of changes) this.#intake.take(bytes, outcome);
    this.#intake.settle(outcome);
    // Listeners may apply more: all that this batch came to is taken out first.
    const report = outcome.report(Math.max(0, parked.count - before));
    if (outcome.changes !== null && outcome.applied > 0)
      this.#listeners.dispatch({
        origin: 'remote',
        changes: outcome.changes,
        patches: outcome.patches ?? new Map(),
      });
    return report;
  }

  /** Called after each change, undo, or batch of remote changes. Returns the way to stop. */
  subscribe(listener: (event: DocEvent) => void): () => void {
    return this.#listeners.add(listener);
  }

  get canUndo(): boolean {
    return this.undoLabel !== null;
  }

  get canRedo(): boolean {
    return this.redoLabel !== null;
  }

  get undoLabel(): string | null {
    return this.#undo.label('undo', '');
  }

  get redoLabel(): string | null {
    return this.#undo.label('redo', '');
  }

  /** Takes back this user's newest step, leaving what others did. Null if there is none. */
  undo(options: UndoOptions = DEFAULTS as UndoOptions): { readonly label: string } | null {
    return this.#travel('undo', options);
  }

  /** Takes back the newest undo. Null if there is none. */
  redo(options: UndoOptions = DEFAULTS as UndoOptions): { readonly label: string } | null {
    return this.#travel('redo', options);
  }

  /** The next change starts an undo step of its own. */
  closeUndoStep(): void {
    this.#undo.close();
  }

  /** Equal version vectors ⇒ equal hashes, on replicas with one schema. 16 hexadecimal digits. */
  stateHash(): string {
    return this.#hash.of(this.version);
  }

  /** @internal For containers. */
  emit(container: LeafContainer, op: unknown): Id {
    return this.#draft.emit(container, op);
  }

  /** @internal For containers. */
  claim(container: LeafContainer, width: number): number {
    return this.#draft.claim(container, width);
  }

  /** @internal For containers. */
  get claimed(): number {
    return this.#draft.claimed;
  }

  /** @internal For containers. */
  patchesOf(container: LeafContainer): unknown[] | null {
    return this.#draft.patchesOf(container);
  }

  /** @internal For containers. */
  dirty(container: LeafContainer): void {
    this.#hash.dirty(container);
  }

  /** Logs the running change and tells of it; `label` null keeps it out of the undo stack. */
  #commit(origin: 'local' | 'undo', label: string | null): EncodedChange | null {
    const draft = this.#draft;
    if (draft.ops === 0) {
      draft.isOpen = false;
      return null;
    }
    const { from, next, patches } = draft;
    const now = this.#now();
    draft.commit(Math.max(0, Math.floor(now / 1000)), this.#targets);
    if (label !== null) recordUndo(this.#undo, draft, this.peer, label, now);
    const change = new LazyChange(this.replica, this.peer, from, next, this.#cutter);
    if (patches !== null) {
      for (const [path, list] of patches) if (list.length === 0) patches.delete(path);
      this.#listeners.dispatch({ origin, changes: [change], patches });
    }
    return change;
  }

  /** Takes back what a change did that did not come to its end. Slow, but an app that throws there has a bug. */
  #fail(error: unknown): never {
    const { ops } = this.#draft;
    this.#draft.abandon();
    if (ops === 0) throw error;
    const all = this.changesSince(NONE).map((change) => change.bytes);
    this.#log.clear();
    for (const leaf of this.#root.leaves()) leaf.reset();
    const outcome = new Outcome();
    for (const bytes of all) this.#intake.take(bytes, outcome);
    this.#intake.settle(outcome);
    const own = this.#log.author(this.peer);
    own.named = own.next;
    throw error;
  }

  #travel(direction: Direction, { scope = '' }: UndoOptions): { readonly label: string } | null {
    return this.#undo.travel(direction, scope, (parts) => this.#takeBack(parts));
  }

  /** Takes back `parts` in a new change and returns what takes back that one. */
  #takeBack(parts: readonly Part[]): readonly Part[] {
    const draft = this.#draft;
    if (draft.isOpen) throw new Error('change inside a change');
    draft.begin(true, this.#listeners.any);
    try {
      takeBack(parts, draft);
    } catch (error) {
      this.#fail(error);
    }
    const redo = draft.ops === 0 ? [] : partsOf(draft, this.peer);
    this.#commit('undo', null);
    return redo;
  }
}
