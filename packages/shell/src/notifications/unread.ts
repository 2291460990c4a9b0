import { useEffect, useRef, useSyncExternalStore } from 'react';
import { loadWhenLive } from '../load-when-live.ts';
import { useShell } from '../shell.tsx';
import type { Feed } from './feed.ts';

/** The feed of the open document, once it is loaded: the page comes first. */
let feed: Feed | null = null;
const listeners = new Set<() => void>();

const tell = (): void => {
  for (const listener of [...listeners]) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** How many notices are unread. */
export const useUnread = (): number => useSyncExternalStore(subscribe, () => feed?.unread().size ?? 0);

/** The feed of the open document; null until it is loaded. */
export const useFeed = (): Feed | null => useSyncExternalStore(subscribe, () => feed);

/** Reads along as long as the document is open, and says what is new. */
export function useWatch(): void {
  const shell = useShell();
  const latest = useRef(shell);
  latest.current = shell;
  const { session, social } = shell;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another document is another feed; the rest is read when needed
  useEffect(() => {
    let close = (): void => undefined;
    let gone = false;
    void loadWhenLive(session, () => import('./watch.ts')).then(({ watch }) => {
      if (gone) return;
      const watching = watch(() => latest.current);
      feed = watching.feed;
      const stop = feed.subscribe(tell);
      close = () => {
        stop();
        watching.close();
        feed = null;
        tell();
      };
      tell();
    });
    return () => {
      gone = true;
      close();
    };
  }, [session, social]);
}
