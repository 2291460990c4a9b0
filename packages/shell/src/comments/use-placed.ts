import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useShell } from '../shell.tsx';
import type { Place, Subject } from './subject.ts';
import type { Thread } from './threads.ts';

/** A thread and where it stands now; null if nothing that it is about is to be seen. */
export interface Placed {
  readonly thread: Thread;
  readonly subject: Subject | null;
  readonly place: Place | null;
}

/** While somebody types the list may lag behind a little. */
const PAUSE = 150;

/** Counts the document's changes, at most one for each pause. */
function usePulse(subscribe: (listener: () => void) => () => void): number {
  const [pulse, setPulse] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setPulse((before) => before + 1);
      }, PAUSE);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [subscribe]);
  return pulse;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? -1) - (b[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Each thread at the newest of its subjects that is to be seen, in the order of the document; the detached ones last. */
export function place(
  threads: readonly Thread[],
  find: (subject: Subject) => Place | null,
): readonly Placed[] {
  return threads
    .map((thread): Placed => {
      for (const subject of thread.subjects.toReversed()) {
        const found = find(subject);
        if (found) return { thread, subject, place: found };
      }
      return { thread, subject: null, place: null };
    })
    .sort((a, b) => {
      if (a.place && b.place) return compare(a.place.order, b.place.order);
      return (a.place ? 0 : 1) - (b.place ? 0 : 1);
    });
}

/** The threads with their places, placed anew as the document changes. */
export function usePlaced(threads: readonly Thread[]): readonly Placed[] {
  const { app, session } = useShell();
  const { doc } = session;
  const subscribe = useMemo(() => (listener: () => void) => doc.subscribe(listener), [doc]);
  const pulse = usePulse(subscribe);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pulse says that the document is another one
  return useMemo(
    () => place(threads, app.comments?.places(session) ?? (() => null)),
    [threads, app, session, pulse],
  );
}

/** The same, but as long as the focus is in the list nothing in it changes places: that would take the focus away. */
export function useKept(placed: readonly Placed[], list: RefObject<HTMLElement | null>): readonly Placed[] {
  const before = useRef<readonly string[]>([]);
  let kept = placed;
  if (list.current?.contains(document.activeElement)) {
    const known = new Map(placed.map((each) => [each.thread.id, each]));
    const stay = before.current.map((id) => known.get(id)).filter((each) => each !== undefined);
    kept = [...stay, ...placed.filter(({ thread }) => !before.current.includes(thread.id))];
  }
  useEffect(() => {
    before.current = kept.map(({ thread }) => thread.id);
  });
  return kept;
}
