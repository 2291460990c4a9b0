import type { DocEvent } from '@concord/crdt';
import { tellAtOnce } from '@concord/shell';
import { announce } from '@concord/ui';
import { useEffect } from 'react';
import { actionsFor, cardName, listName } from '../actions.ts';
import { type Deed, deedsOf, OwnDeeds } from '../notes.ts';
import type { BoardSession } from '../session.ts';
import { flash, getState } from '../store.ts';
import { words } from '../words.ts';

/** More deeds than this in one batch are a catch-up: they are counted, not told one by one. */
const MANY = 6;

interface Author {
  readonly name: string;
  readonly colour: number;
}

/**
 * Says what others do: a mark on a card that moved, quiet words for screen readers, and a notice where somebody
 * touched the very card that this reader was working on.
 */
export function useRemoteNotes(session: BoardSession): void {
  useEffect(() => {
    const { doc } = session;
    const actions = actionsFor(session);
    const own = new OwnDeeds();
    const title = (card: string): string => cardName(doc.view.cards[card]?.title);
    const list = (id: string | null): string => listName(id === null ? undefined : doc.view.lists[id]?.title);

    // Changes made offline may come before their author does; who was here once is known by name.
    const met = new Map<string, Author>();
    const meet = (): void => {
      for (const { replica, name, colour } of session.presence.peers()) met.set(replica, { name, colour });
    };
    meet();
    const authorOf = (event: DocEvent): Author => {
      const replicas = new Set(event.changes.map((change) => change.replica));
      const [one] = replicas;
      return (replicas.size === 1 && one !== undefined && met.get(one)) || { name: words.someone, colour: 9 };
    };
    /** They put away what this reader was working on. What clashes otherwise stands in the inbox. */
    const tellArchived = (card: string, author: Author): void => {
      if (getState().card === card) return; // its dialog says so
      tellAtOnce(`archived ${card}`, {
        title: words.othersArchived(author.name, title(card)),
        description: words.yoursKept,
        action: { label: words.restore, onSelect: () => actions.restoreCard(card) },
      });
    };
    const sentence = (who: string, deed: Deed): string | null => {
      const card = title(deed.card);
      switch (deed.what) {
        case 'moved':
          return deed.across ? words.othersMovedTo(who, card, list(deed.list)) : words.othersMoved(who, card);
        case 'added':
          return words.othersAdded(who, card, list(deed.list));
        case 'archived':
          return words.othersArchived(who, card);
        case 'restored':
          return words.othersRestored(who, card);
        case 'edited':
          return null;
      }
    };

    const onRemote = (event: DocEvent): void => {
      const deeds = deedsOf(event).filter(({ card }) => doc.view.cards[card] !== undefined);
      const author = authorOf(event);
      const now = Date.now();
      let told = 0;
      for (const deed of deeds) {
        const mine = own.take(deed.card, now);
        const concerns = mine !== null && mine !== 'archived' && deed.what === 'archived';
        if (concerns && told++ < 3) tellArchived(deed.card, author);
      }
      if (deeds.length > MANY) {
        announce(words.othersChanged(author.name, deeds.length));
        return;
      }
      for (const deed of deeds) {
        if (deed.what === 'moved' || deed.what === 'added') flash(deed.card, author);
        const said = sentence(author.name, deed);
        if (said) announce(said);
      }
    };

    const stopMeeting = session.presence.subscribe(meet);
    const stopNotes = doc.subscribe((event) => {
      if (event.origin === 'remote') onRemote(event);
      else own.record(deedsOf(event), Date.now(), session.status.get().remote !== 'live');
    });
    return () => {
      stopMeeting();
      stopNotes();
    };
  }, [session]);
}
