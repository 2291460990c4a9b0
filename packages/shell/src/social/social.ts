import type { Json, ReplicaId } from '@concord/crdt';
import type { Session } from '@concord/sync';
import type { Named } from '../comments/mentions.ts';
import type { TitledSchema } from '../definition.ts';
import type { Identity } from '../local/identity.ts';
import { isAuthor, type SocialSchema } from './schema.ts';

/** What a peer says of themselves is their word alone: an id is kept in every message that names them. */
const LONGEST_PERSON = 64;

/** Signs the document's changes of this tab: who wrote under its replica id, and which person that is. */
export function signChanges(
  document: Session<TitledSchema>,
  social: Session<SocialSchema>,
  identity: () => Identity,
  person: string,
): () => void {
  const sign = (): void => {
    const { replica, version } = document.doc;
    if (!version.has(replica) || social.doc.isLocked) return;
    const { name, colour } = identity();
    const { authors, people } = social.doc.view;
    const isKnown = (known: Json | undefined): boolean =>
      isAuthor(known) && known.name === name && known.colour === colour;
    if (isKnown(authors[replica]) && isKnown(people[person])) return;
    social.doc.change(
      (root) => {
        root.authors.set(replica, { name, colour });
        root.people.set(person, { name, colour });
      },
      { undoable: false },
    );
  };
  sign();
  return document.doc.subscribe(({ origin }) => {
    if (origin !== 'remote') sign();
  });
}

/** Tells those who are here now which person this is, so that they can name somebody who never wrote a word. */
export const introduce = (social: Session<SocialSchema>, person: string): void =>
  social.presence.set({ person });

/** Names by person, of all who ever wrote or commented, and of those who are here now. */
export function peopleOf(social: Session<SocialSchema>): Named {
  const written = Object.entries(social.doc.view.people).flatMap(([person, one]) =>
    isAuthor(one) ? [[person, one.name] as const] : [],
  );
  const here = social.presence.peers().flatMap(({ name, data }) => {
    const person = typeof data === 'object' && data !== null && 'person' in data ? data.person : null;
    return typeof person === 'string' && person.length <= LONGEST_PERSON ? [[person, name] as const] : [];
  });
  return Object.fromEntries([...written, ...here]);
}

/** Who wrote under a replica id, as far as anybody said. */
export function authorOf(social: Session<SocialSchema>, replica: ReplicaId): Identity | null {
  const author = social.doc.view.authors[replica];
  return isAuthor(author) ? author : null;
}
