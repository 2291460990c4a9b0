import { useMayEdit } from '@concord/shell';
import { TrashDrawer } from '@concord/ui/trash';
import { Archive as ArchiveIcon } from 'lucide-react';
import { cardName, listName, useActions } from '../actions.ts';
import { archiveOf } from '../model.ts';
import { useBoard } from '../session.ts';
import { openCard, setState, useStore } from '../store.ts';
import { words } from '../words.ts';

/** What was put away: everything here comes back with one click. */
export function ArchivePanel() {
  const open = useStore((state) => state.archive);
  return open ? <Panel /> : null;
}

function Panel() {
  const view = useBoard((whole) => whole);
  const actions = useActions();
  const archive = archiveOf(view);
  const close = (): void => setState({ archive: false });
  const lists = archive.lists.map((id) => {
    const list = view.lists[id];
    return {
      id,
      name: listName(list?.title),
      note: words.cards(list?.archived?.length ?? 0),
      restoreLabel: words.restoreListNamed(listName(list?.title)),
      onRestore: () => actions.restoreList(id),
    };
  });
  const cards = archive.cards.map((id) => {
    const name = cardName(view.cards[id]?.title);
    return {
      id,
      name,
      restoreLabel: words.restoreNamed(name),
      onRestore: () => actions.restoreCard(id),
      onOpen: () => {
        close();
        openCard(id);
      },
    };
  });
  return (
    <TrashDrawer
      title={words.archive}
      description={words.archiveHint}
      icon={<ArchiveIcon />}
      emptyTitle={words.archiveEmpty}
      emptyHint={words.archiveEmptyHint}
      parts={[
        { label: words.archivedLists, title: words.lists, restore: words.restore, items: lists },
        { label: words.archivedCards, title: words.cardsTitle, restore: words.restore, items: cards },
      ]}
      mayRestore={useMayEdit()}
      onClose={close}
    />
  );
}
