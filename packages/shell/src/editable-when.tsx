import type { ReactNode } from 'react';
import { AwaitedContext, useAwaited } from './empty-document.tsx';
import { ModeContext, useMode } from './mode.tsx';

/** As long as it is not `ready`, what is below is there to be read: the code that would change it is on its way. */
export function EditableWhen({ ready, children }: { ready: boolean; children: ReactNode }) {
  const mode = useMode();
  const isAwaited = useAwaited();
  return (
    <ModeContext value={ready ? mode : 'view'}>
      <AwaitedContext value={isAwaited || !ready}>{children}</AwaitedContext>
    </ModeContext>
  );
}
