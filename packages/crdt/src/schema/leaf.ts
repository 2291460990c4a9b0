import type { CrdtType } from '../core/crdt-type.ts';
import { type Above, type AnyCrdtType, type Host, LeafContainer } from './container.ts';
import type { Leaf } from './node.ts';

/** A schema node for one strategy, the user's own ones included. */
export function leaf<State, Op, V, M, Patch>(type: CrdtType<State, Op, V, M, Patch>): Leaf<V, M> {
  const any = type as unknown as AnyCrdtType;
  const create = (path: string, host: Host, above: Above) => new LeafContainer(any, path, host, above);
  return { node: 'leaf', type: any, create };
}
