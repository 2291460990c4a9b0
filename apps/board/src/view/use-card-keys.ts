import { useMayEdit } from '@concord/shell';
import type { KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { useActions } from '../actions.ts';
import { isRtl } from '../dnd/geometry.ts';
import { nextSlot } from '../dnd/slots.ts';
import { type Direction, focusCard, neighbourOf } from '../focus.ts';
import { gapAt } from '../model.ts';
import { getState, startAdding, startMoving } from '../store.ts';
import { useShown } from './shown.ts';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'back',
  ArrowRight: 'forward',
  Home: 'first',
  End: 'last',
};

const MIRRORED: Partial<Record<Direction, Direction>> = { back: 'forward', forward: 'back' };

/** What the keys do on a focused card. A key that is used up is `defaultPrevented`. */
export function useCardKeys(id: string, list: string | null): (event: KeyboardEvent) => void {
  const actions = useActions();
  const mayEdit = useMayEdit();
  const shown = useShown();
  return (event) => {
    if (getState().drag || event.ctrlKey || event.metaKey || event.altKey) return;
    const used = act(event.key, event.shiftKey);
    if (used) event.preventDefault();
  };

  function act(key: string, shift: boolean): boolean {
    const arrow = ARROWS[key];
    if (arrow) {
      const direction = (isRtl() && MIRRORED[arrow]) || arrow;
      return shift && mayEdit ? moveBy(direction) : go(direction);
    }
    if (!mayEdit) return false;
    switch (key.toLowerCase()) {
      case 'm':
        startMoving({ kind: 'card', id });
        return true;
      case 'n':
        if (list !== null) startAdding(list);
        return list !== null;
      case 'c':
      case 'delete':
        actions.archiveCard(id);
        return true;
      default:
        return false;
    }
  }

  function go(direction: Direction): boolean {
    const { columns, unfiled } = shown.current;
    const next = neighbourOf([{ cards: unfiled }, ...columns], id, direction);
    if (next !== null) focusCard(next);
    return true;
  }

  function moveBy(direction: Direction): boolean {
    const { columns } = shown.current;
    const here = columns.find((column) => column.id === list);
    if (!here) return true;
    const lanes = columns.map((column) => ({
      parent: column.id,
      order: column.cards.filter((each) => each !== id),
    }));
    const to = nextSlot(lanes, { parent: here.id, index: here.cards.indexOf(id) }, direction);
    const order = lanes.find((lane) => lane.parent === to.parent)?.order ?? [];
    flushSync(() => actions.moveCard(id, to.parent, gapAt(order, to.index)));
    focusCard(id);
    return true;
  }
}
