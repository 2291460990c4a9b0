import { DOCUMENT_KINDS, type DocumentKind } from '@concord/shell/local';

/** What a file is to us, by its name: its content is judged by whoever reads it. */
export type Incoming = {
  readonly type: 'markdown' | 'document';
  /** The file's name without its endings. */
  readonly title: string;
  /** What it can become. */
  readonly kinds: readonly DocumentKind[];
};

/** Bytes; text is handed on through the tab's storage, which holds about five million characters. */
export const LARGEST = { markdown: 4_000_000, document: 512 << 20 } as const;

/** `plan.gantt.concord`, `anything.concord`, `notes.md`, `notes.txt`; null if it is nothing that can be imported. */
export function whatIs(name: string): Incoming | null {
  const [, text] = /^(.+)\.(?:md|markdown|txt)$/i.exec(name) ?? [];
  if (text !== undefined) return { type: 'markdown', title: text, kinds: ['docs', 'blocks'] };
  const [, title, kind] = /^(.+?)(?:\.([a-z]+))?\.concord$/i.exec(name) ?? [];
  if (title === undefined) return null;
  const known = DOCUMENT_KINDS.find((each) => each === kind?.toLowerCase());
  const isNamed = kind === undefined || known !== undefined;
  return {
    type: 'document',
    title: isNamed ? title : `${title}.${kind}`,
    kinds: known ? [known] : DOCUMENT_KINDS,
  };
}
