import { lazyView } from '@concord/ui';
import { GitMerge } from 'lucide-react';
import { useConflictNotices, useInboxCount } from '../inbox/use-inbox.ts';
import { words } from '../inbox/words.ts';
import type { Panel } from './panel.ts';

/** What merged while one was away or at the same moment. */
export const inbox: Panel = {
  title: () => words.title,
  icon: <GitMerge />,
  place: 'waiting',
  View: lazyView(() => import('../inbox/inbox-panel.tsx')),
  useCount: useInboxCount,
  useWatch: useConflictNotices,
};
