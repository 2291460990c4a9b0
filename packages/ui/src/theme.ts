import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'concord.theme';
const listeners = new Set<() => void>();

function read(): Theme {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system'; // storage is forbidden: the choice then lasts as long as the page
  }
}

let current: Theme | null = null;

function apply(theme: Theme): void {
  current = theme;
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
}

/** Applies the remembered theme, and follows changes made in other tabs. Call once, before the first render. */
export function startTheme(): void {
  apply(read());
  window.addEventListener('storage', (event) => {
    if (event.key === KEY) apply(read());
  });
}

/** Chooses a theme, here and in every other tab of this browser. */
export function setTheme(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // see read()
  }
  apply(theme);
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The chosen theme; renders again when it changes. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, () => current ?? read());
