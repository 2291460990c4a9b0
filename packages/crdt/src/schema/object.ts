import { type Above, type Container, type Host, join, type LeafContainer } from './container.ts';
import type { Fields, ObjectNode } from './node.ts';
import { createObjectMut } from './object-mut.ts';

/** Throws TypeError on a field name that is empty or holds `/` or `%`. */
export function object<const F extends Fields>(fields: F): ObjectNode<F> {
  for (const name of Object.keys(fields)) {
    if (!/^[^/%]+$/.test(name)) throw new TypeError(`bad field name: ${JSON.stringify(name)}`);
  }
  return {
    node: 'object',
    fields,
    create: (path, host, above) => new ObjectContainer(fields, path, host, above),
  };
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
      this.#children.set(name, node.create(join(path, name), host, this));
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
