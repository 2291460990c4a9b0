/** Longest wait for a quiet moment, in milliseconds. */
const MOST = 2000;

/** Runs once the page has nothing better to do. Returns the way to take it back. */
export function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(run, MOST);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run, { timeout: MOST });
  return () => cancelIdleCallback(handle);
}
