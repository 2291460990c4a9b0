import type { Status } from '@concord/sync';
import { useEffect } from 'react';

/** True while leaving the page would lose something: it is in memory only. */
const wouldLose = ({ local, waiting }: Status): boolean =>
  local === 'saving' || (local === 'unavailable' && waiting > 0);

/** Lets the browser ask before a page goes that holds changes which are not even on this device. */
export function useLeaveGuard(status: Status): void {
  const guarded = wouldLose(status);
  useEffect(() => {
    if (!guarded) return;
    const onBeforeUnload = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', onBeforeUnload);
    return () => window.removeEventListener('beforeunload', onBeforeUnload);
  }, [guarded]);
}
