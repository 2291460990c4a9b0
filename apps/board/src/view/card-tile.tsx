import { EditOnly, useMayEdit, useTrace } from '@concord/shell';
import { classNames } from '@concord/ui';
import { Ellipsis } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, memo } from 'react';
import { cardName } from '../actions.ts';
import { type DragSource, useDragSource } from '../dnd/use-drag-source.ts';
import { useBoard } from '../session.ts';
import { openCard, setState, setStop, useStore } from '../store.ts';
import { words } from '../words.ts';
import { CardSigns, LabelChips } from './card-face.tsx';
import { useCardKeys } from './use-card-keys.ts';

export interface CardTileProps {
  id: string;
  /** The list that it stands in, or null in the Unfiled lane. */
  list: string | null;
  /** Whether Tab stops here; the arrow keys lead to the other cards of the list. */
  stop: boolean;
  /** It stands elsewhere by now; the screen shows it here until the reader's own drag ends. */
  leaving: boolean;
}

/** The name of the card's own list among the tab stops. */
export const UNFILED = 'unfiled';

export const CardTile = memo(function CardTile(props: CardTileProps) {
  return <TileBody {...props} drag={useDragSource('card', props.id)} />;
});

const TileBody = memo(function TileBody({
  id,
  list,
  stop,
  leaving,
  drag,
}: CardTileProps & { drag: DragSource }) {
  const card = useBoard((view) => view.cards[id]);
  const trace = useTrace(id);
  const dragging = useStore((state) => state.drag?.id === id);
  const flash = useStore((state) => state.flashes[id]);
  const mover = useStore((state) => state.visitors[id]?.find((visitor) => visitor.drags)?.person);
  const mayEdit = useMayEdit();
  const onKeys = useCardKeys(id, list);
  if (!card) return null;
  const title = cardName(card.title);
  const mark = mover ?? flash;
  const openMenu = (event: MouseEvent, at: { x: number; y: number }): void => {
    event.preventDefault();
    setState({ menu: { card: id, at } });
  };
  return (
    <li
      ref={drag.ref}
      data-card={id}
      data-presence={mark?.colour}
      {...trace}
      className={classNames(
        'cc-board-card',
        dragging && 'cc-board-card--dragged',
        leaving && 'cc-board-card--leaving',
        mark && 'cc-board-card--marked',
        card.done && 'cc-board-card--done',
      )}
      {...drag.pointer}
      onContextMenu={(event) => {
        // A long press is the start of a drag.
        if (event.nativeEvent instanceof PointerEvent && event.nativeEvent.pointerType === 'touch') return;
        // All that it offers besides opening the card changes something.
        if (!mayEdit) return;
        openMenu(event, { x: event.clientX, y: event.clientY });
      }}
    >
      {card.labels.length > 0 ? <LabelChips labels={card.labels} /> : null}
      <button
        type="button"
        ref={drag.handleRef}
        className="cc-board-card__open"
        tabIndex={stop ? 0 : -1}
        aria-describedby={mayEdit ? drag.describedBy : undefined}
        onClick={() => openCard(id)}
        onFocus={() => setStop(list ?? UNFILED, id)}
        onKeyDown={(event: KeyboardEvent<HTMLElement>) => {
          onKeys(event);
          if (!event.defaultPrevented) drag.onKeyDown?.(event);
        }}
      >
        {title}
      </button>
      <CardSigns id={id} card={card} stop={stop} />
      {mark ? (
        <span className="cc-board-card__mark">
          {mover ? words.isMovingNamed(mark.name) : words.movedBy(mark.name)}
        </span>
      ) : null}
      <EditOnly>
        <button
          type="button"
          className="cc-board-card__more"
          tabIndex={stop ? 0 : -1}
          aria-label={words.actionsFor(title)}
          aria-haspopup="menu"
          onClick={(event) => {
            const { left, bottom } = event.currentTarget.getBoundingClientRect();
            openMenu(event, { x: left, y: bottom + 2 });
          }}
        >
          <Ellipsis aria-hidden="true" />
        </button>
      </EditOnly>
    </li>
  );
});
