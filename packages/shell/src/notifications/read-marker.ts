import type { ReplicaId, VersionVector } from '@concord/crdt';
import { type DocumentAddress, documentPath } from '../local/address.ts';
import { identityNamespace } from '../local/identity.ts';
import { isRecord, readLocal, writeLocal } from '../local/storage.ts';

/** What one person has already seen of a document's notices. Kept on this device. */
export interface ReadMarker {
  /** Ids of notices from comments. */
  readonly seen: ReadonlySet<string>;
  /** The document as it was when its moves were last looked at; null if they never were. */
  readonly moves: VersionVector | null;
}

const keyOf = (address: DocumentAddress, as: string | null): string =>
  `concord.read${identityNamespace(as)}.${documentPath(address)}`;

export function loadMarker(address: DocumentAddress, as: string | null): ReadMarker {
  const stored = readLocal(keyOf(address, as));
  if (!isRecord(stored)) return { seen: new Set(), moves: null };
  const { seen, moves } = stored;
  const nexts = isRecord(moves)
    ? Object.entries(moves).filter((entry): entry is [ReplicaId, number] => Number.isSafeInteger(entry[1]))
    : null;
  return {
    seen: new Set(Array.isArray(seen) ? seen.filter((id) => typeof id === 'string') : []),
    moves: nexts && new Map(nexts),
  };
}

export const saveMarker = (address: DocumentAddress, as: string | null, { seen, moves }: ReadMarker): void =>
  writeLocal(keyOf(address, as), { seen: [...seen], moves: moves && Object.fromEntries(moves) });
