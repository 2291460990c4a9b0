import type { DocumentAddress } from './address.ts';
import { isRecord } from './storage.ts';

/** What a new document shall begin with. The app that opens it puts it in, once, as one change. */
export type Beginning =
  /** `title`: what the reader knows it as. */
  | { readonly type: 'template'; readonly name: string; readonly title: string }
  | { readonly type: 'markdown'; readonly name: string; readonly text: string };

const keyOf = ({ kind, id }: DocumentAddress): string => `concord.beginning.${kind}/${id}`;

/** Leaves the beginning for the page that opens the document in this tab. False if it is too much to be handed on. */
export function leaveBeginning(address: DocumentAddress, beginning: Beginning): boolean {
  try {
    sessionStorage.setItem(keyOf(address), JSON.stringify(beginning));
    return true;
  } catch {
    return false;
  }
}

/** What was left for this document, once. */
export function takeBeginning(address: DocumentAddress): Beginning | null {
  try {
    const text = sessionStorage.getItem(keyOf(address));
    if (text === null) return null;
    sessionStorage.removeItem(keyOf(address));
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || typeof value.name !== 'string') return null;
    if (value.type === 'template' && typeof value.title === 'string')
      return { type: 'template', name: value.name, title: value.title };
    return value.type === 'markdown' && typeof value.text === 'string'
      ? { type: 'markdown', name: value.name, text: value.text }
      : null;
  } catch {
    return null;
  }
}
