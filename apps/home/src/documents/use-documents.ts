import {
  type DocumentKind,
  forgetRecent,
  listRecents,
  noteRecent,
  type Recent,
  rememberRecent,
  watchRecents,
} from '@concord/shell/local';
import { useEffect, useMemo, useState } from 'react';
import { words } from '../words.ts';

export type Shelf = 'recent' | 'starred' | 'trash';

export type Documents = {
  readonly all: readonly Recent[];
  readonly put: (document: Recent) => void;
  readonly note: typeof noteRecent;
  readonly forget: typeof forgetRecent;
};

/** The documents of this browser, as they are now; changes here and in other tabs show at once. */
export function useDocuments(): Documents {
  const [all, setAll] = useState(listRecents);
  useEffect(() => {
    const reload = (): void => setAll(listRecents());
    // A page that comes back from the browser's cache has not seen what happened meanwhile.
    window.addEventListener('pageshow', reload);
    const stop = watchRecents(reload);
    return () => {
      window.removeEventListener('pageshow', reload);
      stop();
    };
  }, []);
  return useMemo(() => {
    const then =
      <A extends unknown[]>(change: (...args: A) => void) =>
      (...args: A): void => {
        change(...args);
        setAll(listRecents());
      };
    return { all, put: then(rememberRecent), note: then(noteRecent), forget: then(forgetRecent) };
  }, [all]);
}

export const titleOf = ({ title }: Recent): string => title || words.untitled;

/** What stands on a shelf, filtered; on the trash's the last thrown away first. */
export function shown(
  all: readonly Recent[],
  { shelf, kind, query }: { shelf: Shelf; kind: DocumentKind | 'all'; query: string },
): readonly Recent[] {
  const needle = query.trim().toLocaleLowerCase();
  const found = all.filter(
    (each) =>
      (shelf === 'trash') === (each.trashed !== undefined) &&
      (shelf !== 'starred' || each.starred === true) &&
      (kind === 'all' || each.kind === kind) &&
      titleOf(each).toLocaleLowerCase().includes(needle),
  );
  return shelf === 'trash' ? found.sort((a, b) => (b.trashed ?? 0) - (a.trashed ?? 0)) : found;
}
