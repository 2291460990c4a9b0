import { BarActions, EditOnly, FrameBanner, useFrameMenu, useMayEdit } from '@concord/shell';
import { Banner, Button, classNames, type MenuEntry } from '@concord/ui';
import { Archive } from 'lucide-react';
import { type RefObject, useEffect, useMemo, useRef } from 'react';
import { cardName, listName, useActions } from '../actions.ts';
import { BoardDnd } from '../dnd/board-dnd.tsx';
import { columnOf } from '../dnd/geometry.ts';
import { lanesOf } from '../dnd/slots.ts';
import { isFiltering, type Layout } from '../layout.ts';
import { gapAt, listsOfUnfiled } from '../model.ts';
import { useBoard, useSession } from '../session.ts';
import { type Drag, type Slot, setState, useStore } from '../store.ts';
import { words } from '../words.ts';
import { CardGhost } from './card-face.tsx';
import { CardMenu } from './card-menu.tsx';
import { Column } from './column.tsx';
import { EmptyBoard } from './empty-board.tsx';
import { BoardBar, FilterRow } from './filter-bar.tsx';
import { ListComposer } from './list-composer.tsx';
import { ListGhost } from './list-ghost.tsx';
import { ShownProvider } from './shown.ts';
import { UnfiledLane } from './unfiled-lane.tsx';
import { useBoardCommands } from './use-board-commands.ts';
import { useFocusKeeper } from './use-focus-keeper.ts';
import { useLayout } from './use-layout.ts';

type Dragged = Pick<Drag, 'kind' | 'id'>;

const menuOf = (): readonly MenuEntry[] => [
  { label: words.archive, icon: <Archive />, onSelect: () => setState({ archive: true }) },
];

export function Board() {
  const { doc } = useSession();
  const actions = useActions();
  const { shown, totals, leaving } = useLayout();
  const ref = useRef(shown);
  ref.current = shown;
  const addingList = useStore((state) => state.addingList);
  const dragging = useStore((state) => state.drag !== null);
  useFocusKeeper(shown);
  useFirstMatchInView(ref);
  useFrameMenu(useMemo(menuOf, []));
  useBoardCommands();

  const nameOf = ({ kind, id }: Dragged): string =>
    kind === 'card' ? cardName(doc.view.cards[id]?.title) : words.list(listName(doc.view.lists[id]?.title));
  const placeOf = ({ parent, index }: Slot, dragged: Dragged): string => {
    const count =
      (lanesOf(ref.current, dragged).find((lane) => lane.parent === parent)?.order.length ?? 0) + 1;
    return dragged.kind === 'list'
      ? words.position(index + 1, count)
      : words.positionIn(index + 1, count, listName(doc.view.lists[parent]?.title));
  };
  const onDrop = (dragged: Dragged, { parent, index }: Slot): void => {
    const order = lanesOf(ref.current, dragged).find((lane) => lane.parent === parent)?.order ?? [];
    const gap = gapAt(order, index);
    if (dragged.kind === 'list') actions.moveList(dragged.id, gap);
    else actions.moveCard(dragged.id, parent, gap);
  };

  const { columns, unfiled } = shown;
  const blank = columns.length === 0 && unfiled.length === 0 && !addingList;
  return (
    <ShownProvider value={ref}>
      <BarActions>
        <BoardBar />
      </BarActions>
      {unfiled.length > 0 ? <UnfiledBanner count={unfiled.length} /> : null}
      <BoardDnd
        layout={shown}
        onDrop={onDrop}
        nameOf={nameOf}
        placeOf={placeOf}
        renderOverlay={({ kind, id }) =>
          kind === 'card' ? <CardGhost id={id} /> : <ListGhost id={id} cards={cardsOf(shown.columns, id)} />
        }
      >
        <div className="cc-board">
          <FilterRow />
          {blank ? (
            <EmptyBoard />
          ) : (
            <div
              className={classNames('cc-board__lanes', dragging && 'cc-board__lanes--dragging')}
              data-lanes
            >
              {unfiled.length > 0 ? <UnfiledLane cards={unfiled} /> : null}
              {columns.map((column) => (
                <Column
                  key={column.id}
                  column={column}
                  total={totals.get(column.id) ?? column.cards.length}
                  leaving={leaving}
                />
              ))}
              <EditOnly>
                <ListComposer />
              </EditOnly>
            </div>
          )}
        </div>
        <CardMenu />
      </BoardDnd>
      {leaving.size > 0 ? <p className="cc-board-waiting">{words.movedMeanwhile(leaving.size)}</p> : null}
    </ShownProvider>
  );
}

const cardsOf = (
  columns: readonly { readonly id: string; readonly cards: readonly string[] }[],
  id: string,
): readonly string[] => columns.find((column) => column.id === id)?.cards ?? [];

function UnfiledBanner({ count }: { count: number }) {
  const view = useBoard((whole) => whole);
  const actions = useActions();
  const mayEdit = useMayEdit();
  const lists = listsOfUnfiled(view);
  const one = lists.length === 1 ? lists[0] : undefined;
  return (
    <FrameBanner>
      <Banner
        tone="warning"
        action={
          one === undefined || !mayEdit ? null : (
            <Button size="small" onClick={() => actions.restoreList(one)}>
              {words.restoreListNamed(listName(view.lists[one]?.title))}
            </Button>
          )
        }
      >
        {words.movedToArchived(count)}
      </Banner>
    </FrameBanner>
  );
}

/** Brings the first list with a match into view when the filter changes. */
function useFirstMatchInView(shown: RefObject<Layout>): void {
  const query = useStore((state) => state.query);
  const labels = useStore((state) => state.labels);
  useEffect(() => {
    if (!isFiltering({ query, labels })) return;
    // After the deferred filter has been drawn.
    const timer = setTimeout(() => {
      const first = shown.current.columns.find(({ cards }) => cards.length > 0);
      if (first) columnOf(first.id)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }, 100);
    return () => clearTimeout(timer);
  }, [query, labels, shown]);
}
