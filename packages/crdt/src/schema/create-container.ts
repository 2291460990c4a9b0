import { keysType } from '../types/keys.ts';
import { type Above, type Container, type Host, LeafContainer } from './container.ts';
import { createObjectMut } from './object-mut.ts';
import { OptionalContainer } from './optional-container.ts';
import type { AnyCrdtType, Fields, RecordMut, SchemaNode } from './schema.ts';
import { TupleContainer } from './tuple-container.ts';

/** The container of a schema node, with those below it. */
export function createContainer(node: SchemaNode, path: string, host: Host, above: Above): Container {
  switch (node.node) {
    case 'leaf':
      return new LeafContainer(node.type, path, host, above);
    case 'object':
      return new ObjectContainer(node.fields, path, host, above);
    case 'record':
      return new RecordContainer(node.child, path, host, above);
    case 'optional':
      return new OptionalContainer(node.child, path, host, above, createContainer);
    case 'tuple':
      return new TupleContainer(node.items, path, host, above, createContainer);
  }
}

class ObjectContainer implements Container, Above {
  readonly path: string;
  readonly #fields: Fields;
  readonly #above: Above;
  readonly #children = new Map<string, Container>();
  #view: Record<string, unknown> | null = null;
  #mut: object | null = null;

  constructor(fields: Fields, path: string, host: Host, above: Above) {
    this.path = path;
    this.#fields = fields;
    this.#above = above;
    for (const [name, node] of Object.entries(fields)) {
      this.#children.set(name, createContainer(node, join(path, name), host, this));
    }
  }

  view(): unknown {
    if (this.#view === null) {
      this.#view = {};
      for (const [name, child] of this.#children) this.#view[name] = child.view();
    }
    return this.#view;
  }

  stale(): void {
    if (this.#view === null) return;
    this.#view = null;
    this.#above.stale();
  }

  project(look: (leaf: LeafContainer) => unknown): unknown {
    const shown: Record<string, unknown> = {};
    for (const [name, child] of this.#children) shown[name] = child.project(look);
    return shown;
  }

  mut(): unknown {
    this.#mut ??= createObjectMut(this.#fields, [...this.#children.values()]);
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

const KEYS = keysType() as unknown as AnyCrdtType;

class RecordContainer implements Container, Above {
  readonly path: string;
  readonly #child: SchemaNode;
  readonly #host: Host;
  readonly #above: Above;
  readonly #keys: LeafContainer;
  readonly #children = new Map<string, Container>();
  #view: Record<string, unknown> | null = null;
  #mut: RecordMut<unknown> | null = null;

  constructor(child: SchemaNode, path: string, host: Host, above: Above) {
    this.path = path;
    this.#child = child;
    this.#host = host;
    this.#above = above;
    this.#keys = new LeafContainer(KEYS, path, host, this);
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

  stale(): void {
    if (this.#view === null) return;
    this.#view = null;
    this.#above.stale();
  }

  project(look: (leaf: LeafContainer) => unknown): unknown {
    const shown: Record<string, unknown> = {};
    for (const key of look(this.#keys) as readonly string[])
      Object.defineProperty(shown, key, { value: this.#at(key).project(look), enumerable: true });
    return shown;
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
      child = createContainer(this.#child, join(this.path, encodeURIComponent(key)), this.#host, this);
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
