import { plural } from '@concord/ui';
import { ordinal } from '../../ordinal.ts';

type Told = { readonly what: string; readonly mine: string; readonly theirs: string };

/** What the inbox says of things that two people changed without knowing of each other. */
export const english = {
  title: 'Merged changes',
  hint: 'You and somebody else changed these without seeing each other. Nothing is lost: keep what is there, or take the other.',
  none: 'Nothing to look at',
  noneHint:
    'When you and somebody else change the same thing at the same time, or while you are offline, you see it here.',
  /** What people do to things, and what of a thing they change. */
  place: 'Place',
  name: 'Title',
  deletion: 'Deletion',
  archiving: 'Archive',
  text: 'Text',
  kind: 'Kind',
  attribute: 'Attribute',
  nothing: 'none',
  yes: 'yes',
  no: 'no',
  moved: 'moved',
  edited: 'edited',
  deleted: 'deleted',
  archived: 'archived',
  restored: 'restored',
  wrote: (text: string) => `wrote “${text}”`,
  deletedAround: 'deleted the text around it',
  topLevel: 'top level',
  nth: (place: number, list: string | null) => `${ordinal(place)}${list === null ? '' : ` in ${list}`}`,
  restore: 'Restore',
  someone: 'Someone',
  you: 'You',
  holds: 'This is what stands now',
  bothKept: 'Both are kept',
  takeMine: 'Take mine',
  takeTheirs: (name: string) => `Take ${name}’s`,
  took: (what: string) => `Take the other: ${what}`,
  show: 'Show',
  dismiss: 'Dismiss',
  dismissAll: 'Dismiss all',
  dismissed: (thing: string) => `Dismissed: ${thing}`,
  waiting: 'Waits to be put right',
  list: 'Merged changes, newest first',
  look: 'Look',
  alsoChanged: (name: string, thing: string) => `${name} changed “${thing}” at the same time as you`,
  became: ({ what, mine, theirs }: Told) => `${what}: you ${mine}, they ${theirs}`,
  merged: (count: number) =>
    plural(count, {
      one: '# thing was changed by you and by others at the same time',
      other: '# things were changed by you and by others at the same time',
    }),
};
