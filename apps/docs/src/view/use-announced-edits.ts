import { announce } from '@concord/ui';
import { useEffect } from 'react';
import type { DocsSession } from '../editor/create-editor.ts';
import { words } from './words.ts';

/** A person who writes on is announced again after this pause, in milliseconds. */
const PAUSE = 30_000;

/** Tells screen readers who else is writing: once, not at each key. */
export function useAnnouncedEdits({ doc, presence }: DocsSession): void {
  useEffect(() => {
    const told = new Map<string, number>();
    return doc.subscribe(({ origin, changes, patches }) => {
      if (origin !== 'remote' || !patches.has('body')) return;
      for (const replica of new Set(changes.map((change) => change.replica))) {
        const peer = presence.peers().find((each) => each.replica === replica);
        const last = told.get(replica) ?? Number.NEGATIVE_INFINITY;
        if (peer && performance.now() - last > PAUSE) announce(words.editing(peer.name));
        told.set(replica, performance.now());
      }
    });
  }, [doc, presence]);
}
