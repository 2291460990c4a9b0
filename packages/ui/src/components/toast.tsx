import { useState, useSyncExternalStore } from 'react';
import type { Shown, ToastOptions } from '../overlays/contract.ts';
import { useOverlays } from '../overlays/load.ts';

export type { ToastOptions } from '../overlays/contract.ts';

/** More than this at once is noise: the oldest goes. */
const MOST_AT_ONCE = 3;

let shown: readonly Shown[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: readonly Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

/**
 * Says that something happened, with at most one thing to do about it. A toast goes by itself, so it must never be
 * the only way to what it offers. Returns a function that takes it away.
 */
export function toast(options: ToastOptions): () => void {
  const id = nextId++;
  const others = shown.filter((each) => options.key === undefined || each.key !== options.key);
  set([...others, { ...options, id }].slice(-MOST_AT_ONCE));
  return () => set(shown.filter((each) => each.id !== id));
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const dismiss = (id: number): void => set(shown.filter((each) => each.id !== id));

/** Where toasts appear; UiProvider renders it once. F8 moves the focus there. */
export function Toaster() {
  const toasts = useSyncExternalStore(subscribe, () => shown);
  const [used, setUsed] = useState(false);
  if (!used && toasts.length > 0) setUsed(true);
  const overlays = useOverlays(used);
  return overlays ? <overlays.ToastParts toasts={toasts} onDismiss={dismiss} /> : null;
}
