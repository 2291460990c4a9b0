import type { Peer } from '@concord/sync';
import { announce } from '@concord/ui';
import { useEffect, useRef } from 'react';
import { words } from '../words.ts';

/** Tells screen readers, politely, who comes and goes. The people who were here first are not news. */
export function useAnnouncedPeople(peers: readonly Peer[]): void {
  const known = useRef<ReadonlyMap<string, string> | null>(null);
  useEffect(() => {
    const now = new Map(peers.map((peer) => [peer.replica as string, peer.name]));
    if (known.current !== null) {
      for (const [replica, name] of now) if (!known.current.has(replica)) announce(words.joined(name));
      for (const [replica, name] of known.current) if (!now.has(replica)) announce(words.left(name));
    }
    known.current = now;
  }, [peers]);
}
