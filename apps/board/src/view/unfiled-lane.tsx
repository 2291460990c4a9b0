import { useMayEdit } from '@concord/shell';
import { Button } from '@concord/ui';
import { Inbox } from 'lucide-react';
import { memo } from 'react';
import { listName, useActions } from '../actions.ts';
import { listsOfUnfiled } from '../model.ts';
import { useBoard } from '../session.ts';
import { useStore } from '../store.ts';
import { words } from '../words.ts';
import { CardTile, UNFILED } from './card-tile.tsx';

/** Cards whose list went away as they came: they stand here until someone files them or brings the list back. */
export const UnfiledLane = memo(function UnfiledLane({ cards }: { cards: readonly string[] }) {
  const view = useBoard((whole) => whole);
  const actions = useActions();
  const mayEdit = useMayEdit();
  const stop = useStore((state) => state.stops[UNFILED]);
  const tabStop = stop !== undefined && cards.includes(stop) ? stop : cards[0];
  const lists = listsOfUnfiled(view);
  return (
    <section className="cc-board-list cc-board-list--unfiled" aria-label={words.unfiled}>
      <div className="cc-board-list__head">
        <Inbox aria-hidden="true" className="cc-board-list__sign" />
        <h2 className="cc-board-list__title">{words.unfiled}</h2>
      </div>
      <p className="cc-board-list__note">{words.unfiledHint}</p>
      {/* A single one is offered in the banner. */}
      {(lists.length > 1 && mayEdit ? lists : []).map((list) => (
        <Button key={list} size="small" onClick={() => actions.restoreList(list)}>
          {words.restoreNamed(listName(view.lists[list]?.title))}
        </Button>
      ))}
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of a list without bullets */}
      <ul role="list" className="cc-board-cards" aria-label={words.unfiled}>
        {cards.map((card) => (
          <CardTile key={card} id={card} list={null} stop={card === tabStop} leaving={false} />
        ))}
      </ul>
    </section>
  );
});
