import { compareStamps, formatId, type Id, type Stamp } from '../core/ids.ts';
import type { Origin } from './origin.ts';

/** One element of the naive twin. */
export interface TwinNode<T> {
  readonly stamp: Stamp;
  readonly value: T;
  readonly left: TwinNode<T>[];
  readonly right: TwinNode<T>[];
  readonly deletes: Set<string>;
}

/**
 * The sequence as the papers define it, one element a node, walked anew for every answer: what the tests compare the
 * real one with. Knows nothing of runs, leaves or integration.
 */
export class TwinSequence<T> {
  readonly #top: TwinNode<T>[] = [];
  readonly #nodes = new Map<string, TwinNode<T>>();

  insert(stamp: Stamp, origin: Origin, values: readonly T[]): void {
    let { parent, side } = origin;
    values.forEach((value, i) => {
      const id = { replica: stamp.id.replica, seq: stamp.id.seq + i };
      const node = {
        stamp: { id, lamport: stamp.lamport + i },
        value,
        left: [],
        right: [],
        deletes: new Set<string>(),
      };
      const siblings = parent === null ? this.#top : this.node(parent)[side === 'L' ? 'left' : 'right'];
      siblings.push(node);
      siblings.sort((a, b) => (side === 'L' ? 1 : -1) * compareStamps(a.stamp, b.stamp));
      this.#nodes.set(formatId(id), node);
      parent = id;
      side = 'R';
    });
  }

  node(id: Id): TwinNode<T> {
    const node = this.#nodes.get(formatId(id));
    if (node === undefined) throw new RangeError(`no such element: ${formatId(id)}`);
    return node;
  }

  /** All elements in order, tombstones included. */
  all(): TwinNode<T>[] {
    const nodes: TwinNode<T>[] = [];
    const walk = (node: TwinNode<T>): void => {
      for (const child of node.left) walk(child);
      nodes.push(node);
      for (const child of node.right) walk(child);
    };
    for (const node of this.#top) walk(node);
    return nodes;
  }

  visible(): TwinNode<T>[] {
    return this.all().filter((node) => node.deletes.size === 0);
  }

  /** Fugue's rule for a local insert right after `left`: the left child of the next element if `left` has right children. */
  originAfter(left: TwinNode<T> | null): Origin {
    if (left === null && this.#top.length === 0) return { parent: null, side: 'R' };
    if (left !== null && left.right.length === 0) return { parent: left.stamp.id, side: 'R' };
    const all = this.all();
    const next = all[left === null ? 0 : all.indexOf(left) + 1] as TwinNode<T>;
    return { parent: next.stamp.id, side: 'L' };
  }
}
