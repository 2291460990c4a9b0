import type { LeafContainer, Target } from '../schema/container.ts';

/** All targets that a document has heard of, as small integers. */
export class Targets {
  readonly #resolve: (path: string) => LeafContainer | null;
  readonly #all: Target[] = [];
  readonly #byName = new Map<string, Target>();
  /** Those that the schema has no place for. */
  readonly hidden: LeafContainer[] = [];

  constructor(resolve: (path: string) => LeafContainer | null) {
    this.#resolve = resolve;
  }

  get size(): number {
    return this.#all.length;
  }

  at(index: number): Target {
    const target = this.#all[index];
    if (target === undefined) throw new RangeError(`no target ${index}`);
    return target;
  }

  /** The target of a container of this document. */
  of(container: LeafContainer): Target {
    container.target ??= this.#add(container.type.kind, container.path, container, false);
    return container.target;
  }

  /** The target that a peer named. */
  named(kind: string, path: string): Target {
    const known = this.#byName.get(`${kind} ${path}`);
    if (known !== undefined) return known;
    const found = this.#resolve(path);
    if (found === null || found.type.kind === kind) {
      if (found !== null) return this.of(found);
      return this.#add(kind, path, null, false);
    }
    return this.#add(kind, path, null, true);
  }

  /** Gives a target that has none a container that nobody sees. To be called before anything refers to the target. */
  hide(index: number, container: LeafContainer): void {
    const target = { ...this.at(index), container };
    container.target = target;
    this.#all[index] = target;
    this.#byName.set(`${target.kind} ${target.path}`, target);
    this.hidden.push(container);
  }

  /** Ops of a strategy came that the schema does not have at the path: a name alone means nothing. */
  wrote({ kind, path, mismatch }: Target): void {
    if (mismatch) this.#resolve(path)?.foreign(kind);
  }

  #add(kind: string, path: string, container: LeafContainer | null, mismatch: boolean): Target {
    const target = { index: this.#all.length, kind, path, container, mismatch };
    this.#all.push(target);
    this.#byName.set(`${kind} ${path}`, target);
    return target;
  }
}
