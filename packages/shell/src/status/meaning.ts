import type { Status } from '@concord/sync';
import { words } from './words.ts';

/** What a status means for the user's work, in a sentence that claims nothing beyond what is so. */
export function meaningOf({ badge, local, remote, waiting, refusal, role }: Status): string {
  switch (badge) {
    case 'saved':
      return local === 'unavailable' ? words.savedThereOnly : words.saved;
    case 'saving':
      return remote === 'live' && waiting > 0 ? words.onTheWay : words.storing;
    case 'saved-here':
      return refusal !== null || role === 'viewer' || role === 'commenter' ? words.refused : words.savedHere;
    case 'offline':
      return local === 'unavailable' ? words.offlineThereOnly : words.offline;
    case 'not-saved':
      return words.notSaved;
  }
}
