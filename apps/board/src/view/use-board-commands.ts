import { useMayEdit } from '@concord/shell';
import { type Command, useCommands } from '@concord/ui';
import { useMemo } from 'react';
import { getState, startAdding } from '../store.ts';
import { words } from '../words.ts';
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
  group: words.keys.focused,
  inView: true,
});

const reading = (): readonly Command[] => [
  {
    id: 'board.filter',
    title: words.filterCards,
    group: words.keys.board,
    keys: ['/'],
    run: () => focusFilter(),
  },
  card('open', words.keys.open, ['Enter']),
  card('go-vertical', words.keys.vertical, ['Up', 'Down']),
  card('go-horizontal', words.keys.horizontal, ['Left', 'Right']),
];

const editing = (): readonly Command[] => [
  { id: 'board.new-card', title: words.keys.newCard, group: words.keys.board, keys: ['N'], run: newCard },
  card('pick-up', words.keys.pickUp, ['Space']),
  card('nudge', words.keys.nudge, ['Shift+Up', 'Shift+Down', 'Shift+Left', 'Shift+Right']),
  card('move', words.moveTo, ['M']),
  card('archive', words.keys.archive, ['C']),
];

/** What can be done with the keyboard on this board. */
export function useBoardCommands(): void {
  const mayEdit = useMayEdit();
  useCommands(useMemo(() => (mayEdit ? [...reading(), ...editing()] : reading()), [mayEdit]));
}
