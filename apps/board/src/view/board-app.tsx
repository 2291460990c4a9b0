import { type AppProps, useBeginning } from '@concord/shell';
import { lazyView, WhenWanted } from '@concord/ui';
import { dateInDays } from '../dates.ts';
import type { BoardSchema } from '../schema.ts';
import { SessionProvider } from '../session.ts';
import { closeAbove, useStore } from '../store.ts';
import { Board } from './board.tsx';
import './board.css';
import './card.css';
import './list.css';
import { useCardAddress } from './use-card-address.ts';
import { usePresence } from './use-presence.ts';
import { useRemoteNotes } from './use-remote-notes.ts';
import { useToday } from './use-today.ts';

const Dialogs = lazyView(() => import('./dialogs.tsx'));

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
  const isAbove = useStore(({ card, moving, archive }) => card !== null || moving !== null || archive);
  return (
    <SessionProvider value={session}>
      <Board />
      <WhenWanted view={Dialogs} wanted={isAbove} onGiveUp={closeAbove} />
    </SessionProvider>
  );
}
