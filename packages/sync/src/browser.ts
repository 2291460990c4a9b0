/** What the page around a session tells it. */
export interface PageEvents {
  /** The network changed, or the user's attention came back. */
  nudge(): void;
  /** The page goes away, now: only what starts in this call still happens. */
  leave(): void;
  /** True if leaving would lose something. */
  wouldLose(): boolean;
}

/** What this tab remembers across reloads, and when the browser brings it back; nothing where there is no page. */
export const tabMemory = {
  get(name: string): string | null {
    try {
      return sessionStorage.getItem(name);
    } catch {
      return null;
    }
  },
  set(name: string, value: string): void {
    try {
      sessionStorage.setItem(name, value);
    } catch {
      // Forbidden, full, or no page at all: the next best will do.
    }
  },
  remove(name: string): void {
    try {
      sessionStorage.removeItem(name);
    } catch {
      // Nothing was kept either.
    }
  },
};

/** Whether this page stands where the same page stood a moment ago. */
export function isReload(): boolean {
  const [navigation] = performance.getEntriesByType('navigation');
  return navigation !== undefined && 'type' in navigation && navigation.type === 'reload';
}

/** Listens to the page, if there is one. Returns the way to stop. */
export function watchPage(events: PageEvents): () => void {
  if (typeof window === 'undefined' || typeof document === 'undefined') return () => {};
  const stop = new AbortController();
  const { signal } = stop;
  window.addEventListener('online', () => events.nudge(), { signal });
  // Not taken at its word, a relay on this machine may still answer: the line is tried.
  window.addEventListener('offline', () => events.nudge(), { signal });
  document.addEventListener(
    'visibilitychange',
    () => document.visibilityState === 'visible' && events.nudge(),
    { signal },
  );
  window.addEventListener('pagehide', () => events.leave(), { signal });
  // A page that comes back from the browser's cache has given its replica id away: it starts anew.
  window.addEventListener('pageshow', (event) => event.persisted && window.location.reload(), { signal });
  window.addEventListener('beforeunload', (event) => events.wouldLose() && event.preventDefault(), {
    signal,
  });
  return () => stop.abort();
}
