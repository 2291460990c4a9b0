import { newDocumentId } from './address.ts';
import { identityNamespace } from './identity.ts';
import { readLocal, writeLocal } from './storage.ts';

const KEY = 'concord.person';

/**
 * Who wrote a comment, whatever they are called now: an id of this browser, made up once and remembered. Names are not
 * unique, and everybody may change theirs.
 */
export function loadPerson(as: string | null): string {
  const key = KEY + identityNamespace(as);
  const stored = readLocal(key);
  if (typeof stored === 'string' && stored !== '') return stored;
  const person = newDocumentId();
  writeLocal(key, person);
  return person;
}
