import { enableWinsFlagType, type FlagMut } from '../types/flag.ts';
import { type Above, type Container, type Host, LeafContainer } from './container.ts';
import { type AnyCrdtType, OPTIONAL_CHILD, type OptionalMut, type SchemaNode } from './schema.ts';

type Create = (node: SchemaNode, path: string, host: Host, above: Above) => Container;

const FLAG = enableWinsFlagType() as unknown as AnyCrdtType;

/** A child that is there or not: an enable-wins flag at `path`, the child at `<path>/some`. */
export class OptionalContainer implements Container, Above {
  readonly path: string;
  readonly #above: Above;
  readonly #flag: LeafContainer;
  readonly #child: Container;
  #view: { readonly shown: unknown } | null = null;
  #mut: OptionalMut<unknown> | null = null;

  constructor(child: SchemaNode, path: string, host: Host, above: Above, create: Create) {
    this.path = path;
    this.#above = above;
    this.#flag = new LeafContainer(FLAG, path, host, this);
    this.#child = create(child, path === '' ? OPTIONAL_CHILD : `${path}/${OPTIONAL_CHILD}`, host, this);
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
