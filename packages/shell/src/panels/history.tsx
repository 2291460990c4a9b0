import { lazyView, toast } from '@concord/ui';
import { History, UserRoundSearch } from 'lucide-react';
import { chosenIn } from '../comments/begin.tsx';
import { words } from '../history/words.ts';
import { words as shellWords } from '../words.ts';
import type { Panel } from './panel.ts';

/** The document's life. */
export const history: Panel = {
  title: () => words.title,
  icon: <History />,
  keys: 'Mod+Alt+H',
  place: 'bar',
  View: lazyView(() => import('../history/history-panel.tsx')),
  commands: (shell) => [
    {
      id: 'history.wrote',
      title: words.wrote,
      group: shellWords.document,
      icon: <UserRoundSearch />,
      keys: ['Mod+Alt+W'],
      run: () => {
        const chosen = chosenIn(shell);
        if (chosen) shell.openPanel('history', JSON.stringify(chosen.subject));
        else toast({ key: 'history', title: words.wroteHint });
      },
    },
  ],
};
