import { sameFaces, usePeople, useView } from '@concord/react';
import { useMemo } from 'react';
import { useShell } from '../shell.tsx';
import { isAuthor } from '../social/schema.ts';

/** Everybody who can be named: who is here, who wrote in the document, who commented. Oneself is not among them. */
export function useNames(): readonly string[] {
  const { session, social, self } = useShell();
  const peers = usePeople(session, sameFaces);
  const authors = useView(social, (view) => view.authors);
  const people = useView(social, (view) => view.people);
  return useMemo(() => {
    const here = peers.map(({ name }) => name);
    const written = [...Object.values(people), ...Object.values(authors)].filter(isAuthor);
    const names = new Set([...here, ...written.map(({ name }) => name)]);
    names.delete(self.name);
    names.delete('');
    return [...names];
  }, [peers, people, authors, self.name]);
}
