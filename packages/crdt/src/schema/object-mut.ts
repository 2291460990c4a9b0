import type { Container } from './container.ts';
import type { Fields } from './node.ts';

class ObjectMut {
  readonly #children: readonly Container[];

  constructor(children: readonly Container[]) {
    this.#children = children;
  }

  static child(mut: ObjectMut, index: number): unknown {
    return mut.#children[index]?.mut();
  }
}

interface Kind {
  readonly Mut: new (children: readonly Container[]) => ObjectMut;
  /** Keeps the layout known while no object of the schema is written to. */
  readonly idle: ObjectMut;
}

const kinds = new WeakMap<Fields, Kind>();

/**
 * What writes to the fields of an object, by their names. All objects of one schema share a prototype: code that writes to
 * one document is as fast in the next.
 */
export function createObjectMut(fields: Fields, children: readonly Container[]): object {
  let kind = kinds.get(fields);
  if (kind === undefined) {
    const Mut = class extends ObjectMut {};
    Object.keys(fields).forEach((name, i) => {
      const get = function (this: ObjectMut): unknown {
        return ObjectMut.child(this, i);
      };
      Object.defineProperty(Mut.prototype, name, { enumerable: true, get });
    });
    kind = { Mut, idle: new Mut([]) };
    kinds.set(fields, kind);
  }
  return new kind.Mut(children);
}
