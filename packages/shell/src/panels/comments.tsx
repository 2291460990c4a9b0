import { lazyView } from '@concord/ui';
import { MessageSquarePlus, MessageSquareText } from 'lucide-react';
import { beginComment, COMMENT_KEYS, useLastFocus } from '../comments/begin.tsx';
import { useOpenThreads } from '../comments/use-comments.ts';
import { words } from '../comments/words.ts';
import { words as shellWords } from '../words.ts';
import type { Panel } from './panel.ts';

/** What people say about the document. */
export const comments: Panel = {
  title: () => words.title,
  icon: <MessageSquareText />,
  place: 'bar',
  View: lazyView(() => import('../comments/comments-panel.tsx')),
  useCount: useOpenThreads,
  useWatch: useLastFocus,
  commands: (shell) => [
    {
      id: 'comments.begin',
      title: words.begin,
      group: shellWords.document,
      icon: <MessageSquarePlus />,
      keys: [COMMENT_KEYS],
      disabled: shell.mode === 'view',
      run: () => beginComment(shell),
    },
  ],
};
