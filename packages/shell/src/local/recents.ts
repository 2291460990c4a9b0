import { type DocumentAddress, isDocumentKind } from './address.ts';
import { isRecord, readLocal, writeLocal } from './storage.ts';

/** A document that was opened in this browser. */
export type Recent = DocumentAddress & {
  readonly title: string;
  /** When, in milliseconds since 1970. */
  readonly opened: number;
  readonly starred?: boolean | undefined;
  /** When it was put into the trash, in milliseconds since 1970. The document itself stays where it is. */
  readonly trashed?: number | undefined;
};

const KEY = 'concord.recents';
/** Of those without a star. */
const MOST = 200;

const isRecent = (value: unknown): value is Recent =>
  isRecord(value) &&
  typeof value.kind === 'string' &&
  isDocumentKind(value.kind) &&
  typeof value.id === 'string' &&
  typeof value.title === 'string' &&
  typeof value.opened === 'number' &&
  (value.starred === undefined || typeof value.starred === 'boolean') &&
  (value.trashed === undefined || typeof value.trashed === 'number');

const same = (one: DocumentAddress, other: DocumentAddress): boolean =>
  one.kind === other.kind && one.id === other.id;

/** The documents opened in this browser, the latest first, those in the trash too. */
export function listRecents(): readonly Recent[] {
  const stored = readLocal(KEY);
  return Array.isArray(stored) ? stored.filter(isRecent).sort((a, b) => b.opened - a.opened) : [];
}

/** Puts a document at the top of the list; its star stays, and so does its place in the trash. */
export function rememberRecent(recent: Recent): void {
  const all = listRecents();
  const known = all.find((each) => same(each, recent));
  write([{ ...known, ...recent }, ...all.filter((each) => each !== known)]);
}

/** Changes what is noted of a document, if it is in the list; undefined takes a note away. */
export function noteRecent(
  address: DocumentAddress,
  note: {
    readonly title?: string;
    readonly starred?: boolean | undefined;
    readonly trashed?: number | undefined;
  },
): void {
  write(listRecents().map((each) => (same(each, address) ? { ...each, ...note } : each)));
}

/** Takes a document off the list. The document itself stays where it is. */
export function forgetRecent(address: DocumentAddress): void {
  write(listRecents().filter((each) => !same(each, address)));
}

/** Calls when another tab changes the list. Returns the way to stop. */
export function watchRecents(listener: () => void): () => void {
  const onStorage = (event: StorageEvent): void => {
    if (event.key === KEY) listener();
  };
  window.addEventListener('storage', onStorage);
  return () => window.removeEventListener('storage', onStorage);
}

function write(recents: readonly Recent[]): void {
  let plain = 0;
  writeLocal(
    KEY,
    recents.filter(({ starred }) => starred || ++plain <= MOST),
  );
}
