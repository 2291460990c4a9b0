import { EditOnly } from '@concord/shell';
import { Button, Dialog, EmptyState } from '@concord/ui';
import { Archive as ArchiveIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { cardName, listName, useActions } from '../actions.ts';
import { archiveOf } from '../model.ts';
import { useBoard } from '../session.ts';
import { getState, openCard, setState, useStore } from '../store.ts';
import { words } from '../words.ts';

/** What was put away: everything here comes back with one click. */
export function ArchivePanel() {
  const open = useStore((state) => state.archive);
  const was = useRef(open);
  useEffect(() => {
    if (was.current && !open && getState().card === null)
      document.querySelector<HTMLElement>('[data-archive]')?.focus();
    was.current = open;
  }, [open]);
  return open ? <Panel /> : null;
}

function Panel() {
  const view = useBoard((whole) => whole);
  const actions = useActions();
  const { cards, lists } = archiveOf(view);
  const close = (): void => setState({ archive: false });
  const countOf = (list: string): number => view.lists[list]?.archived?.length ?? 0;
  return (
    <Dialog
      open
      title={words.archive}
      description={words.archiveHint}
      className="cc-board-drawer"
      onOpenChange={close}
    >
      {cards.length + lists.length === 0 ? (
        <EmptyState title={words.archiveEmpty} icon={<ArchiveIcon />}>
          {words.archiveEmptyHint}
        </EmptyState>
      ) : null}
      {lists.length > 0 ? (
        <section className="cc-board-part">
          <h3>{words.lists}</h3>
          <ul className="cc-board-archived" aria-label={words.archivedLists}>
            {lists.toReversed().map((id) => (
              <li key={id}>
                <span>
                  {listName(view.lists[id]?.title)}
                  <small>{words.cards(countOf(id))}</small>
                </span>
                <EditOnly>
                  <Button
                    size="small"
                    onClick={() => actions.restoreList(id)}
                    aria-label={words.restoreListNamed(listName(view.lists[id]?.title))}
                  >
                    {words.restore}
                  </Button>
                </EditOnly>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {cards.length > 0 ? (
        <section className="cc-board-part">
          <h3>{words.cardsTitle}</h3>
          <ul className="cc-board-archived" aria-label={words.archivedCards}>
            {cards.toReversed().map((id) => (
              <li key={id}>
                <button
                  type="button"
                  className="cc-board-archived__open"
                  onClick={() => {
                    setState({ archive: false });
                    openCard(id);
                  }}
                >
                  {cardName(view.cards[id]?.title)}
                </button>
                <EditOnly>
                  <Button
                    size="small"
                    onClick={() => actions.restoreCard(id)}
                    aria-label={words.restoreNamed(cardName(view.cards[id]?.title))}
                  >
                    {words.restore}
                  </Button>
                </EditOnly>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </Dialog>
  );
}
