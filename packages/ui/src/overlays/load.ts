import { useEffect, useLayoutEffect, useSyncExternalStore } from 'react';
import { whenIdle } from '../idle.ts';
import type { Overlays } from './contract.ts';

type Source = () => Promise<Overlays>;

let source: Source | null = null;
let loaded: Overlays | null = null;
let isLoading = false;
const listeners = new Set<() => void>();

/** Fetches menus, popovers, tooltips and toasts. When that fails, the next who needs them tries again. */
async function load(): Promise<void> {
  if (loaded || isLoading || !source) return;
  isLoading = true;
  try {
    loaded = await source();
    for (const listener of listeners) listener();
  } catch (error) {
    console.error(error);
  }
  isLoading = false;
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/**
 * The parts of all overlays; null while they are not `wanted` or on their way. No Suspense: what is loaded shows in the
 * same task, so that the press that follows the focus already meets it.
 */
export function useOverlays(wanted: boolean): Overlays | null {
  useEffect(() => {
    if (wanted) void load();
  }, [wanted]);
  return useSyncExternalStore(subscribe, () => (wanted ? loaded : null));
}

/** Says where the overlays come from, and fetches them once the page has nothing better to do. */
export function useOverlaySource(from: Source): void {
  // Before the effects of what is below: an overlay may be open from the start.
  useLayoutEffect(() => {
    source = from;
  }, [from]);
  useEffect(() => whenIdle(() => void load()), []);
}
