import type { ReplicaId } from '@concord/crdt';
import type { Session } from '@concord/sync';
import type { TitledSchema } from '../definition.ts';
import type { Identity } from '../local/identity.ts';
import { isAuthor, type SocialSchema } from './schema.ts';

/** Signs the document's changes of this tab: who wrote under its replica id. */
export function signChanges(
  document: Session<TitledSchema>,
  social: Session<SocialSchema>,
  identity: () => Identity,
): () => void {
  const sign = (): void => {
    const { replica, version } = document.doc;
    if (!version.has(replica) || social.doc.isLocked) return;
    const { name, colour } = identity();
    const known = social.doc.view.authors[replica];
    if (isAuthor(known) && known.name === name && known.colour === colour) return;
    social.doc.change((root) => root.authors.set(replica, { name, colour }), { undoable: false });
  };
  sign();
  return document.doc.subscribe(({ origin }) => {
    if (origin !== 'remote') sign();
  });
}

/** Who wrote under a replica id, as far as anybody said. */
export function authorOf(social: Session<SocialSchema>, replica: ReplicaId): Identity | null {
  const author = social.doc.view.authors[replica];
  return isAuthor(author) ? author : null;
}
