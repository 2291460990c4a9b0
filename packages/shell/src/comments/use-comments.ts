import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Comments, ItemMark, Looking } from './comments.ts';
import type { Thread } from './threads.ts';

export const CommentsContext = createContext<Comments | null>(null);

/** The comments of the open document. Throws outside of one. */
export function useComments(): Comments {
  const comments = useContext(CommentsContext);
  if (!comments) throw new Error('There is no open document around this component.');
  return comments;
}

/** Every thread, the oldest first. */
export function useThreads(): readonly Thread[] {
  const comments = useComments();
  return useSyncExternalStore(comments.subscribe, comments.threads);
}

export function useLooking(): Looking {
  const comments = useComments();
  return useSyncExternalStore(comments.subscribe, comments.looking);
}

/** The open threads of one card, task or block; undefined without any. */
export function useItemComments(id: string): ItemMark | undefined {
  const comments = useComments();
  return useSyncExternalStore(comments.subscribe, () => comments.item(id));
}

/** How many threads are open. */
export const useOpenThreads = (): number => useThreads().filter(({ resolved }) => resolved === null).length;
