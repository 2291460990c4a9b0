import type { Peer, Status } from '@concord/sync';
import { useCallback } from 'react';
import { shallowEqual, useSnapshot } from './use-snapshot.ts';

type Subscribe = (listener: () => void) => () => void;

/** What the status hook needs of a session. */
export type StatusSource = { readonly status: { get(): Status; subscribe: Subscribe } };

/** Where this user's changes are: on this device, on their way, on the relay's disk. */
export function useStatus({ status }: StatusSource): Status {
  const subscribe = useCallback((listener: () => void) => status.subscribe(listener), [status]);
  return useSnapshot(subscribe, () => status.get(), shallowEqual);
}

/** What the presence hook needs of a session. */
export type PresenceSource = {
  readonly presence: { peers(): readonly Peer[]; subscribe: Subscribe };
};

/** Everyone else in the room, with what they share about themselves. */
export function usePeople({ presence }: PresenceSource): readonly Peer[] {
  const subscribe = useCallback((listener: () => void) => presence.subscribe(listener), [presence]);
  return useSnapshot(subscribe, () => presence.peers(), shallowEqual);
}
