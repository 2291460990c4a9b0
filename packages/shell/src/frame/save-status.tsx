import { useStatus } from '@concord/react';
import { StatusBadge } from '@concord/ui';
import { useShell } from '../shell.tsx';

/** Where this user's changes are. Apart from the frame: it changes with each key, and the frame need not. */
export function SaveStatus() {
  const { session, panel, openPanel, closePanel } = useShell();
  const status = useStatus(session, ({ badge, waiting }) => ({ state: badge, waiting }));
  const isOpen = panel?.id === 'status';
  return (
    <StatusBadge
      status={status}
      onOpen={() => (isOpen ? closePanel() : openPanel('status'))}
      isOpen={isOpen}
    />
  );
}
