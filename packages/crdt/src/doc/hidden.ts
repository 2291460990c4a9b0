import type { TypeEnv } from '../core/journal.ts';
import { type Host, LeafContainer } from '../schema/container.ts';
import type { AnyCrdtType } from '../schema/schema.ts';
import { textType } from '../types/text/text.ts';

/** By kind, the strategies whose ops a file keeps in columns of their own. */
const JOURNALED = new Map(
  [textType(), textType({ order: 'rga' })].map((type) => [type.kind, type as unknown as AnyCrdtType]),
);

/**
 * A container that no schema has: the file of a newer app holds ops in it that this app must hand on and save, though
 * it never shows them. No part of the state's hash. Null if nothing here can read such ops.
 */
export function hiddenLeaf(kind: string, path: string, env: TypeEnv): LeafContainer | null {
  const type = JOURNALED.get(kind);
  if (type === undefined) return null;
  const never = (): never => {
    throw new Error(`${path} is no part of the schema`);
  };
  const host: Host = {
    get replica() {
      return never();
    },
    peer: -1,
    env,
    emit: never,
    get draft() {
      return never();
    },
    dirty() {},
  };
  return new LeafContainer(type, path, host, { stale() {} });
}
