import { useDeferredValue, useMemo, useRef } from 'react';
import { isLabelColour, labelName as nameOfLabel } from '../labels.ts';
import { emptyLayout, filterLayout, isFiltering, type Layout, layoutOf, matches, reuse } from '../layout.ts';
import { useBoard } from '../session.ts';
import { useStore } from '../store.ts';

export interface BoardLayout {
  /** What is on the screen. */
  readonly shown: Layout;
  /** By list: how many cards it has, whatever the filter. */
  readonly totals: ReadonlyMap<string, number>;
  /** Cards that stand elsewhere by now, while the reader's own drag keeps the screen still. */
  readonly leaving: ReadonlySet<string>;
}

const nobody: ReadonlySet<string> = new Set();

/** Where everything stands: filtered, with stable identities, and frozen while the reader drags something. */
export function useLayout(): BoardLayout {
  const view = useBoard((whole) => whole);
  const query = useDeferredValue(useStore((state) => state.query));
  const labels = useStore((state) => state.labels);
  const dragged = useStore((state) => state.drag?.id ?? null);
  const last = useRef<Pick<BoardLayout, 'shown' | 'totals'>>({ shown: emptyLayout, totals: new Map() });
  const { lists, cards, places, labelNames } = view;

  const whole = useMemo(() => layoutOf({ lists, cards, places }), [lists, cards, places]);
  const live = useMemo(() => {
    const filter = { query, labels };
    if (!isFiltering(filter)) return whole;
    const name = (key: string): string => (isLabelColour(key) ? nameOfLabel(labelNames, key) : key);
    return filterLayout(whole, (id) => {
      const card = cards[id];
      return card !== undefined && matches(card, filter, name);
    });
  }, [whole, cards, labelNames, query, labels]);
  const counts = useMemo(
    () => new Map(whole.columns.map((column) => [column.id, column.cards.length])),
    [whole],
  );

  // A render that React throws away leaves an equal layout behind: it costs a memo at most.
  if (dragged === null) last.current = { shown: reuse(last.current.shown, live), totals: counts };
  const { shown, totals } = last.current;
  const leaving = useMemo(
    () => (dragged === null ? nobody : leavers(shown, live, dragged)),
    [dragged, shown, live],
  );
  return { shown, totals, leaving };
}

function leavers(shown: Layout, live: Layout, dragged: string): ReadonlySet<string> {
  const homes = new Map<string, string>();
  for (const { id, cards } of live.columns) for (const card of cards) homes.set(card, id);
  const leaving = new Set<string>();
  for (const { id, cards } of shown.columns)
    for (const card of cards) if (card !== dragged && homes.get(card) !== id) leaving.add(card);
  return leaving;
}
