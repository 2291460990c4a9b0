import type { Kind } from '@concord/ui';

/** The kinds of document, in the order in which they are offered. */
export const DOCUMENT_KINDS = ['docs', 'board', 'blocks', 'gantt'] as const satisfies readonly Kind[];
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** What each app is called, and one thing made in it. */
export const KIND_NAMES: Readonly<Record<DocumentKind, { readonly app: string; readonly one: string }>> = {
  docs: { app: 'Docs', one: 'document' },
  board: { app: 'Board', one: 'board' },
  blocks: { app: 'Blocks', one: 'page' },
  gantt: { app: 'Gantt', one: 'plan' },
};

export type DocumentAddress = { readonly kind: DocumentKind; readonly id: string };

const ID = /^[A-Za-z0-9_-]{1,64}$/;

export const isDocumentKind = (text: string | undefined): text is DocumentKind =>
  DOCUMENT_KINDS.some((kind) => kind === text);

/** A fresh document id: 96 random bits, so that nobody finds a document by guessing. */
export function newDocumentId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

/** The path of a document's page, for one named person if `as` is given. */
export const documentPath = ({ kind, id }: DocumentAddress, as?: string): string =>
  `/${kind}/${id}${as ? `?as=${encodeURIComponent(as)}` : ''}`;

/** The document that a path or a whole address means, or null: `/board/abc`, `https://host/board/abc?as=Ana`. */
export function parseAddress(text: string): DocumentAddress | null {
  let path: string;
  try {
    path = new URL(text.trim(), 'http://here').pathname;
  } catch {
    return null;
  }
  const [kind, id, ...rest] = path.split('/').filter(Boolean);
  if (!isDocumentKind(kind) || id === undefined || !ID.test(id) || rest.length > 0) return null;
  return { kind, id };
}
