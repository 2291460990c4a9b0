import { EditOnly } from '@concord/shell';
import { Button, IconButton, SegmentedControl } from '@concord/ui';
import {
  CalendarDays,
  ChartGantt,
  Diamond,
  Plus,
  Route,
  Scan,
  Settings2,
  Table2,
  Trash2,
} from 'lucide-react';
import { longDate, ZOOMS } from '../chart/scale.ts';
import { addTask } from '../model.ts';
import { useViewState } from '../store.ts';
import { words } from '../words.ts';
import type { ChartHandle } from './chart.tsx';
import { usePlanner } from './planner.tsx';
import { useGanttCommands } from './use-gantt-commands.tsx';

const panes = () =>
  [
    { value: 'table', label: words.table, icon: <Table2 /> },
    { value: 'chart', label: words.chart, icon: <ChartGantt /> },
  ] as const;

/** The commands on the plan as a whole. */
export function Toolbar({ chart }: { chart: ChartHandle }) {
  const { plan, today, edit } = usePlanner();
  const { zoom, pane, showCritical, setZoom, setPane, setShowCritical, openPanel } = useViewState();
  const startEditing = useViewState((state) => state.edit);

  const add = (milestone: boolean): void => {
    edit(milestone ? words.addMilestone : words.addTask, (root) => {
      const key = addTask(root, null, today, milestone ? { milestone } : {});
      startEditing({ key, column: 'name' });
    });
    setPane('table');
  };
  useGanttCommands(chart, add);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a toolbar is no fieldset of a form
    <div className="cc-gantt-toolbar" role="group" aria-label={words.plan}>
      <EditOnly>
        <div className="cc-gantt-toolbar__set">
          <Button variant="primary" size="small" icon={<Plus />} onClick={() => add(false)}>
            {words.addTask}
          </Button>
          <Button size="small" icon={<Diamond />} aria-label={words.addMilestone} onClick={() => add(true)}>
            <span className="cc-gantt-toolbar__word">{words.milestone}</span>
          </Button>
        </div>
      </EditOnly>
      <div className="cc-gantt-toolbar__narrow">
        <SegmentedControl label={words.show} value={pane} options={panes()} onChange={setPane} iconsOnly />
      </div>
      <div className="cc-gantt-toolbar__space" />
      {plan.rows.length > 0 ? (
        <p className="cc-gantt-toolbar__summary">{words.summary(plan.rows.length, longDate(plan.finish))}</p>
      ) : null}
      <div className="cc-gantt-toolbar__set cc-gantt-toolbar__chart" data-pane={pane}>
        <IconButton
          label={words.criticalPath}
          size="small"
          icon={<Route />}
          pressed={showCritical}
          onClick={() => setShowCritical(!showCritical)}
        />
        <SegmentedControl
          label={words.zoom}
          value={zoom}
          options={ZOOMS.map((value) => ({ value, label: words.zooms[value] }))}
          onChange={setZoom}
        />
        <IconButton
          label={words.goToToday}
          size="small"
          icon={<CalendarDays />}
          onClick={() => chart.scrollToDay(today)}
        />
        <IconButton label={words.fitPlan} size="small" icon={<Scan />} onClick={() => chart.fit()} />
      </div>
      <div className="cc-gantt-toolbar__set">
        <IconButton
          label={words.trashCount(plan.trash.length)}
          size="small"
          icon={<Trash2 />}
          onClick={() => openPanel('trash')}
        />
        <IconButton
          label={words.planSettings}
          size="small"
          icon={<Settings2 />}
          onClick={() => openPanel('settings')}
        />
      </div>
    </div>
  );
}
