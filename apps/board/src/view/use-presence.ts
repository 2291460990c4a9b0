import { usePeople } from '@concord/react';
import { useEffect, useMemo } from 'react';
import { personHere, visitorsOf } from '../presence.ts';
import type { BoardSession } from '../session.ts';
import { getState, setState, useStore } from '../store.ts';

/** Tells the others which card this reader has open, drags, or is at, and keeps in the store what they tell. */
export function usePresence(session: BoardSession): void {
  const card = useStore((state) => state.card);
  const drag = useStore((state) => state.drag?.id ?? null);
  const at = useStore((state) => state.at);
  const where = useMemo(() => ({ card, drag, at }), [card, drag, at]);
  useEffect(() => session.presence.set(where), [session, where]);
  const peers = usePeople(session);
  useEffect(() => setState({ visitors: visitorsOf(peers.map(personHere), getState().visitors) }), [peers]);
}
