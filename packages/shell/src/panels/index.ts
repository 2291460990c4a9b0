import { comments } from './comments.tsx';
import { history } from './history.tsx';
import { inbox } from './inbox.tsx';
import { notifications } from './notifications.tsx';
import type { Panel } from './panel.ts';
import { share } from './share.tsx';
import { status } from './status.tsx';

/** Every panel, in the order of their buttons: add one file beside this and name it here. */
export const PANELS: Readonly<Record<string, Panel>> = {
  inbox,
  comments,
  history,
  notifications,
  share,
  status,
};
