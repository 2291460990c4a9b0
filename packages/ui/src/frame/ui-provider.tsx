import { Direction } from 'radix-ui';
import type { ReactNode } from 'react';
import { CommandsProvider } from '../commands/registry.tsx';
import { LiveRegion } from '../components/live-region.tsx';
import { Toaster } from '../components/toast.tsx';
import { TooltipProvider } from '../components/tooltip.tsx';
import { LOCALES } from '../i18n/locale.ts';
import { currentLocale } from '../i18n/words.ts';

export type UiProviderProps = { direction?: 'ltr' | 'rtl'; children: ReactNode };

/** What the components need around them, once per page: direction, commands, tooltips, toasts, announcements. */
export const UiProvider = ({ direction = LOCALES[currentLocale()].direction, children }: UiProviderProps) => (
  <Direction.Provider dir={direction}>
    <TooltipProvider delayDuration={450} skipDelayDuration={200}>
      <CommandsProvider>{children}</CommandsProvider>
      <Toaster />
      <LiveRegion />
    </TooltipProvider>
  </Direction.Provider>
);
