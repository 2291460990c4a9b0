import type { DocumentKind } from './address.ts';

/** The templates of each kind, by the name under which the app knows them. What they are called is the home page's. */
export const TEMPLATES = {
  docs: ['minutes', 'brief'],
  board: ['steps', 'meetup', 'sprint'],
  blocks: ['launch', 'handbook'],
  gantt: ['website', 'event'],
} as const satisfies Record<DocumentKind, readonly string[]>;

export type TemplateName<K extends DocumentKind = DocumentKind> = (typeof TEMPLATES)[K][number];
