import { Reader } from '../bytes/index.ts';
import type { Change } from '../doc/change.ts';
import type { AnyCrdtType, SchemaNode } from '../schema/schema.ts';
import { keysType } from '../types/keys.ts';

/** An op of a change, decoded by the strategy that the schema has at its path. */
export interface DecodedOp {
  readonly path: string;
  readonly type: AnyCrdtType;
  readonly op: unknown;
  /** Its first id's distance from the change's first. */
  readonly offset: number;
}

const KEYS = keysType() as unknown as AnyCrdtType;

/** The ops of `change` as plain data. Throws if the schema has no such path or another strategy there. */
export function decodedOps(schema: SchemaNode, change: Change): readonly DecodedOp[] {
  const decoded: DecodedOp[] = [];
  let offset = 0;
  for (const { path, kind, width, payload } of change.ops) {
    const type = typeAt(schema, path);
    if (type.kind !== kind) throw new Error(`${path} is ${type.kind}, but the op is ${kind}`);
    const r = new Reader(payload);
    const op = type.decode(r);
    r.end();
    if (type.width(op) !== width) throw new Error(`an op of ${path} says width ${width}`);
    decoded.push({ path, type, op, offset });
    offset += width;
  }
  return decoded;
}

/** The strategy at `path`; a record's own path holds its keys. */
export function typeAt(schema: SchemaNode, path: string): AnyCrdtType {
  let node: SchemaNode | undefined = schema;
  for (const segment of path.split('/')) {
    if (node?.node === 'object') node = node.fields[segment];
    else if (node?.node === 'record') node = node.child;
    else node = undefined;
  }
  if (node?.node === 'leaf') return node.type;
  if (node?.node === 'record') return KEYS;
  throw new Error(`the schema has nothing to write at ${JSON.stringify(path)}`);
}
