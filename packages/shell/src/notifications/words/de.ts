import { plural } from '@concord/ui';
import type { english } from './en.ts';

const german: typeof english = {
  title: 'Mitteilungen',
  none: 'Nichts Neues für Sie',
  noneHint: 'Nennt Sie jemand, antwortet Ihnen oder verschiebt, was von Ihnen ist, lesen Sie es hier.',
  fresh: 'Neu',
  show: 'Zeigen',
  someone: 'Jemand',
  news: (count) => plural(count, { one: '# neue Mitteilung', other: '# neue Mitteilungen' }),
  movedTo: (name, quote, to) => `${name} hat „${quote}“ nach „${to}“ verschoben`,
  movedWithin: (name, quote, to) => `${name} hat „${quote}“ innerhalb von „${to}“ verschoben`,
  movedBetween: (name, quote, from, to) => `${name} hat „${quote}“ von „${from}“ nach „${to}“ verschoben`,
  sentences: {
    mention: (name, quote) => `${name} hat Sie in einem Kommentar zu „${quote}“ genannt`,
    reply: (name, quote) => `${name} hat zu „${quote}“ geantwortet`,
    resolved: (name, quote) => `${name} hat die Kommentare zu „${quote}“ erledigt`,
    moved: (name, quote) => `${name} hat „${quote}“ verschoben`,
  },
};

export default german;
