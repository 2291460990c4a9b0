import { type DocumentAddress, isDocumentKind } from './address.ts';
import { isRecord, readLocal, writeLocal } from './storage.ts';

/** A document that was opened in this browser. */
export type Recent = DocumentAddress & {
  readonly title: string;
  /** When, in milliseconds since 1970. */
  readonly opened: number;
};

const KEY = 'concord.recents';
const MOST = 200;

const isRecent = (value: unknown): value is Recent =>
  isRecord(value) &&
  typeof value.kind === 'string' &&
  isDocumentKind(value.kind) &&
  typeof value.id === 'string' &&
  typeof value.title === 'string' &&
  typeof value.opened === 'number';

const same = (one: DocumentAddress, other: DocumentAddress): boolean =>
  one.kind === other.kind && one.id === other.id;

/** The documents opened in this browser, the latest first. */
export function listRecents(): readonly Recent[] {
  const stored = readLocal(KEY);
  return Array.isArray(stored) ? stored.filter(isRecent).sort((a, b) => b.opened - a.opened) : [];
}

/** Puts a document at the top of the list, or only updates its title if `opened` is not newer. */
export function rememberRecent(recent: Recent): void {
  const others = listRecents().filter((each) => !same(each, recent));
  writeLocal(KEY, [recent, ...others].slice(0, MOST));
}

/** Takes a document off the list. The document itself stays where it is. */
export function forgetRecent(address: DocumentAddress): void {
  writeLocal(
    KEY,
    listRecents().filter((each) => !same(each, address)),
  );
}

/** Calls when another tab changes the list. Returns the way to stop. */
export function watchRecents(listener: () => void): () => void {
  const onStorage = (event: StorageEvent): void => {
    if (event.key === KEY) listener();
  };
  window.addEventListener('storage', onStorage);
  return () => window.removeEventListener('storage', onStorage);
}
