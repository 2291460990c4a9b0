import { useView } from '@concord/react';
import type { Session } from '@concord/sync';
import { createContext, useCallback, useContext } from 'react';
import type { BoardMut, BoardSchema, BoardView } from './schema.ts';

export type BoardSession = Session<BoardSchema>;

const SessionContext = createContext<BoardSession | null>(null);

export const SessionProvider = SessionContext.Provider;

/** The open board. Throws outside <SessionProvider>. */
export function useSession(): BoardSession {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('no <SessionProvider> around this component');
  return session;
}

/** A part of the board's view; renders again when that part changes. Select what keeps its identity. */
export const useBoard = <T>(select: (view: BoardView) => T): T => useView(useSession(), select);

/** Makes one atomic, undoable change, named for the undo button. */
export type Edit = (label: string, edit: (root: BoardMut) => void) => void;

export function useEdit(): Edit {
  const { doc } = useSession();
  return useCallback((label, edit) => void doc.change(edit, { label }), [doc]);
}
