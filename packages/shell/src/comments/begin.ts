import { toast } from '@concord/ui';
import type { Shell } from '../shell.tsx';
import { words } from './words.ts';

/** Begins a comment on what is chosen in the document. */
export function beginComment({ app, session, comments }: Shell): void {
  const chosen = app.comments?.chosen(session);
  if (chosen) comments.begin(chosen);
  else toast({ key: 'comment', title: words.nothingChosen });
}

export const COMMENT_KEYS = 'Mod+Alt+M';
