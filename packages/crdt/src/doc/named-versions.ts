import type { ReplicaId } from '../core/ids.ts';
import type { VersionVector } from '../core/version.ts';
import type { MapMut } from '../types/map.ts';

/** A version as plain data. */
type PlainVersion = Readonly<Record<string, number>>;

export type VersionsMut = MapMut<PlainVersion | null>;

export const plainVersion = (version: VersionVector | null): PlainVersion | null =>
  version && Object.fromEntries(version);

/** Versions by name, from what the map of them shows. */
export function namedVersions(shown: unknown): Readonly<Record<string, VersionVector>> {
  return Object.fromEntries(
    Object.entries(shown as Readonly<Record<string, Readonly<Record<ReplicaId, number>>>>).map(
      ([name, nexts]) => [
        name,
        new Map(Object.entries(nexts).filter((entry): entry is [ReplicaId, number] => entry[0] !== '')),
      ],
    ),
  );
}
