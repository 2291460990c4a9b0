import { type Above, type Container, type Host, join, type LeafContainer } from './container.ts';
import type { SchemaNode, TupleNode } from './node.ts';

/** Children by their place, all there from the start. */
export function tuple<const I extends readonly SchemaNode[]>(...items: I): TupleNode<I> {
  return {
    node: 'tuple',
    items,
    create: (path, host, above) => new TupleContainer(items, path, host, above),
  };
}

/** Children by their place: the first at `<path>/0`. */
class TupleContainer implements Container, Above {
  readonly path: string;
  readonly #above: Above;
  readonly #items: readonly Container[];
  #view: readonly unknown[] | null = null;
  #mut: readonly unknown[] | null = null;

  constructor(items: readonly SchemaNode[], path: string, host: Host, above: Above) {
    this.path = path;
    this.#above = above;
    this.#items = items.map((node, i) => node.create(join(path, `${i}`), host, this));
  }

  view(): unknown {
    this.#view ??= this.#items.map((item) => item.view());
    return this.#view;
  }

  stale(): void {
    if (this.#view === null) return;
    this.#view = null;
    this.#above.stale();
  }

  project(look: (leaf: LeafContainer) => unknown): unknown {
    return this.#items.map((item) => item.project(look));
  }

  mut(): unknown {
    if (this.#mut === null) {
      const mut: unknown[] = [];
      for (const [i, item] of this.#items.entries())
        Object.defineProperty(mut, i, { enumerable: true, get: () => item.mut() });
      this.#mut = mut;
    }
    return this.#mut;
  }

  resolve(segments: readonly string[]): LeafContainer | null {
    const [segment, ...rest] = segments;
    const index = Number(segment);
    return String(index) === segment ? (this.#items[index]?.resolve(rest) ?? null) : null;
  }

  *leaves(): Iterable<LeafContainer> {
    for (const item of this.#items) yield* item.leaves();
  }
}
