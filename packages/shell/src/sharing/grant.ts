import { type DocumentAddress, documentPath } from '../local/address.ts';
import { identityNamespace } from '../local/identity.ts';
import { readLocal, writeLocal } from '../local/storage.ts';

const keyOf = ({ kind, id }: DocumentAddress, as: string | null): string =>
  `concord.grant.${kind}/${id}${identityNamespace(as)}`;

/** The share link by which this device came to a document, if it did. */
export function loadGrant(address: DocumentAddress, as: string | null): string | null {
  const stored = readLocal(keyOf(address, as));
  return typeof stored === 'string' && stored !== '' ? stored : null;
}

/** The document is opened without a share link from now on. */
export const forgetGrant = (address: DocumentAddress, as: string | null): void =>
  writeLocal(keyOf(address, as), null);

/**
 * Takes a share link's token (`?grant=…`) out of the page's address, where it could be copied and read over a
 * shoulder, and remembers it on this device. Without one in the address, the one of an earlier visit.
 */
export function takeGrant(address: DocumentAddress, as: string | null): string | null {
  const here = new URL(location.href);
  const given = here.searchParams.get('grant');
  if (given === null) return loadGrant(address, as);
  if (given !== '') writeLocal(keyOf(address, as), given);
  here.searchParams.delete('grant');
  history.replaceState(history.state, '', here);
  return given || loadGrant(address, as);
}

/** The whole address of a document, with a share link's token if one is given. */
export function linkTo(address: DocumentAddress, grant: string | null): string {
  const link = new URL(documentPath(address), location.href);
  if (grant !== null) link.searchParams.set('grant', grant);
  return link.href;
}
