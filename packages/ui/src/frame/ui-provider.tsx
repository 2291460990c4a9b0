import { Direction } from 'radix-ui';
import type { ReactNode } from 'react';
import { CommandsProvider } from '../commands/registry.tsx';
import { LiveRegion } from '../components/live-region.tsx';
import { Toaster } from '../components/toast.tsx';
import { Tooltips } from '../components/tooltip.tsx';
import { LOCALES } from '../i18n/locale.ts';
import { currentLocale } from '../i18n/words.ts';
import { useOverlaySource } from '../overlays/load.ts';

export type UiProviderProps = { direction?: 'ltr' | 'rtl'; children: ReactNode };

const overlays = () => import('../overlays/parts.tsx');

/** What the components need around them, once per page: direction, commands, tooltips, toasts, announcements. */
export function UiProvider({ direction = LOCALES[currentLocale()].direction, children }: UiProviderProps) {
  useOverlaySource(overlays);
  return (
    <Direction.Provider dir={direction}>
      <CommandsProvider>{children}</CommandsProvider>
      <Tooltips />
      <Toaster />
      <LiveRegion />
    </Direction.Provider>
  );
}
