import { useMayEdit } from '@concord/shell';
import { type Command, useCommands } from '@concord/ui';
import { getState, startAdding } from '../store.ts';
import { focusFilter } from './filter-bar.tsx';

/** A card into the list that has the focus, or had it last, or the first one. */
function newCard(): void {
  const { drag, stops } = getState();
  const near = document.activeElement?.closest<HTMLElement>('[data-column]');
  const list =
    near?.dataset.column ??
    Object.keys(stops).at(-1) ??
    document.querySelector<HTMLElement>('[data-column]')?.dataset.column;
  if (list !== undefined && !drag) startAdding(list);
}

const card = (id: string, title: string, keys: readonly string[]): Command => ({
  id: `board.${id}`,
  title,
  keys,
  group: 'Focused card',
  inView: true,
});

const READING: readonly Command[] = [
  { id: 'board.filter', title: 'Filter cards', group: 'Board', keys: ['/'], run: () => focusFilter() },
  card('open', 'Open the card', ['Enter']),
  card('go-vertical', 'Go to the card above or below', ['Up', 'Down']),
  card('go-horizontal', 'Go to the next list', ['Left', 'Right']),
];

const EDITING: readonly Command[] = [
  { id: 'board.new-card', title: 'New card', group: 'Board', keys: ['N'], run: newCard },
  card('pick-up', 'Pick up and drop; arrows move, Escape cancels', ['Space']),
  card('nudge', 'Move the card at once', ['Shift+Up', 'Shift+Down', 'Shift+Left', 'Shift+Right']),
  card('move', 'Move to…', ['M']),
  card('archive', 'Archive the card', ['C']),
];

const ALL = [...READING, ...EDITING];

/** What can be done with the keyboard on this board. */
export const useBoardCommands = (): void => useCommands(useMayEdit() ? ALL : READING);
