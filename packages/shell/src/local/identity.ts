import { PRESENCE_COLOURS } from '@concord/ui';
import { isRecord, readLocal, writeLocal } from './storage.ts';
import { words } from './words.ts';

export type Identity = {
  readonly name: string;
  /** 0 … 9, see `presenceColour`. */
  readonly colour: number;
};

const KEY = 'concord.identity';
/** The relay refuses longer presence; and nobody reads longer names. */
const LONGEST_NAME = 60;

const pick = (list: readonly string[]): string => list[Math.floor(Math.random() * list.length)] ?? '';

/** In the reader's language; from then on it is theirs, whatever language they read. */
const madeUpName = (): string => words.madeUpName(pick(words.adjectives), pick(words.animals));

/** The same name gets the same colour on every device. The last colour, grey, stays for people of unknown colour. */
function colourOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const char of name) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 19) % (PRESENCE_COLOURS - 1);
}

/** `as` as part of storage names: people on one page must not share stores. */
export const identityNamespace = (as: string | null): string =>
  as === null ? '' : `.${encodeURIComponent(as)}`;

/**
 * Who the user is in this browser: a name and a colour, made up at first and remembered. With `as` (from `?as=Ana`)
 * it is another person with an own memory, so that two frames of one page are two people.
 */
export function loadIdentity(as: string | null): Identity {
  const key = KEY + identityNamespace(as);
  const stored = readLocal(key);
  if (isRecord(stored) && typeof stored.name === 'string' && typeof stored.colour === 'number')
    return { name: stored.name.slice(0, LONGEST_NAME), colour: stored.colour };
  const name = (as ?? madeUpName()).slice(0, LONGEST_NAME);
  const identity = { name, colour: colourOf(name) };
  writeLocal(key, identity);
  return identity;
}

/** Remembers a new name or colour. */
export function saveIdentity(as: string | null, identity: Identity): void {
  writeLocal(KEY + identityNamespace(as), identity);
}
