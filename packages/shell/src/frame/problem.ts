import type { MadeBy } from '@concord/crdt';
import type { Problem } from '@concord/sync';
import { formatLocale } from '@concord/ui';
import { words } from '../words.ts';

/** The sentence for each thing that can be too large to be made. */
const TOO_LARGE: Readonly<Record<MadeBy, () => (size: string, most: string) => string>> = {
  edit: () => words.problemTooLarge,
  undo: () => words.problemUndoTooLarge,
  redo: () => words.problemRedoTooLarge,
  revert: () => words.problemRevertTooLarge,
};

/** What is wrong, in words for a person. */
export function problemText(problem: Problem): string {
  switch (problem.kind) {
    case 'too-large':
      return TOO_LARGE[problem.by]()(inMegabytes(problem.bytes), inMegabytes(problem.most));
    case 'held':
      return problem.why === 'too-large' ? words.problemHeldTooLarge : words.problemHeld;
    case 'refused':
      return words.problemRefused;
    case 'read-only':
      return words.problemReadOnly;
    case 'erased':
      return words.problemErased;
    case 'not-allowed':
      return words.problemNotAllowed;
    case 'revoked':
      return words.problemRevoked;
    case 'connection-refused':
      return words.problemConnection(problem.code);
    case 'damaged':
      return words.problemDamaged;
    case 'unreadable':
      return words.problemUnreadable(problem.count);
    case 'history-too-long':
      return words.problemHistoryTooLong(inMegabytes(problem.bytes), inMegabytes(problem.most));
    case 'no-store':
      return words.problemNoStore;
    case 'storage-full':
      return words.problemStorageFull;
    case 'newer-app':
      return words.problemNewerApp;
    case 'store-failed':
      return words.problemStoreFailed(problem.detail);
  }
}

/** Millions of bytes, as the reader writes numbers. */
function inMegabytes(bytes: number): string {
  return (bytes / 1_000_000).toLocaleString(formatLocale(), { maximumFractionDigits: 1 });
}
