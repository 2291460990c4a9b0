import type { MenuEntry } from '@concord/ui';
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { createPortal } from 'react-dom';

export type Slots = {
  readonly actions: HTMLElement | null;
  readonly banner: HTMLElement | null;
  readonly setMenu: (items: readonly MenuEntry[]) => void;
};

export const SlotsContext = createContext<Slots>({ actions: null, banner: null, setMenu: () => undefined });

/** Puts an app's own controls into the top bar. */
export function BarActions({ children }: { children: ReactNode }) {
  const { actions } = useContext(SlotsContext);
  return actions ? createPortal(children, actions) : null;
}

/** Puts a <Banner> between the bar and the content. */
export function FrameBanner({ children }: { children: ReactNode }) {
  const { banner } = useContext(SlotsContext);
  return banner ? createPortal(children, banner) : null;
}

/** Puts an app's own entries at the top of the bar's "More" menu while the calling component is there. With other entries the frame renders again: keep them the same. */
export function useFrameMenu(items: readonly MenuEntry[]): void {
  const { setMenu } = useContext(SlotsContext);
  // The frame renders again, the app does not.
  useEffect(() => setMenu(items), [items, setMenu]);
  useEffect(() => () => setMenu([]), [setMenu]);
}
