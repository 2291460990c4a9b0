import type { Session } from '@concord/sync';
import { useEffect } from 'react';
import type { TitledSchema } from '../definition.ts';

/** Milliseconds without a sign of life after which somebody counts as away; a page out of sight counts sooner. */
const IDLE = 180_000;
const HIDDEN = 10_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** Tells the others when nobody is at this page. */
export function useAway({ presence }: Session<TitledSchema>): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => presence.setAway(true), document.hidden ? HIDDEN : IDLE);
    };
    const here = (): void => {
      presence.setAway(false);
      wait();
    };
    const onVisibility = (): void => (document.hidden ? wait() : here());
    wait();
    for (const sign of SIGNS) window.addEventListener(sign, here, { passive: true, capture: true });
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      clearTimeout(timer);
      for (const sign of SIGNS) window.removeEventListener(sign, here, { capture: true });
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [presence]);
}
