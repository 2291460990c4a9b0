import type { MadeBy } from '@concord/crdt';

/**
 * What is wrong, for the frame to put into words in the reader's language. `detail`: what the relay or the browser said of
 * it, in whatever language; it may be empty.
 */
export type Problem =
  /**
   * What was to be made was larger than any relay takes. It was not made: the document and its undo steps are as they
   * were before. A step that is too large stays what comes next, until `Session.skipStep`.
   */
  | {
      readonly kind: 'too-large';
      readonly by: MadeBy;
      readonly bytes: number;
      readonly most: number;
    }
  /** The relay does not take a change. It is kept on this device, with what was made after it. */
  | { readonly kind: 'held'; readonly why: 'too-large' | 'refused'; readonly detail: string }
  /** The relay did not take something; nothing is held back for it. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** What this user may do here leaves no way for the changes that wait. */
  | { readonly kind: 'read-only' }
  /** The document was erased or reset on the server. */
  | { readonly kind: 'erased' }
  | { readonly kind: 'not-allowed'; readonly detail: string }
  /** Access ended while the document was open. */
  | { readonly kind: 'revoked' }
  /** The relay does not take this connection: one of the protocol's close codes, 4400 to 4499. */
  | { readonly kind: 'connection-refused'; readonly code: number; readonly detail: string }
  /** Part of the copy on this device is damaged, set aside, and asked for again. */
  | { readonly kind: 'damaged' }
  /** So many changes of others could not be read. */
  | { readonly kind: 'unreadable'; readonly count: number }
  /**
   * The relay asked for one snapshot in place of a long history, and it came to more than any receiver takes. The relay
   * keeps the history: nothing is lost, but who opens the document takes longer.
   */
  | { readonly kind: 'history-too-long'; readonly bytes: number; readonly most: number }
  /** This browser stores nothing. */
  | { readonly kind: 'no-store'; readonly detail: string }
  | { readonly kind: 'storage-full' }
  /** A newer version of this app has the store open in another tab. */
  | { readonly kind: 'newer-app' }
  /** The store takes nothing, for another reason. */
  | { readonly kind: 'store-failed'; readonly detail: string };

/** Why a store took nothing. */
export function storeProblem(error: unknown): Problem {
  const name = error instanceof Error ? error.name : '';
  if (name === 'QuotaExceededError') return { kind: 'storage-full' };
  if (name === 'VersionError' || name === 'InvalidStateError') return { kind: 'newer-app' };
  return { kind: 'store-failed', detail: messageOf(error) };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
