import type { TextComments } from '@concord/prosemirror';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Editing } from '../editing.ts';
import type { Page } from '../page.ts';
import type { Presence } from '../presence.ts';

export interface Tools {
  readonly editing: Editing;
  readonly presence: Presence;
  /** What people say about the text. */
  readonly comments: TextComments;
}

const ToolsContext = createContext<Tools | null>(null);

export const ToolsProvider = ToolsContext.Provider;

/** The open page and what a reader can do to it. Throws outside <ToolsProvider>. */
export function useTools(): Tools {
  const tools = useContext(ToolsContext);
  if (tools === null) throw new Error('no <ToolsProvider> around this component');
  return tools;
}

export function usePage(): Page {
  const { pages } = useTools().editing;
  return useSyncExternalStore(pages.subscribe, pages.get);
}
