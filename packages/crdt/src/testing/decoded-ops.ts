import type { Id, ReplicaId } from '../core/ids.ts';
import type { EncodedChange } from '../doc/change.ts';
import { Doc } from '../doc/doc.ts';
import { history } from '../doc/history.ts';
import { type AnyCrdtType, OPTIONAL_CHILD, type SchemaNode } from '../schema/schema.ts';
import { enableWinsFlagType } from '../types/flag.ts';
import { keysType } from '../types/keys.ts';

/** An op of a change, decoded by the strategy that the schema has at its path. */
export interface DecodedOp {
  readonly path: string;
  readonly type: AnyCrdtType;
  readonly op: unknown;
  /** Its first id's distance from the change's first. */
  readonly offset: number;
}

export interface DecodedChange {
  readonly replica: ReplicaId;
  readonly from: number;
  readonly to: number;
  readonly deps: readonly Id[];
  readonly ops: readonly DecodedOp[];
}

const KEYS = keysType() as unknown as AnyCrdtType;
const FLAG = enableWinsFlagType() as unknown as AnyCrdtType;

/** `changes`, which build on nothing but each other, as plain data in a causal order. Throws if they cannot all be read. */
export function decodedChanges(
  schema: SchemaNode,
  changes: readonly EncodedChange[],
): readonly DecodedChange[] {
  const doc = new Doc(schema);
  const { rejected, parked } = doc.apply(changes.map(({ bytes }) => bytes));
  if (rejected.length > 0 || parked > 0) throw new Error(`${parked} parked, ${JSON.stringify(rejected)}`);
  return [...history(doc)].map((change) => ({
    replica: change.replica,
    from: change.from,
    to: change.to,
    deps: change.deps,
    ops: change.ops().map(({ path, op, seq }) => {
      return { path, type: typeAt(schema, path), op, offset: seq - change.from };
    }),
  }));
}

/** The strategy at `path`; a record's own path holds its keys, an optional's its flag. */
export function typeAt(schema: SchemaNode, path: string): AnyCrdtType {
  let node: SchemaNode | undefined = schema;
  for (const segment of path === '' ? [] : path.split('/')) {
    if (node?.node === 'object') node = node.fields[segment];
    else if (node?.node === 'record') node = node.child;
    else if (node?.node === 'optional') node = segment === OPTIONAL_CHILD ? node.child : undefined;
    else if (node?.node === 'tuple') node = node.items[Number(segment)];
    else node = undefined;
  }
  if (node?.node === 'leaf') return node.type;
  if (node?.node === 'record') return KEYS;
  if (node?.node === 'optional') return FLAG;
  throw new Error(`the schema has nothing to write at ${JSON.stringify(path)}`);
}
