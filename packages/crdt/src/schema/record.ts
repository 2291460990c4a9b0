import { keysType } from '../types/keys.ts';
import { type Above, type AnyCrdtType, type Container, type Host, join, LeafContainer } from './container.ts';
import type { RecordMut, RecordNode, SchemaNode } from './node.ts';

/** Any number of children of one shape, by key. */
export function record<C extends SchemaNode>(child: C): RecordNode<C> {
  return {
    node: 'record',
    child,
    create: (path, host, above) => new RecordContainer(child, path, host, above),
  };
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
      child = this.#child.create(join(this.path, encodeURIComponent(key)), this.#host, this);
      this.#children.set(key, child);
    }
    return child;
  }
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
