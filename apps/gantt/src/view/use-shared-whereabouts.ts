import type { Session } from '@concord/sync';
import { useEffect } from 'react';
import { encodeWhereabouts, type Whereabouts } from '../presence.ts';
import type { GanttSchema } from '../schema.ts';
import { useViewState } from '../store.ts';

/** Lets the others see on which cell this person is, and where a bar would lie that they drag. */
export function useSharedWhereabouts(session: Session<GanttSchema>): void {
  useEffect(() => {
    let sent = '';
    const share = (): void => {
      const encoded = encodeWhereabouts(whereaboutsOf(useViewState.getState()));
      const text = JSON.stringify(encoded);
      if (text === sent) return;
      sent = text;
      session.presence.set(encoded);
    };
    share();
    return useViewState.subscribe(share);
  }, [session]);
}

function whereaboutsOf({ active, drag }: ReturnType<typeof useViewState.getState>): Whereabouts {
  const to = drag && 'cascade' in drag ? drag.cascade.moved.get(drag.key) : undefined;
  return {
    task: drag?.key ?? active?.key ?? null,
    column: drag ? null : (active?.column ?? null),
    drag: to ? { start: to.start, finish: to.finish } : null,
  };
}
