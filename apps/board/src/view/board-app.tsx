import { type AppProps, useBeginning } from '@concord/shell';
import { lazy, Suspense } from 'react';
import { dateInDays } from '../dates.ts';
import type { BoardSchema } from '../schema.ts';
import { SessionProvider } from '../session.ts';
import { Board } from './board.tsx';
import './board.css';
import './card.css';
import './list.css';
import { useCardAddress } from './use-card-address.ts';
import { usePresence } from './use-presence.ts';
import { useRemoteNotes } from './use-remote-notes.ts';
import { useToday } from './use-today.ts';

const Dialogs = lazy(() => import('./dialogs.tsx'));

/** The board: lists of cards, and what opens above them. */
export function BoardApp({ session }: AppProps<BoardSchema>) {
  useToday();
  useCardAddress();
  usePresence(session);
  useRemoteNotes(session);
  useBeginning(async (beginning) => {
    if (beginning.type !== 'template') return;
    const { template } = await import('../templates/index.ts');
    const fill = await template(beginning.name);
    if (fill) session.doc.change((root) => fill(root, dateInDays), { label: beginning.title });
  });
  return (
    <SessionProvider value={session}>
      <Board />
      <Suspense>
        <Dialogs />
      </Suspense>
    </SessionProvider>
  );
}
