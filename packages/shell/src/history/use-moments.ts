import { useEffect, useState, useSyncExternalStore } from 'react';
import { useShell } from '../shell.tsx';
import type { TitledSchema } from '../titled.ts';
import { type Moment, Moments } from './moments.ts';

/** How long after a change the moments are looked through again, in milliseconds. */
const SETTLE = 400;

type Found = {
  readonly moments: Moments<TitledSchema>;
  readonly all: readonly Moment[];
  readonly complete: boolean;
};

/** The moments of the open document, as far as they were found. */
export function useMoments(): Found {
  const { doc } = useShell().session;
  const [moments] = useState(() => new Moments(doc));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    void moments.update();
    const stop = doc.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void moments.update();
      }, SETTLE);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [doc, moments]);
  const all = useSyncExternalStore(moments.subscribe, moments.get);
  return { moments, all, complete: moments.isComplete() };
}
