import { stepOn } from '@concord/shell';
import { toast } from '@concord/ui';
import { useMemo } from 'react';
import { focusSoon } from './focus.ts';
import { layoutOf } from './layout.ts';
import { archiveCard, archiveList, type Gap, moveCard, moveList, restoreCard, restoreList } from './model.ts';
import type { BoardMut } from './schema.ts';
import { type BoardSession, useSession } from './session.ts';
import { words } from './words.ts';

/** What a card or list is called, also when nobody has named it, or a peer wrote something that is no name. */
export const cardName = (title: unknown): string => nameIn(title) || words.untitledCard;
export const listName = (title: unknown): string => nameIn(title) || words.untitledList;

const nameIn = (title: unknown): string => (typeof title === 'string' ? title.trim() : '');

/** What a reader does to cards and lists from several places, with the words that tell of it and the way back. */
export interface Actions {
  moveCard(card: string, list: string, gap: Gap): void;
  moveList(list: string, gap: Gap): void;
  archiveCard(card: string): void;
  restoreCard(card: string): void;
  archiveList(list: string): void;
  restoreList(list: string): void;
}

export function actionsFor({ doc }: BoardSession): Actions {
  const edit = (label: string, change: (root: BoardMut) => void): void => void doc.change(change, { label });
  const cardTitle = (card: string): string => cardName(doc.view.cards[card]?.title);
  const listTitle = (list: string): string => listName(doc.view.lists[list]?.title);
  const actions: Actions = {
    moveCard(card, list, gap) {
      edit(stepOn(words.moveCard, cardTitle(card)), (root) => void moveCard(root, card, list, gap));
      if (doc.view.cards[card]?.archived) {
        toast({
          title: words.archivedMeanwhile(cardTitle(card)),
          action: { label: words.restore, onSelect: () => actions.restoreCard(card) },
        });
      }
    },
    moveList: (list, gap) =>
      edit(stepOn(words.moveList, listTitle(list)), (root) => void moveList(root, list, gap)),
    archiveCard(card) {
      edit(stepOn(words.archiveCard, cardTitle(card)), (root) => archiveCard(root, card));
      toast({
        title: words.archived(cardTitle(card)),
        action: { label: words.undo, onSelect: () => actions.restoreCard(card) },
      });
    },
    restoreCard(card) {
      const first = layoutOf(doc.view).columns[0]?.id ?? null;
      edit(stepOn(words.restoreCard, cardTitle(card)), (root) => restoreCard(root, card, first));
      focusSoon(card);
    },
    archiveList(list) {
      edit(stepOn(words.archiveList, listTitle(list)), (root) => archiveList(root, list));
      const count = doc.view.lists[list]?.archived?.length ?? 0;
      toast({
        title: count === 0 ? words.archived(listTitle(list)) : words.archivedList(listTitle(list), count),
        action: { label: words.undo, onSelect: () => actions.restoreList(list) },
      });
    },
    restoreList: (list) =>
      edit(stepOn(words.restoreList, listTitle(list)), (root) => restoreList(root, list)),
  };
  return actions;
}

export function useActions(): Actions {
  const session = useSession();
  return useMemo(() => actionsFor(session), [session]);
}
