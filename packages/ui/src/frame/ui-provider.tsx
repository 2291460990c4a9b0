import { Direction } from 'radix-ui';
import type { ReactNode } from 'react';
import { CommandsProvider } from '../commands/registry.tsx';
import { LiveRegion } from '../components/live-region.tsx';
import { Toaster } from '../components/toast.tsx';
import { TooltipProvider } from '../components/tooltip.tsx';
import { english, MessagesProvider, type UiMessages } from '../messages.ts';

export type UiProviderProps = { messages?: UiMessages; direction?: 'ltr' | 'rtl'; children: ReactNode };

/** What the components need around them, once per page: words, direction, commands, tooltips, toasts, announcements. */
export const UiProvider = ({ messages = english, direction = 'ltr', children }: UiProviderProps) => (
  <MessagesProvider value={messages}>
    <Direction.Provider dir={direction}>
      <TooltipProvider delayDuration={450} skipDelayDuration={200}>
        <CommandsProvider>{children}</CommandsProvider>
        <Toaster />
        <LiveRegion />
      </TooltipProvider>
    </Direction.Provider>
  </MessagesProvider>
);
