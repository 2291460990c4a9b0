import type { DocEvent } from '@concord/crdt';
import { flash } from '@concord/ui';
import { useEffect } from 'react';
import { useShell } from '../shell.tsx';

/** Shows what was undone or redone, wherever in the document it is: brings it into view, and makes it stand out. */
export function useReveal(): void {
  const { session, app } = useShell();
  useEffect(() => {
    let frame = 0;
    const stop = session.doc.subscribe((event) => {
      if (!event.step) return;
      cancelAnimationFrame(frame);
      // Once it is drawn.
      frame = requestAnimationFrame(() => app.reveal?.(session, event, flash));
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [session, app]);
}

/** The keys of the things that an event is about, as the paths of containers and their patches name them. */
export function keysIn({ patches }: DocEvent): string[] {
  const keys: string[] = [];
  for (const [path, list] of patches) {
    keys.push(...path.split('/').slice(1).map(decodeURIComponent));
    for (const patch of list)
      for (const name of ['entity', 'node', 'edge', 'element']) {
        const key: unknown = typeof patch === 'object' && patch !== null ? Reflect.get(patch, name) : null;
        if (typeof key === 'string') keys.push(key);
      }
  }
  return keys;
}
