import type { CrdtType, MutContext } from '../core/crdt-type.ts';
import type { Id, ReplicaId } from '../core/ids.ts';
import type { JournalContext, TypeEnv } from '../core/journal.ts';

/** A strategy whose own types are not known here. Safe because a leaf only hands a type what that type made. */
export type AnyCrdtType = CrdtType<unknown, unknown, unknown, unknown, unknown>;

/** The running change, as containers see it. */
export interface Running {
  /** Takes the next ids for an op that `container` applies itself. Throws Error outside of a change. */
  claim(container: LeafContainer, width: number): number;
  /** The Lamport time of the first id of the last claim. */
  readonly claimed: number;
  /** Null if nobody listens. */
  readonly patches: unknown;
  /** Where the container's patches go, or null. */
  patchesOf(container: LeafContainer): unknown[] | null;
}

/** What a container asks of its document. */
export interface Host {
  readonly replica: ReplicaId;
  /** The document's small number for `replica`. */
  readonly peer: number;
  readonly env: TypeEnv;
  /** Applies a local op to `container` inside the running change. */
  emit(container: LeafContainer, op: unknown): Id;
  /** The running change. */
  readonly draft: Running;
  /** The container's state is not what it was when its hash was last asked for. */
  dirty(container: LeafContainer): void;
}

/** A container as ops name it: its path and the strategy that the ops were written by. */
export interface Target {
  /** The document's small number for it. */
  readonly index: number;
  readonly kind: string;
  readonly path: string;
  /** Null if this schema has nothing at the path, or another strategy: the ops are kept unread. */
  readonly container: LeafContainer | null;
  /** The schema has another strategy there. */
  readonly mismatch: boolean;
}

/** What is told when a view below is no longer what it was. */
export interface Above {
  stale(): void;
}

/** A live node of a document: its state, and its view cached until something below it changes. */
export interface Container {
  readonly path: string;
  view(): unknown;
  mut(): unknown;
  /** The view with `look` in the place of what the leaves show. Not cached. */
  project(look: (leaf: LeafContainer) => unknown): unknown;
  /** The container for the rest of a path, or null if the schema has none there. */
  resolve(segments: readonly string[]): LeafContainer | null;
  /** Every leaf that exists so far. */
  leaves(): Iterable<LeafContainer>;
}

/** One CRDT with its state. */
export class LeafContainer implements Container {
  readonly type: AnyCrdtType;
  readonly path: string;
  readonly #host: Host;
  readonly #above: Above;
  #state: unknown;
  #mut: unknown;
  /** Somebody looked since the last change. */
  #seen = false;
  /** False until the first op: a container that was only looked at is no part of the document's state. */
  touched = false;
  /** Its hash has to be made anew. */
  isDirty = false;
  /** What others wrote here is of a newer version of the strategy: this replica must not write. */
  newer: string | null = null;
  /** Given by the document when first needed. */
  target: Target | null = null;

  constructor(type: AnyCrdtType, path: string, host: Host, above: Above) {
    this.type = type;
    this.path = path;
    this.#host = host;
    this.#above = above;
    this.#state = type.create(host.env);
    // At once: V8 forgets the code for a class of which nothing is left, as it was compiled for a document before this.
    if (type.journal !== undefined) this.#mut = this.#mutate();
  }

  get state(): unknown {
    return this.#state;
  }

  /** Says that the state was changed: views above are stale. */
  touch(): void {
    this.touched = true;
    if (this.#seen) {
      this.#seen = false;
      this.#above.stale();
    }
    if (!this.isDirty) {
      this.isDirty = true;
      this.#host.dirty(this);
    }
  }

  /** Back to the empty state, for a replay. */
  reset(): void {
    this.#state = this.type.create(this.#host.env);
    this.#mut = this.type.journal === undefined ? undefined : this.#mutate();
    this.touch();
    this.touched = false;
  }

  /** Somebody wrote ops of another strategy under this path. */
  foreign(kind: string): void {
    const [name, version] = this.type.kind.split('@');
    const [otherName, otherVersion] = kind.split('@');
    if (name === otherName && Number(otherVersion) > Number(version)) this.newer = kind;
  }

  view(): unknown {
    this.#seen = true;
    return this.type.view(this.#state);
  }

  mut(): unknown {
    this.#mut ??= this.#mutate();
    return this.#mut;
  }

  project(look: (leaf: LeafContainer) => unknown): unknown {
    return look(this);
  }

  resolve(segments: readonly string[]): LeafContainer | null {
    return segments.length === 0 ? this : null;
  }

  *leaves(): Iterable<LeafContainer> {
    yield this;
  }

  #mutate(): unknown {
    return this.type.mutate(new LeafContext(this, this.#host));
  }
}

/** What the Mut of a leaf works on, and the running change as a journaled type sees it. */
class LeafContext implements MutContext<unknown, unknown>, JournalContext<unknown> {
  readonly state: unknown;
  readonly emit: (op: unknown) => Id;
  readonly journal: JournalContext<unknown> | undefined;
  readonly #leaf: LeafContainer;
  readonly #host: Host;

  constructor(leaf: LeafContainer, host: Host) {
    this.state = leaf.state;
    this.emit = (op) => host.emit(leaf, op);
    this.journal = leaf.type.journal === undefined ? undefined : this;
    this.#leaf = leaf;
    this.#host = host;
  }

  get replica(): ReplicaId {
    return this.#host.replica;
  }

  get peer(): number {
    return this.#host.peer;
  }

  claim(width: number): number {
    return this.#host.draft.claim(this.#leaf, width);
  }

  get lamport(): number {
    return this.#host.draft.claimed;
  }

  get patches(): unknown[] | null {
    const { draft } = this.#host;
    return draft.patches === null ? null : draft.patchesOf(this.#leaf);
  }
}

/** The path of a child. */
export function join(path: string, segment: string): string {
  return path === '' ? segment : `${path}/${segment}`;
}
