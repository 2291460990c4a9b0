import { EditFields } from '@concord/shell';
import { Checkbox, Dialog } from '@concord/ui';
import { formatDay } from '../civil.ts';
import { setProjectStart, setWorkweek } from '../model.ts';
import { useViewState } from '../store.ts';
import { readDay } from './cell-values.ts';
import { CommitField } from './commit-field.tsx';
import { usePlanner } from './planner.tsx';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** What holds for the whole plan: when it starts, and which days are worked. */
export function SettingsPanel() {
  const { plan, edit } = usePlanner();
  const open = useViewState((state) => state.panel === 'settings');
  const openPanel = useViewState((state) => state.openPanel);
  const { weekdays } = plan.calendar;
  return (
    <Dialog
      title="Plan settings"
      size="small"
      open={open}
      onOpenChange={(next) => openPanel(next ? 'settings' : null)}
    >
      <EditFields>
        <div className="cc-gantt-form">
          <CommitField
            label="Project start"
            type="date"
            hint="Tasks that nothing holds later start here."
            value={formatDay(plan.projectStart)}
            onCommit={(text) => {
              const day = readDay(text);
              edit('Set project start', (root) => setProjectStart(root, day));
            }}
          />
          <fieldset className="cc-gantt-week">
            <legend>Working days</legend>
            {DAYS.map((label, index) => {
              const day = index + 1;
              return (
                <Checkbox
                  key={label}
                  label={label}
                  checked={weekdays.includes(day)}
                  onChange={(worked) => {
                    const next = worked ? [...weekdays, day] : weekdays.filter((each) => each !== day);
                    edit('Set working days', (root) => setWorkweek(root, next));
                  }}
                />
              );
            })}
          </fieldset>
        </div>
      </EditFields>
    </Dialog>
  );
}
