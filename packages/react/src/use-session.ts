import type { Peer, Status } from '@concord/sync';
import { useCallback } from 'react';
import { type Equality, shallowEqual, useSnapshot } from './use-snapshot.ts';

type Subscribe = (listener: () => void) => () => void;

/** What the status hook needs of a session. */
export type StatusSource = { readonly status: { get(): Status; subscribe: Subscribe } };

/**
 * Where this user's changes are: on this device, on their way, on the relay's disk; or the part that `select` picks. The
 * whole changes with each change of anybody's: who draws much takes a part.
 */
export function useStatus(source: StatusSource): Status;
export function useStatus<T>(source: StatusSource, select: (status: Status) => T): T;
export function useStatus<T>({ status }: StatusSource, select?: (status: Status) => T): T | Status {
  const subscribe = useCallback((listener: () => void) => status.subscribe(listener), [status]);
  const read = (): T | Status => (select ? select(status.get()) : status.get());
  return useSnapshot(subscribe, read, shallowEqual);
}

/** What the presence hook needs of a session. */
export type PresenceSource = {
  readonly presence: { peers(): readonly Peer[]; subscribe: Subscribe };
};

/** Everyone else in the room, with what they share about themselves. Somebody's caret moves with every key: see `sameFaces`. */
export function usePeople(
  { presence }: PresenceSource,
  equal: Equality<readonly Peer[]> = shallowEqual,
): readonly Peer[] {
  const subscribe = useCallback((listener: () => void) => presence.subscribe(listener), [presence]);
  return useSnapshot(subscribe, () => presence.peers(), equal);
}

/** Equal as long as the same people are here, under the same names, wherever they are: for who does not look at `data`. */
export function sameFaces(some: readonly Peer[], others: readonly Peer[]): boolean {
  return (
    some.length === others.length &&
    some.every((peer, i) => shallowEqual({ ...peer, data: null }, { ...others[i], data: null }))
  );
}

/** The person under that id, or null: not here. */
export function usePerson({ presence }: PresenceSource, replica: string | null): Peer | null {
  const subscribe = useCallback((listener: () => void) => presence.subscribe(listener), [presence]);
  return useSnapshot(subscribe, () => presence.peers().find((peer) => peer.replica === replica) ?? null);
}
