import { EditFields } from '@concord/shell';
import { Checkbox, Dialog } from '@concord/ui';
import { weekdayName } from '../chart/scale.ts';
import { formatDay, mondayOf } from '../civil.ts';
import { setProjectStart, setWorkweek } from '../model.ts';
import { useViewState } from '../store.ts';
import { words } from '../words.ts';
import { readDay } from './cell-values.ts';
import { CommitField } from './commit-field.tsx';
import { usePlanner } from './planner.tsx';

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

/** What holds for the whole plan: when it starts, and which days are worked. */
export function SettingsPanel() {
  const { plan, edit } = usePlanner();
  const open = useViewState((state) => state.panel === 'settings');
  const openPanel = useViewState((state) => state.openPanel);
  const { weekdays } = plan.calendar;
  return (
    <Dialog
      title={words.planSettings}
      size="small"
      open={open}
      onOpenChange={(next) => openPanel(next ? 'settings' : null)}
    >
      <EditFields>
        <div className="cc-gantt-form">
          <CommitField
            label={words.projectStart}
            type="date"
            hint={words.projectStartHint}
            value={formatDay(plan.projectStart)}
            onCommit={(text) => {
              const day = readDay(text);
              edit(words.setProjectStart, (root) => setProjectStart(root, day));
            }}
          />
          <fieldset className="cc-gantt-week">
            <legend>{words.workingDays}</legend>
            {WEEK.map((day) => {
              const label = weekdayName(mondayOf(0) + day - 1);
              return (
                <Checkbox
                  key={day}
                  label={label}
                  checked={weekdays.includes(day)}
                  onChange={(worked) => {
                    const next = worked ? [...weekdays, day] : weekdays.filter((each) => each !== day);
                    edit(words.setWorkingDays, (root) => setWorkweek(root, next));
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
