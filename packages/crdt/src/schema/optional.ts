import { enableWinsFlagType, type FlagMut } from '../types/flag.ts';
import { type Above, type AnyCrdtType, type Container, type Host, join, LeafContainer } from './container.ts';
import type { OptionalMut, OptionalNode, SchemaNode } from './node.ts';

/** Where the child is, below the flag that says whether it is there. */
export const OPTIONAL_CHILD = 'some';

/** A child that is there once it is added, until it is removed; its view is null while it is not. */
export function optional<C extends SchemaNode>(child: C): OptionalNode<C> {
  return {
    node: 'optional',
    child,
    create: (path, host, above) => new OptionalContainer(child, path, host, above),
  };
}

const FLAG = enableWinsFlagType() as unknown as AnyCrdtType;

/** A child that is there or not: an enable-wins flag at `path`, the child at `<path>/some`. */
class OptionalContainer implements Container, Above {
  readonly path: string;
  readonly #above: Above;
  readonly #flag: LeafContainer;
  readonly #child: Container;
  #view: { readonly shown: unknown } | null = null;
  #mut: OptionalMut<unknown> | null = null;

  constructor(child: SchemaNode, path: string, host: Host, above: Above) {
    this.path = path;
    this.#above = above;
    this.#flag = new LeafContainer(FLAG, path, host, this);
    this.#child = child.create(join(path, OPTIONAL_CHILD), host, this);
  }

  view(): unknown {
    this.#view ??= { shown: this.#flag.view() === true ? this.#child.view() : null };
    return this.#view.shown;
  }

  stale(): void {
    if (this.#view === null) return;
    this.#view = null;
    this.#above.stale();
  }

  project(look: (leaf: LeafContainer) => unknown): unknown {
    return look(this.#flag) === true ? this.#child.project(look) : null;
  }

  mut(): unknown {
    // The flag's own Mut is made anew when its state is.
    const flag = (): FlagMut => this.#flag.mut() as FlagMut;
    this.#mut ??= {
      add: () => {
        flag().enable();
        return this.#child.mut();
      },
      remove: () => flag().disable(),
      has: () => flag().value,
      at: () => this.#child.mut(),
    };
    return this.#mut;
  }

  resolve(segments: readonly string[]): LeafContainer | null {
    const [segment, ...rest] = segments;
    if (segment === undefined) return this.#flag;
    return segment === OPTIONAL_CHILD ? this.#child.resolve(rest) : null;
  }

  *leaves(): Iterable<LeafContainer> {
    yield this.#flag;
    yield* this.#child.leaves();
  }
}
