import type { Shell } from '../shell.tsx';
import type { Notice } from './notices.ts';

/** Leads to what a notice is about. */
export function show({ app, session, comments, openPanel }: Shell, { to }: Notice): void {
  if ('thread' in to) {
    comments.look({ active: to.thread, draft: null, focus: true });
    openPanel('comments');
  } else app.comments?.reveal(session, { type: 'item', id: to.item }, true);
}
