import { usePerson } from '@concord/react';
import type { Peer } from '@concord/sync';
import { announce, toast } from '@concord/ui';
import { useCallback, useEffect, useState } from 'react';
import { useShell } from '../shell.tsx';
import { words } from '../words.ts';

/** Keys that only go with others: they are no action yet. */
const SILENT: readonly string[] = ['Shift', 'Control', 'Alt', 'Meta'];
const ACTS = ['pointerdown', 'wheel', 'touchmove', 'keydown'] as const;

export type Follow = {
  /** Whom this user follows. */
  readonly person: Peer | null;
  readonly start: (id: string) => void;
  readonly stop: () => void;
  /** Brings into view where somebody is, once. */
  readonly goTo: (id: string) => void;
};

/** Keeps in view where one of the others is, until this user acts in the document, or they leave. */
export function useFollow(): Follow | null {
  const { session, app } = useShell();
  const { whereabouts } = app;
  const [followed, setFollowed] = useState<string | null>(null);
  const person = usePerson(session, followed);

  const data = person?.data;
  useEffect(() => {
    if (data === undefined) return;
    // Once their change, which may have come with it, is drawn.
    const frame = requestAnimationFrame(() => whereabouts?.reveal(session, data));
    return () => cancelAnimationFrame(frame);
  }, [data, session, whereabouts]);

  const name = person?.name;
  const stop = useCallback(() => {
    setFollowed(null);
    if (name !== undefined) announce(words.stoppedFollowing(name));
  }, [name]);
  useEffect(() => {
    if (followed !== null && name === undefined) setFollowed(null);
  }, [followed, name]);

  useEffect(() => {
    if (followed === null) return;
    const onAct = (event: Event): void => {
      if (event instanceof KeyboardEvent) {
        if (event.key === 'Escape') event.preventDefault();
        else if (SILENT.includes(event.key) || !inDocument(event)) return;
      } else if (!inDocument(event)) return;
      stop();
    };
    for (const act of ACTS) window.addEventListener(act, onAct, { passive: act !== 'keydown' });
    return () => {
      for (const act of ACTS) window.removeEventListener(act, onAct);
    };
  }, [followed, stop]);

  if (!whereabouts) return null;
  return {
    person,
    stop,
    start: (id) => {
      setFollowed(id);
      const chosen = session.presence.peers().find(({ replica }) => replica === id);
      if (chosen) announce(words.following(chosen.name));
    },
    goTo: (id) => {
      const chosen = session.presence.peers().find(({ replica }) => replica === id);
      if (chosen && !whereabouts.reveal(session, chosen.data))
        toast({ key: 'whereabouts', title: words.nowhere(chosen.name) });
    },
  };
}

/** What happens in the bar or in a panel leaves the document where it is. */
const inDocument = ({ target }: Event): boolean =>
  target instanceof Element && target.closest('#content') !== null;
