import { Doc, type DocOptions, loadDoc, type SchemaNode } from '@concord/crdt';
import { DecodeError } from '@concord/crdt/bytes';
import { covers, type VersionVector } from './protocol/index.ts';
import type { StoredRoom } from './store.ts';

/** What was read from a store, and whether all of it could be. */
export interface Restored<S extends SchemaNode> {
  readonly doc: Doc<S>;
  readonly isWhole: boolean;
}

/** The document that a store holds. What cannot be read of it is left out. */
export function restore<S extends SchemaNode>(
  schema: S,
  stored: StoredRoom,
  options: DocOptions,
): Restored<S> {
  let doc: Doc<S> | null = null;
  let isWhole = stored.damaged === 0;
  for (const snapshot of stored.snapshots) {
    doc = tryLoad(schema, snapshot, options);
    if (doc) break;
    // The one before, and the changes since, which the store kept for this.
    isWhole = false;
  }
  doc ??= new Doc(schema, options);
  const bytes = stored.changes.map((change) => change.bytes);
  // The store knows no order: what came too early and found no room to wait is applied in the next round.
  for (;;) {
    const { applied, rejected } = doc.apply(bytes);
    // A round that brings nothing is the last: what is still missing comes from the relay, or not at all.
    if (applied === 0 || !rejected.some(({ reason }) => reason === 'too-many-parked'))
      return { doc, isWhole };
  }
}

/** The hash of the state at exactly `version`, or null if the document was never there or cannot go back to it. */
export function hashAt<S extends SchemaNode>(doc: Doc<S>, version: VersionVector): string | null {
  if (!covers(doc.version, version)) return null;
  if (covers(version, doc.version)) return doc.stateHash();
  const then = new Doc(doc.schema, { replica: doc.replica });
  then.apply(doc.changesSince(new Map(), version).map(({ bytes }) => bytes));
  return covers(then.version, version) ? then.stateHash() : null;
}

function tryLoad<S extends SchemaNode>(schema: S, file: Uint8Array, options: DocOptions): Doc<S> | null {
  try {
    return loadDoc(schema, file, options);
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}
