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
import { longDate, ZOOM_LABELS, ZOOMS } from '../chart/scale.ts';
import { addTask } from '../model.ts';
import { useViewState } from '../store.ts';
import type { ChartHandle } from './chart.tsx';
import { usePlanner } from './planner.tsx';
import { useGanttCommands } from './use-gantt-commands.tsx';

const PANES = [
  { value: 'table', label: 'Table', icon: <Table2 /> },
  { value: 'chart', label: 'Chart', icon: <ChartGantt /> },
] as const;

/** The commands on the plan as a whole. */
export function Toolbar({ chart }: { chart: ChartHandle }) {
  const { plan, today, edit } = usePlanner();
  const { zoom, pane, showCritical, setZoom, setPane, setShowCritical, openPanel } = useViewState();
  const startEditing = useViewState((state) => state.edit);

  const add = (milestone: boolean): void => {
    edit(milestone ? 'Add milestone' : 'Add task', (root) => {
      const key = addTask(root, null, today, milestone ? { milestone } : {});
      startEditing({ key, column: 'name' });
    });
    setPane('table');
  };
  useGanttCommands(chart, add);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a toolbar is no fieldset of a form
    <div className="cc-gantt-toolbar" role="group" aria-label="Plan">
      <EditOnly>
        <div className="cc-gantt-toolbar__set">
          <Button variant="primary" size="small" icon={<Plus />} onClick={() => add(false)}>
            Add task
          </Button>
          <Button size="small" icon={<Diamond />} aria-label="Add milestone" onClick={() => add(true)}>
            <span className="cc-gantt-toolbar__word">Milestone</span>
          </Button>
        </div>
      </EditOnly>
      <div className="cc-gantt-toolbar__narrow">
        <SegmentedControl label="Show" value={pane} options={PANES} onChange={setPane} iconsOnly />
      </div>
      <div className="cc-gantt-toolbar__space" />
      {plan.rows.length > 0 ? (
        <p className="cc-gantt-toolbar__summary">
          {plan.rows.length} {plan.rows.length === 1 ? 'task' : 'tasks'} · ends {longDate(plan.finish)}
        </p>
      ) : null}
      <div className="cc-gantt-toolbar__set cc-gantt-toolbar__chart" data-pane={pane}>
        <IconButton
          label="Critical path"
          size="small"
          icon={<Route />}
          pressed={showCritical}
          onClick={() => setShowCritical(!showCritical)}
        />
        <SegmentedControl
          label="Zoom"
          value={zoom}
          options={ZOOMS.map((value) => ({ value, label: ZOOM_LABELS[value] }))}
          onChange={setZoom}
        />
        <IconButton
          label="Go to today"
          size="small"
          icon={<CalendarDays />}
          onClick={() => chart.scrollToDay(today)}
        />
        <IconButton label="Fit the plan" size="small" icon={<Scan />} onClick={() => chart.fit()} />
      </div>
      <div className="cc-gantt-toolbar__set">
        <IconButton
          label={`Trash (${plan.trash.length})`}
          size="small"
          icon={<Trash2 />}
          onClick={() => openPanel('trash')}
        />
        <IconButton
          label="Plan settings"
          size="small"
          icon={<Settings2 />}
          onClick={() => openPanel('settings')}
        />
      </div>
    </div>
  );
}
