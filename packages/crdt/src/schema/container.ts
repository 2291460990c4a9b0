import type { Id, ReplicaId } from '../core/ids.ts';
import type { TypeEnv } from '../core/journal.ts';
import { keysType } from '../types/keys.ts';
import type { AnyCrdtType, Fields, RecordMut, SchemaNode } from './schema.ts';

/** What a container asks of its document. */
export interface Host {
  readonly replica: ReplicaId;
  readonly env: TypeEnv;
  /** Applies a local op to `container` inside the running change. */
  emit(container: LeafContainer, op: unknown): Id;
}

/** A live node of a document: its state, and its view cached until something below it changes. */
export interface Container {
  readonly path: string;
  view(): unknown;
  mut(): unknown;
  /** The container for the rest of a path, or null if the schema has none there. */
  resolve(segments: readonly string[]): LeafContainer | null;
  /** Every leaf that exists so far. */
  leaves(): Iterable<LeafContainer>;
}

export function createContainer(node: SchemaNode, path: string, host: Host, changed: () => void): Container {
  switch (node.node) {
    case 'leaf':
      return new LeafContainer(node.type, path, host, changed);
    case 'object':
      return new ObjectContainer(node.fields, path, host, changed);
    case 'record':
      return new RecordContainer(node.child, path, host, changed);
  }
}

/** One CRDT with its state. */
export class LeafContainer implements Container {
  readonly type: AnyCrdtType;
  readonly path: string;
  readonly #host: Host;
  readonly #changed: () => void;
  #state: unknown;
  #mut: unknown;
  /** False until the first op: a container that was only looked at is no part of the document's state. */
  touched = false;

  constructor(type: AnyCrdtType, path: string, host: Host, changed: () => void) {
    this.type = type;
    this.path = path;
    this.#host = host;
    this.#changed = changed;
    this.#state = type.create(host.env);
  }

  get state(): unknown {
    return this.#state;
  }

  /** Says that the state was changed: views above are stale. */
  touch(): void {
    this.touched = true;
    this.#changed();
  }

  /** Back to the empty state, for a replay. */
  reset(): void {
    this.#state = this.type.create(this.#host.env);
    this.#mut = undefined;
    this.touched = false;
    this.#changed();
  }

  view(): unknown {
    return this.type.view(this.#state);
  }

  mut(): unknown {
    this.#mut ??= this.type.mutate({
      state: this.#state,
      replica: this.#host.replica,
      emit: (op) => this.#host.emit(this, op),
    });
    return this.#mut;
  }

  resolve(segments: readonly string[]): LeafContainer | null {
    return segments.length === 0 ? this : null;
  }

  *leaves(): Iterable<LeafContainer> {
    yield this;
  }
}

class ObjectContainer implements Container {
  readonly path: string;
  readonly #children = new Map<string, Container>();
  #view: Record<string, unknown> | null = null;
  #mut: Record<string, unknown> | null = null;

  constructor(fields: Fields, path: string, host: Host, changed: () => void) {
    this.path = path;
    const stale = (): void => {
      this.#view = null;
      changed();
    };
    for (const [name, node] of Object.entries(fields)) {
      this.#children.set(name, createContainer(node, join(path, name), host, stale));
    }
  }

  view(): unknown {
    if (this.#view === null) {
      this.#view = {};
      for (const [name, child] of this.#children) this.#view[name] = child.view();
    }
    return this.#view;
  }

  mut(): unknown {
    if (this.#mut === null) {
      this.#mut = {};
      for (const [name, child] of this.#children) {
        Object.defineProperty(this.#mut, name, { enumerable: true, get: () => child.mut() });
      }
    }
    return this.#mut;
  }

  resolve(segments: readonly string[]): LeafContainer | null {
    const [name, ...rest] = segments;
    return (name !== undefined && this.#children.get(name)?.resolve(rest)) || null;
  }

  *leaves(): Iterable<LeafContainer> {
    for (const child of this.#children.values()) yield* child.leaves();
  }
}

class RecordContainer implements Container {
  readonly path: string;
  readonly #child: SchemaNode;
  readonly #host: Host;
  readonly #stale: () => void;
  readonly #keys: LeafContainer;
  readonly #children = new Map<string, Container>();
  #view: Record<string, unknown> | null = null;
  #mut: RecordMut<unknown> | null = null;

  constructor(child: SchemaNode, path: string, host: Host, changed: () => void) {
    this.path = path;
    this.#child = child;
    this.#host = host;
    this.#stale = () => {
      this.#view = null;
      changed();
    };
    this.#keys = new LeafContainer(keysType() as unknown as AnyCrdtType, path, host, this.#stale);
  }

  view(): unknown {
    if (this.#view === null) {
      this.#view = {};
      for (const key of this.#keys.view() as readonly string[]) {
        // A plain assignment would treat "__proto__" as the prototype.
        Object.defineProperty(this.#view, key, { value: this.#at(key).view(), enumerable: true });
      }
    }
    return this.#view;
  }

  mut(): unknown {
    const keys = (): Omit<RecordMut<unknown>, 'at'> => this.#keys.mut() as RecordMut<unknown>;
    this.#mut ??= {
      create: () => keys().create(),
      add: (key) => keys().add(key),
      remove: (key) => keys().remove(key),
      has: (key) => keys().has(key),
      keys: () => keys().keys(),
      at: (key) => this.#at(key).mut(),
    };
    return this.#mut;
  }

  resolve(segments: readonly string[]): LeafContainer | null {
    const [segment, ...rest] = segments;
    if (segment === undefined) return this.#keys;
    const key = decode(segment);
    return key === null ? null : this.#at(key).resolve(rest);
  }

  *leaves(): Iterable<LeafContainer> {
    yield this.#keys;
    for (const child of this.#children.values()) yield* child.leaves();
  }

  #at(key: string): Container {
    let child = this.#children.get(key);
    if (child === undefined) {
      child = createContainer(this.#child, join(this.path, encodeURIComponent(key)), this.#host, this.#stale);
      this.#children.set(key, child);
    }
    return child;
  }
}

function join(path: string, segment: string): string {
  return path === '' ? segment : `${path}/${segment}`;
}

/** The key of a path segment, or null if no key is written like that. */
function decode(segment: string): string | null {
  try {
    const key = decodeURIComponent(segment);
    return encodeURIComponent(key) === segment ? key : null;
  } catch {
    return null;
  }
}
