import { lazyView } from '@concord/ui';
import { Bell } from 'lucide-react';
import { useUnread, useWatch } from '../notifications/unread.ts';
import { words } from '../notifications/words.ts';
import type { Panel } from './panel.ts';

/** What others did that this user should hear of. */
export const notifications: Panel = {
  title: () => words.title,
  icon: <Bell />,
  place: 'bar',
  View: lazyView(() => import('../notifications/notifications-panel.tsx')),
  useCount: useUnread,
  useWatch,
};
