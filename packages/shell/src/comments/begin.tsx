import { toast } from '@concord/ui';
import { MessageSquarePlus } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { type Shell, useShell } from '../shell.tsx';
import type { Quoted } from './subject.ts';
import { words } from './words.ts';

/** What had the focus last within the document: a button beside it must know what it is pressed for. */
let last: Element | null = null;

/** Follows the focus within the document. */
export function useLastFocus(): void {
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent): void => {
      if (target instanceof Element && target.closest('main')) last = target;
    };
    document.addEventListener('focusin', onFocus);
    return () => {
      document.removeEventListener('focusin', onFocus);
      last = null;
    };
  }, []);
}

/** What is chosen in the document: by the focus, also while that is in a panel beside it. */
export const chosenIn = ({ app, session }: Shell): Quoted | null =>
  app.comments?.chosen(session, last?.isConnected ? last : null) ?? null;

/** Begins a comment on what is chosen in the document. */
export function beginComment(shell: Shell): void {
  const chosen = chosenIn(shell);
  if (chosen) shell.comments.begin(chosen);
  else toast({ key: 'comment', title: words.nothingChosen });
}

export const COMMENT_KEYS = 'Mod+Alt+M';

/** What the button of a toolbar needs to begin a comment. */
export interface CommentTool {
  readonly label: string;
  readonly icon: ReactNode;
  readonly shortcut: string;
  readonly onClick: () => void;
}

/** For the toolbars of apps. */
export function useCommentTool(): CommentTool {
  const shell = useShell();
  return {
    label: words.begin,
    icon: <MessageSquarePlus />,
    shortcut: COMMENT_KEYS,
    onClick: () => beginComment(shell),
  };
}
