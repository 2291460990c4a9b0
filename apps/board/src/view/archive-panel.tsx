import { EditOnly } from '@concord/shell';
import { Button, Dialog, EmptyState } from '@concord/ui';
import { Archive as ArchiveIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { cardName, listName, useActions } from '../actions.ts';
import { archiveOf } from '../model.ts';
import { useBoard } from '../session.ts';
import { getState, openCard, setState, useStore } from '../store.ts';

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
      title="Archive"
      description="Cards and lists that were put away. Restoring brings them back where they were."
      className="cc-board-drawer"
      onOpenChange={close}
    >
      {cards.length + lists.length === 0 ? (
        <EmptyState title="The archive is empty" icon={<ArchiveIcon />}>
          Archived cards and lists wait here until someone wants them back.
        </EmptyState>
      ) : null}
      {lists.length > 0 ? (
        <section className="cc-board-part">
          <h3>Lists</h3>
          <ul className="cc-board-archived" aria-label="Archived lists">
            {lists.toReversed().map((id) => (
              <li key={id}>
                <span>
                  {listName(view.lists[id]?.title)}
                  <small>{countOf(id) === 1 ? '1 card' : `${countOf(id)} cards`}</small>
                </span>
                <EditOnly>
                  <Button
                    size="small"
                    onClick={() => actions.restoreList(id)}
                    aria-label={`Restore list ${listName(view.lists[id]?.title)}`}
                  >
                    Restore
                  </Button>
                </EditOnly>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {cards.length > 0 ? (
        <section className="cc-board-part">
          <h3>Cards</h3>
          <ul className="cc-board-archived" aria-label="Archived cards">
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
                    aria-label={`Restore ${cardName(view.cards[id]?.title)}`}
                  >
                    Restore
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
