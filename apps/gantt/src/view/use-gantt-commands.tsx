import { useMayEdit } from '@concord/shell';
import { type Command, useCommands } from '@concord/ui';
import { CalendarDays, Diamond, Plus, Route, Scan, Settings2, Trash2 } from 'lucide-react';
import { ZOOMS } from '../chart/scale.ts';
import { useViewState } from '../store.ts';
import { words } from '../words.ts';
import type { ChartHandle } from './chart.tsx';
import { usePlanner } from './planner.tsx';

const inView = (id: string, group: string, title: string, ...keys: string[]): Command => ({
  id: `gantt.${id}`,
  title,
  keys,
  group,
  inView: true,
});

const reading = (): readonly Command[] => [
  inView('cell-go', words.table, words.keys.goCell, 'Up', 'Down', 'Left', 'Right'),
  inView('cell-details', words.table, words.keys.openTask, 'Mod+Enter'),
  inView('bar-go', words.chart, words.keys.goBar, 'Up', 'Down'),
];

const editing = (): readonly Command[] => [
  inView('cell-edit', words.table, words.keys.editCell, 'Enter', 'F2'),
  inView('row-add', words.table, words.keys.addBelow, 'Insert'),
  inView('row-remove', words.table, words.keys.deleteOrClear, 'Delete'),
  inView('row-move', words.table, words.keys.moveRow, 'Alt+Up', 'Alt+Down'),
  inView('bar-move', words.chart, words.keys.moveBar, 'Left', 'Right'),
  inView('bar-size', words.chart, words.keys.sizeBar, 'Shift+Left', 'Shift+Right'),
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
    group: words.plan,
    ...(key !== undefined && { keys: [key] }),
  });
  const edits = [
    plan('add', words.addTask, <Plus />, () => add(false), 'Mod+Alt+N'),
    plan('milestone', words.addMilestone, <Diamond />, () => add(true)),
    ...editing(),
  ];
  useCommands([
    ...(useMayEdit() ? edits : []),
    plan('today', words.goToToday, <CalendarDays />, () => chart.scrollToDay(today), 'Mod+Alt+T'),
    plan('fit', words.fitPlan, <Scan />, () => chart.fit(), 'Mod+Alt+0'),
    plan(
      'critical',
      showCritical ? words.hideCritical : words.showCritical,
      <Route />,
      () => setShowCritical(!showCritical),
      'Mod+Alt+C',
    ),
    ...ZOOMS.filter((each) => each !== zoom).map((each) =>
      plan(`zoom-${each}`, words.zoomTo(words.zooms[each]), undefined, () => setZoom(each)),
    ),
    plan('trash', words.trash, <Trash2 />, () => openPanel('trash')),
    plan('settings', words.planSettings, <Settings2 />, () => openPanel('settings')),
    ...reading(),
  ]);
}
