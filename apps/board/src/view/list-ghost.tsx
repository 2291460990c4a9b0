import { cardName, listName } from '../actions.ts';
import { useBoard } from '../session.ts';

/** As many cards as make a list recognisable while it is dragged. */
const MOST = 6;

/** A list's looks while it is dragged. */
export function ListGhost({ id, cards }: { id: string; cards: readonly string[] }) {
  const view = useBoard((whole) => whole);
  return (
    <div className="cc-board-list cc-board-list--lifted">
      <div className="cc-board-list__head">
        <span className="cc-board-list__title">{listName(view.lists[id]?.title)}</span>
      </div>
      <div className="cc-board-cards">
        {cards.slice(0, MOST).map((card) => (
          <div key={card} className="cc-board-card">
            <span className="cc-board-card__open">{cardName(view.cards[card]?.title)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
