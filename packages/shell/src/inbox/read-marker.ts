import type { ReplicaId, VersionVector } from '@concord/crdt';
import { type DocumentAddress, documentPath } from '../local/address.ts';
import { identityNamespace } from '../local/identity.ts';
import { isRecord, readLocal, writeLocal } from '../local/storage.ts';

/** How far somebody has looked through the conflicts of a document, on this device. */
export type ReadMarker = {
  /** All up to here was looked through. */
  readonly since: VersionVector;
  /** The replica ids that this person has written under, on this device. */
  readonly mine: ReadonlySet<ReplicaId>;
  /** Keys of what was put away one by one since. */
  readonly dismissed: ReadonlySet<string>;
  /** Keys of what a notice told already. */
  readonly told: ReadonlySet<string>;
};

/** Older keys are forgotten. */
const MOST = 500;

const keyOf = (address: DocumentAddress, as: string | null): string =>
  `concord.inbox${identityNamespace(as)}${documentPath(address)}`;

const isText = (value: unknown): value is string => typeof value === 'string';
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter(isText) : []);

export function loadMarker(address: DocumentAddress, as: string | null): ReadMarker {
  const stored = readLocal(keyOf(address, as));
  const { since, mine, dismissed, told } = isRecord(stored) ? stored : {};
  const nexts = Object.entries(isRecord(since) ? since : {}).filter(
    (entry): entry is [ReplicaId, number] => typeof entry[1] === 'number',
  );
  return {
    since: new Map(nexts),
    mine: new Set(texts(mine) as readonly ReplicaId[]),
    dismissed: new Set(texts(dismissed)),
    told: new Set(texts(told)),
  };
}

export function saveMarker(address: DocumentAddress, as: string | null, marker: ReadMarker): void {
  writeLocal(keyOf(address, as), {
    since: Object.fromEntries(marker.since),
    mine: [...marker.mine],
    dismissed: [...marker.dismissed].slice(-MOST),
    told: [...marker.told].slice(-MOST),
  });
}
