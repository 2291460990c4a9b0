import { lazyView } from '@concord/ui';
import { UserPlus } from 'lucide-react';
import { words } from '../words.ts';
import type { Panel } from './panel.ts';

export const share: Panel = {
  title: () => words.share,
  icon: <UserPlus />,
  place: 'bar',
  isDialog: true,
  View: lazyView(() => import('../sharing/share-dialog.tsx')),
};
