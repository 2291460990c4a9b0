import { useMayEdit } from '@concord/shell';
import { type Command, useCommands } from '@concord/ui';
import { CalendarDays, Diamond, Plus, Route, Scan, Settings2, Trash2 } from 'lucide-react';
import { ZOOM_LABELS, ZOOMS } from '../chart/scale.ts';
import { useViewState } from '../store.ts';
import type { ChartHandle } from './chart.tsx';
import { usePlanner } from './planner.tsx';

const inView = (id: string, group: string, title: string, ...keys: string[]): Command => ({
  id: `gantt.${id}`,
  title,
  keys,
  group,
  inView: true,
});

const READING: readonly Command[] = [
  inView('cell-go', 'Table', 'Go to another cell', 'Up', 'Down', 'Left', 'Right'),
  inView('cell-details', 'Table', 'Open the task', 'Mod+Enter'),
  inView('bar-go', 'Chart', 'Go to another bar', 'Up', 'Down'),
];

const EDITING: readonly Command[] = [
  inView('cell-edit', 'Table', 'Edit the cell, or open the task', 'Enter', 'F2'),
  inView('row-add', 'Table', 'Add a task below', 'Insert'),
  inView('row-remove', 'Table', 'Delete the task, or clear the cell', 'Delete'),
  inView('row-move', 'Table', 'Move the task up or down', 'Alt+Up', 'Alt+Down'),
  inView('bar-move', 'Chart', 'Start a working day earlier or later', 'Left', 'Right'),
  inView('bar-size', 'Chart', 'Change the duration by a day', 'Shift+Left', 'Shift+Right'),
];

/** What can be done with the plan, as commands. */
export function useGanttCommands(chart: ChartHandle, add: (milestone: boolean) => void): void {
  const { today } = usePlanner();
  const { zoom, showCritical, setZoom, setShowCritical, openPanel } = useViewState();
  const plan = (
    id: string,
    title: string,
    icon: Command['icon'],
    run: () => void,
    key?: string,
  ): Command => ({
    id: `gantt.${id}`,
    title,
    icon,
    run,
    group: 'Plan',
    ...(key !== undefined && { keys: [key] }),
  });
  const edits = [
    plan('add', 'Add task', <Plus />, () => add(false), 'Mod+Alt+N'),
    plan('milestone', 'Add milestone', <Diamond />, () => add(true)),
    ...EDITING,
  ];
  useCommands([
    ...(useMayEdit() ? edits : []),
    plan('today', 'Go to today', <CalendarDays />, () => chart.scrollToDay(today), 'Mod+Alt+T'),
    plan('fit', 'Fit the plan', <Scan />, () => chart.fit(), 'Mod+Alt+0'),
    plan(
      'critical',
      showCritical ? 'Hide the critical path' : 'Show the critical path',
      <Route />,
      () => setShowCritical(!showCritical),
      'Mod+Alt+C',
    ),
    ...ZOOMS.filter((each) => each !== zoom).map((each) =>
      plan(`zoom-${each}`, `Zoom: ${ZOOM_LABELS[each]}`, undefined, () => setZoom(each)),
    ),
    plan('trash', 'Trash', <Trash2 />, () => openPanel('trash')),
    plan('settings', 'Plan settings', <Settings2 />, () => openPanel('settings')),
    ...READING,
  ]);
}
