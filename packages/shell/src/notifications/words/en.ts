import { plural } from '@concord/ui';

/** What is said of what others did. */
export const english = {
  title: 'Notifications',
  none: 'Nothing new for you',
  noneHint: 'When somebody names you, replies to you or moves what you made, you read it here.',
  fresh: 'New',
  show: 'Show',
  someone: 'Someone',
  news: (count: number) => plural(count, { one: '# new notification', other: '# new notifications' }),
  movedTo: (name: string, quote: string, to: string) => `${name} moved “${quote}” to “${to}”`,
  movedWithin: (name: string, quote: string, to: string) => `${name} moved “${quote}” within “${to}”`,
  movedBetween: (name: string, quote: string, from: string, to: string) =>
    `${name} moved “${quote}” from “${from}” to “${to}”`,
  sentences: {
    mention: (name: string, quote: string) => `${name} named you in a comment on “${quote}”`,
    reply: (name: string, quote: string) => `${name} replied about “${quote}”`,
    resolved: (name: string, quote: string) => `${name} resolved the comments on “${quote}”`,
    moved: (name: string, quote: string) => `${name} moved “${quote}”`,
  },
};
