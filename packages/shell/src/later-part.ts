import { lateWords } from '@concord/ui';
import { useEffect, useSyncExternalStore } from 'react';
import { type Line, loadWhenLive } from './load-when-live.ts';

/**
 * Code that a page can be shown without. The hook gives null until it is here, its words in the page's language. It is
 * fetched once it is `wanted` and what is there has been painted: run before that, it would keep the content waiting.
 * Where it could not be fetched, it is again when the connection has come back.
 */
export function laterPart<T>(fetch: () => Promise<T>): (line: Line, wanted: boolean) => T | null {
  let part: T | null = null;
  let isComing = false;
  const listeners = new Set<() => void>();
  const load = async (): Promise<T> => {
    const loaded = await fetch();
    await lateWords();
    return loaded;
  };
  const come = (loaded: T): void => {
    part = loaded;
    for (const listener of listeners) listener();
  };
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  // biome-ignore lint/correctness/noComponentHookFactories: made once, with the module that names it
  return function usePart(line, wanted) {
    useEffect(() => {
      if (!wanted || isComing) return;
      isComing = true;
      void loadWhenLive(line, load).then(come);
    }, [line, wanted]);
    return useSyncExternalStore(subscribe, () => part);
  };
}
