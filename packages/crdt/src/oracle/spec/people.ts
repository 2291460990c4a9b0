import { Doc } from '../../doc/doc.ts';
import type { SchemaNode } from '../../schema/schema.ts';
import { testReplicaId, viewText } from '../../testing/replicas.ts';

/** Documents of several people; the first has the smallest replica id, so it comes first in ≺ when times are equal. */
export function people<S extends SchemaNode>(schema: S, count: number): Doc<S>[] {
  return Array.from(
    { length: count },
    (_, i) => new Doc(schema, { replica: testReplicaId(i), now: () => 0 }),
  );
}

/** Two people. */
export function pair<S extends SchemaNode>(schema: S): [Doc<S>, Doc<S>] {
  return people(schema, 2) as [Doc<S>, Doc<S>];
}

/** Everybody hears everything. Throws Error unless all then have the same. */
export function meet<S extends SchemaNode>(docs: readonly Doc<S>[]): void {
  for (const to of docs) for (const from of docs) tell(from, to);
  const states = new Set(docs.map((doc) => `${doc.stateHash()} ${shown(doc)}`));
  if (states.size !== 1) throw new Error(`no agreement: ${[...states].join(' / ')}`);
}

/** Not by the schema's type: that would be a deep one for a schema that is not known. */
function shown(doc: { readonly view: unknown }): string {
  return viewText(doc.view);
}

/** One way. */
export function tell<S extends SchemaNode>(from: Doc<S>, to: Doc<S>): void {
  to.apply(from.changesSince(to.version).map(({ bytes }) => bytes));
}
