import { type Id, newReplicaId, type ReplicaId } from '../core/ids.ts';
import type { TypeEnv } from '../core/journal.ts';
import type { VersionVector } from '../core/version.ts';
import { type Container, type Host, LeafContainer } from '../schema/container.ts';
import type { AnyCrdtType, Mut, SchemaNode, View } from '../schema/schema.ts';
import { mapType } from '../types/map.ts';
import { DROPPED } from './author.ts';
import { changeOf, type EncodedChange } from './change.ts';
import { Clock } from './clock.ts';
import { Cutter } from './cutter.ts';
import { Draft } from './draft.ts';
import type { DocEvent } from './events.ts';
import { Intake } from './intake.ts';
import { Listeners } from './listeners.ts';
import { LocalChanges } from './local.ts';
import { Log } from './log.ts';
import { namedVersions, plainVersion, type VersionsMut } from './named-versions.ts';
import type { ChangeOptions, DocOptions, UndoOptions } from './options.ts';
import { type ApplyReport, Outcome } from './outcome.ts';
import { ReadOnlyError } from './read-only-error.ts';
import { StateHash } from './state-hash.ts';
import { Targets } from './target.ts';
import type { Direction, UndoStack } from './undo.ts';

/** What a document is made of, for those who save it or tell its past (`file.ts`, `history.ts`). */
export interface Inside {
  readonly log: Log;
  readonly targets: Targets;
  readonly env: TypeEnv;
  readonly root: Container;
  /** Where the named versions are kept. */
  readonly versions: LeafContainer;
  readonly undo: UndoStack;
  leaves(): readonly LeafContainer[];
  /** Makes one change that returns to an earlier version. */
  revert(edit: () => void, label: string): EncodedChange | null;
  /** To fill an empty document; `read` tells whether it may be written on. */
  load(read: (outcome: Outcome) => boolean): void;
}

/** @internal For `file.ts` and `history.ts` alone. */
export let insideOf: <S extends SchemaNode>(doc: Doc<S>) => Inside;

const DEFAULTS: ChangeOptions = {};
const NONE: VersionVector = new Map();
const VERSIONS = '%versions'; // no field is called that
const VERSIONS_TYPE = mapType() as unknown as AnyCrdtType;

/**
 * A replicated document: atomic changes, causal delivery, one apply path for local and remote ops, a schema-typed
 * View and Mut, per-user undo. Holds no sockets, files or timers.
 */
export class Doc<S extends SchemaNode> implements Host {
  readonly schema: S;
  /** While true, changes, undo and redo made here throw ReadOnlyError; what others do still comes in. */
  isLocked = false;
  #replica: ReplicaId | null;
  #peer = -1;
  readonly env: TypeEnv;
  readonly #log = new Log();
  readonly #root: Container;
  readonly #versions: LeafContainer;
  readonly #targets: Targets;
  #readOnly = false;
  readonly #cutter: Cutter;
  readonly #intake: Intake;
  /** @internal For containers. */
  readonly draft: Draft;
  readonly #outcome = new Outcome();
  readonly #local: LocalChanges;
  readonly #hash = new StateHash();
  readonly #listeners = new Listeners();

  constructor(schema: S, options: DocOptions = {}, peers: readonly ReplicaId[] = []) {
    this.schema = schema;
    this.#replica = options.replica ?? null;
    for (const peer of peers) this.#log.peers.intern(peer);
    this.env = {
      peers: this.#log.peers,
      // Of a damaged file there may be no log: its texts are readable all the same.
      lamportOf: (peer, seq) =>
        this.#readOnly && this.#log.next(peer) <= seq ? 0 : this.#log.lamportOf(peer, seq),
      now: options.now ?? Date.now,
    };
    this.#root = schema.create('', this, { stale() {} });
    this.#versions = new LeafContainer(VERSIONS_TYPE, VERSIONS, this, { stale() {} });
    this.#targets = new Targets((path) => (path === VERSIONS ? this.#versions : this.#resolve(path)));
    this.#cutter = new Cutter(this.#log, this.#targets);
    this.#intake = new Intake(this.#log, this.#targets, this.#cutter);
    this.draft = new Draft(this.#log);
    this.#local = new LocalChanges({
      log: this.#log,
      targets: this.#targets,
      cutter: this.#cutter,
      draft: this.draft,
      listeners: this.#listeners,
      clock: new Clock(options.now),
      admit: options.admit,
      rebuild: (until) => this.#rebuild(until),
    });
  }

  static {
    insideOf = (doc) => ({
      log: doc.#log,
      targets: doc.#targets,
      env: doc.env,
      root: doc.#root,
      versions: doc.#versions,
      undo: doc.#local.undo,
      leaves: () => doc.#leaves(),
      revert: (edit, label) => doc.#run(edit, undefined, label, 'revert'),
      load: (read) => doc.#load(read),
    });
  }

  /** Who writes here. Minted when it is first asked for: who only reads needs none. */
  get replica(): ReplicaId {
    this.#replica ??= newReplicaId();
    return this.#replica;
  }

  /** @internal The small number of `replica` in this document. */
  get peer(): number {
    if (this.#peer < 0) {
      this.#peer = this.#log.peers.intern(this.replica);
      const own = this.#log.author(this.#peer);
      // From now on the names are given here.
      if (own.named === Number.POSITIVE_INFINITY) own.named = own.next;
    }
    return this.#peer;
  }

  /** Opened from a damaged file: it can be looked at. */
  get isReadOnly(): boolean {
    return this.#readOnly;
  }

  /** The document as immutable plain data; what did not change keeps its identity. */
  get view(): View<S> {
    return this.#root.view() as View<S>;
  }

  /** What it knows now, as a map that stays as it is. */
  get version(): VersionVector {
    return this.#log.snapshot;
  }

  /** Changes that wait for others which they build on. */
  get parked(): number {
    return this.#intake.parked.count;
  }

  /** Can `changesSince(version)` tell? Only a document that was saved without its history cannot always. */
  hasHistory(version: VersionVector = NONE): boolean {
    if (!this.#log.isTrimmed) return true;
    return this.#log
      .since(version)
      .every(({ author, from }) => (author.flags(author.find(from)) & DROPPED) === 0);
  }

  /**
   * What a replica at `version` lacks, in a causal order; with `until`, what it lacks to be there. Throws RangeError
   * unless `hasHistory(version)`.
   */
  changesSince(version: VersionVector, until?: VersionVector): readonly EncodedChange[] {
    if (!this.hasHistory(version))
      throw new RangeError('the history that is lacking there was left out here');
    for (const author of this.#log.authors()) this.#cutter.name(author, author.next);
    return this.#log.since(version, until).map((piece) => changeOf(this.#cutter, this.#log, piece));
  }

  /** Versions that somebody gave a name, on whatever replica. */
  get versions(): Readonly<Record<string, VersionVector>> {
    return namedVersions(this.#versions.view());
  }

  /** Names a version for everybody; null takes the name away. Default: what is here now. */
  nameVersion(name: string, version: VersionVector | null = this.version): EncodedChange | null {
    return this.#run(
      (versions) => versions.set(name, plainVersion(version)),
      this.#versions.mut() as VersionsMut,
      null,
    );
  }

  /**
   * Makes one atomic change. Returns it, or null if `edit` did nothing. If `edit` throws, the document is as it was
   * before and the error goes on. Throws Error when called inside another change.
   */
  change(edit: (root: Mut<S>) => void, options: ChangeOptions = DEFAULTS): EncodedChange | null {
    const label = options.undoable === false ? null : (options.label ?? 'Edit');
    return this.#run(edit, this.#root.mut() as Mut<S>, label);
  }

  /** Live reads through the Mut: anchors, indices, counts. Any operation that writes throws Error. */
  query<T>(read: (root: Mut<S>) => T): T {
    return read(this.#root.mut() as Mut<S>);
  }

  /** Takes changes from anywhere, in any order, any number of times. Never throws on a peer's bytes. */
  apply(changes: Uint8Array | Iterable<Uint8Array>): ApplyReport {
    if (this.draft.isOpen) throw new Error('apply inside a change');
    const outcome = this.#outcome;
    const { parked } = this.#intake;
    const before = parked.count;
    outcome.begin(this.#listeners.any);
    if (this.#readOnly) outcome.reject('read-only', 'opened from a damaged file');
    else if (changes instanceof Uint8Array) this.#intake.take(changes, outcome);
    else this.#intake.takeAll(Array.isArray(changes) ? changes : [...changes], outcome);
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
    return this.#local.undo.label('undo', '');
  }

  get redoLabel(): string | null {
    return this.#local.undo.label('redo', '');
  }

  /** Takes back this user's newest step, leaving what others did. Null if there is none. */
  undo(options: UndoOptions = DEFAULTS as UndoOptions): { readonly label: string } | null {
    return this.#travel('undo', options);
  }

  /** Takes back the newest undo. Null if there is none. */
  redo(options: UndoOptions = DEFAULTS as UndoOptions): { readonly label: string } | null {
    return this.#travel('redo', options);
  }

  /**
   * Forgets the newest step to undo or to redo: what it did stays as it is, and the one before it comes next. For a step
   * that `admit` never lets through. Returns its label; null if there is none.
   */
  forgetStep(direction: Direction): string | null {
    return this.#local.forget(direction);
  }

  /** The next change starts an undo step of its own. */
  closeUndoStep(): void {
    this.#local.undo.close();
  }

  /** Equal version vectors ⇒ equal hashes, on replicas with one schema. 16 hexadecimal digits. */
  stateHash(): string {
    return this.#hash.of(this.#log.version);
  }

  /** @internal For containers. */
  emit(container: LeafContainer, op: unknown): Id {
    return this.draft.emit(container, op);
  }

  /** @internal For containers. */
  dirty(container: LeafContainer): void {
    this.#hash.dirty(container);
  }

  #load(read: (outcome: Outcome) => boolean): void {
    this.#outcome.begin(false);
    this.#outcome.isLoading = true;
    this.#readOnly = true;
    const isWhole = read(this.#outcome);
    this.#intake.settle(this.#outcome);
    this.#outcome.isLoading = false;
    this.#readOnly = !isWhole;
  }

  #leaves(): readonly LeafContainer[] {
    return [...this.#root.leaves(), this.#versions, ...this.#targets.hidden];
  }

  #resolve(path: string): LeafContainer | null {
    return this.#root.resolve(path === '' ? [] : path.split('/'));
  }

  #run<M>(
    edit: (root: M) => void,
    root: M,
    label: string | null,
    by: 'edit' | 'revert' = 'edit',
  ): EncodedChange | null {
    if (this.#readOnly || this.isLocked) throw new ReadOnlyError(this.isLocked);
    return this.#local.run(this.#peer < 0 ? this.peer : this.#peer, edit, root, label, by);
  }

  #travel(direction: Direction, options: UndoOptions): { readonly label: string } | null {
    if (this.#local.undo.label(direction, options.scope ?? '') === null) return null;
    if (this.isLocked) throw new ReadOnlyError(true);
    return this.#local.travel(this.peer, direction, options);
  }

  /** Makes all containers anew from the log as of `until`, without what a change that is not to be did to them. */
  #rebuild(until?: VersionVector): void {
    const all = this.changesSince(NONE, until).map((change) => change.bytes);
    this.#log.clear();
    for (const leaf of this.#leaves()) leaf.reset();
    const outcome = new Outcome();
    for (const bytes of all) this.#intake.take(bytes, outcome);
    this.#intake.settle(outcome);
    const own = this.#log.author(this.peer);
    own.named = own.next;
  }
}
