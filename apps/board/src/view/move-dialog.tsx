import { Button, Dialog, Select } from '@concord/ui';
import { useEffect, useRef, useState } from 'react';
import { cardName, listName, useActions } from '../actions.ts';
import { columnOf } from '../dnd/geometry.ts';
import { focusCard } from '../focus.ts';
import { layoutOf } from '../layout.ts';
import { gapAt } from '../model.ts';
import { useBoard } from '../session.ts';
import { getState, startMoving, useStore } from '../store.ts';
import { words } from '../words.ts';

/** Moves a card or a list without dragging: which list, which position. */
export function MoveDialog() {
  const moving = useStore((state) => state.moving);
  const last = useRef(moving);
  useEffect(() => {
    const moved = last.current;
    if (moving === null && moved && getState().card === null) {
      if (moved.kind === 'card') focusCard(moved.id);
      else columnOf(moved.id)?.querySelector('button')?.focus();
    }
    last.current = moving;
  }, [moving]);
  if (!moving) return null;
  const props = { id: moving.id, key: moving.id };
  return moving.kind === 'card' ? <MoveCard {...props} /> : <MoveList {...props} />;
}

const positions = (count: number): readonly { value: string; label: string }[] =>
  Array.from({ length: count }, (_, i) => ({
    value: String(i),
    label: count === 1 ? '1' : i === 0 ? words.first(1) : i === count - 1 ? words.last(count) : String(i + 1),
  }));

const close = (): void => startMoving(null);

function MoveCard({ id }: { id: string }) {
  const view = useBoard((whole) => whole);
  const actions = useActions();
  const { columns } = layoutOf(view);
  const home = columns.find(({ cards }) => cards.includes(id));
  const [chosen, setList] = useState(home?.id ?? columns[0]?.id);
  const [position, setPosition] = useState<number | null>(null);
  // The chosen list may be archived by someone else while this is open.
  const list = columns.find((column) => column.id === chosen) ?? columns[0];
  const order = list?.cards.filter((card) => card !== id) ?? [];
  const usual = list && list === home ? list.cards.indexOf(id) : order.length;
  const index = Math.min(position ?? usual, order.length);
  return (
    <Dialog
      open
      size="small"
      title={words.moveNamed(cardName(view.cards[id]?.title))}
      onOpenChange={close}
      footer={
        <>
          <Button onClick={close}>{words.cancel}</Button>
          <Button
            variant="primary"
            disabled={!list}
            onClick={() => {
              if (list) actions.moveCard(id, list.id, gapAt(order, index));
              close();
            }}
          >
            {words.moveCard}
          </Button>
        </>
      }
    >
      <div className="cc-board-move">
        <Select
          label={words.listField}
          value={list?.id}
          placeholder={words.noList}
          options={columns.map((column) => ({
            value: column.id,
            label: listName(view.lists[column.id]?.title),
          }))}
          onChange={(next) => {
            setList(next);
            setPosition(null);
          }}
        />
        <Select
          label={words.positionField}
          value={String(index)}
          options={positions(order.length + 1)}
          onChange={(next) => setPosition(Number(next))}
        />
      </div>
    </Dialog>
  );
}

function MoveList({ id }: { id: string }) {
  const view = useBoard((whole) => whole);
  const actions = useActions();
  const { columns } = layoutOf(view);
  const order = columns.map((column) => column.id).filter((each) => each !== id);
  const here = columns.findIndex((column) => column.id === id);
  const [position, setPosition] = useState(Math.max(0, here));
  const index = Math.min(position, order.length);
  return (
    <Dialog
      open
      size="small"
      title={words.moveListNamed(listName(view.lists[id]?.title))}
      onOpenChange={close}
      footer={
        <>
          <Button onClick={close}>{words.cancel}</Button>
          <Button
            variant="primary"
            onClick={() => {
              actions.moveList(id, gapAt(order, index));
              close();
            }}
          >
            {words.moveList}
          </Button>
        </>
      }
    >
      <Select
        label={words.positionField}
        value={String(index)}
        options={positions(order.length + 1)}
        onChange={(next) => setPosition(Number(next))}
      />
    </Dialog>
  );
}
