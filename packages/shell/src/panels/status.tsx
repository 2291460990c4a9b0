import { lazyView } from '@concord/ui';
import { Activity } from 'lucide-react';
import { words } from '../words.ts';
import type { Panel } from './panel.ts';

/** Opened by the badge in the bar. */
export const status: Panel = {
  title: () => words.whereChangesAre,
  icon: <Activity />,
  place: 'menu',
  View: lazyView(() => import('../status/status-panel.tsx')),
};
