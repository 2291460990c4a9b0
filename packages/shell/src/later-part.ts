import { lateWords } from '@concord/ui';
import { useEffect, useSyncExternalStore } from 'react';
import { type Line, loadWhenLive } from './load-when-live.ts';

/**
 * Code that a page can be shown without: on its way from now on. The hook gives null until it is here, its words in the
 * page's language; where it could not be fetched, it is again when the connection has come back.
 */
export function laterPart<T>(fetch: () => Promise<T>): (line: Line) => T | null {
  const load = async (): Promise<T> => {
    const loaded = await fetch();
    await lateWords();
    return loaded;
  };
  let part: T | null = null;
  const listeners = new Set<() => void>();
  const come = (loaded: T): void => {
    part = loaded;
    for (const listener of listeners) listener();
  };
  const first = load().then(come);
  // Told where it is waited for.
  first.catch(() => undefined);
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  // biome-ignore lint/correctness/noComponentHookFactories: made once, with the module that names it
  return function usePart(line) {
    useEffect(() => {
      first.catch(() => loadWhenLive(line, load).then(come));
    }, [line]);
    return useSyncExternalStore(subscribe, () => part);
  };
}
