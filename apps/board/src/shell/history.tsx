import { type AppHistory, type PastProps, type Thing, tracesOf } from '@concord/shell';
import { useEffect } from 'react';
import { cardName, listName } from '../actions.ts';
import { layoutOf } from '../layout.ts';
import { BOARD, type BoardSchema, type BoardView } from '../schema.ts';
import { SessionProvider } from '../session.ts';
import { openCard } from '../store.ts';
import { Board } from '../view/board.tsx';
import { words } from '../words.ts';

/** Lists and cards as they stand. */
function thingsOf(view: BoardView): Thing[] {
  const { columns, unfiled } = layoutOf(view);
  const lists = columns.map(({ id }): Thing => {
    const { title } = view.lists[id] ?? {};
    return { key: id, name: listName(title), group: BOARD, look: title };
  });
  const cards = [...columns, { id: '', cards: unfiled }].flatMap(({ id, cards: keys }) =>
    keys.map((key): Thing => {
      const card = view.cards[key];
      return { key, name: cardName(card?.title), group: id, look: card };
    }),
  );
  return [...lists, ...cards];
}

/** The board itself, without what opens above it. */
function PastBoard({ session }: PastProps<BoardSchema>) {
  // A card that was clicked there does not open here.
  useEffect(() => () => openCard(null), []);
  return (
    <SessionProvider value={session}>
      <Board />
    </SessionProvider>
  );
}

const history: AppHistory<BoardSchema> = {
  Past: PastBoard,
  traces: (before, after) => tracesOf(thingsOf(before), thingsOf(after)),
  areas: () => words.historyAreas,
};

export default history;
