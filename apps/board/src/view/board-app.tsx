import type { AppProps } from '@concord/shell';
import type { BoardSchema } from '../schema.ts';
import { SessionProvider } from '../session.ts';
import { ArchivePanel } from './archive-panel.tsx';
import { Board } from './board.tsx';
import './board.css';
import './card.css';
import './list.css';
import { CardDialog } from './card-dialog/index.tsx';
import './card-dialog/card-dialog.css';
import { MoveDialog } from './move-dialog.tsx';
import { useCardAddress } from './use-card-address.ts';
import { usePresence } from './use-presence.ts';
import { useRemoteNotes } from './use-remote-notes.ts';
import { useToday } from './use-today.ts';

/** The board: lists of cards, and what opens above them. */
export function BoardApp({ session }: AppProps<BoardSchema>) {
  useToday();
  useCardAddress();
  usePresence(session);
  useRemoteNotes(session);
  return (
    <SessionProvider value={session}>
      <Board />
      <CardDialog />
      <MoveDialog />
      <ArchivePanel />
    </SessionProvider>
  );
}
