import { useEffect } from 'react';
import { civilDate, untilMidnight } from '../dates.ts';
import { getState, setState } from '../store.ts';

/** Keeps the store's date right over midnight, and after the machine has slept. */
export function useToday(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = (): void => {
      const now = new Date();
      const today = civilDate(now);
      if (getState().today !== today) setState({ today });
      clearTimeout(timer);
      timer = setTimeout(look, untilMidnight(now) + 100);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
}
