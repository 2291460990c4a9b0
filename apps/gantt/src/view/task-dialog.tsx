import { CommentButton, EditFields, EditOnly, stepOn } from '@concord/shell';
import { Badge, Button, Checkbox, Dialog, IconButton, Select } from '@concord/ui';
import { Trash2, X } from 'lucide-react';
import { longDate } from '../chart/scale.ts';
import { formatDay } from '../civil.ts';
import type { Column } from '../columns.ts';
import { editTask, linkName, nameOf, removeLink } from '../model.ts';
import type { Plan, Row } from '../plan.ts';
import { COLOURS } from '../schema.ts';
import { useViewState } from '../store.ts';
import { words } from '../words.ts';
import { linkWords } from './arrows.tsx';
import { draftOf, readCell, readDay } from './cell-values.ts';
import { CommitField } from './commit-field.tsx';
import { usePlanner } from './planner.tsx';
import { useRowCommands } from './row-commands.tsx';
import { heldWords } from './use-bar-drag.ts';

const colourOptions = () =>
  (['none', ...COLOURS] as const).map((value) => ({
    value,
    label: words.colours[value],
    icon: <span className="cc-gantt-row__dot" data-colour={value} />,
  }));

/** Everything about one task, each part written as soon as it is given. */
export function TaskDialog() {
  const { plan } = usePlanner();
  const details = useViewState((state) => state.details);
  const openDetails = useViewState((state) => state.openDetails);
  const row = details === null ? undefined : plan.byKey.get(details);
  return (
    <Dialog
      title={row ? nameOf(plan, row.key) : words.columns.name}
      {...(row && { description: scheduleWords(plan, row) })}
      open={row !== undefined}
      onOpenChange={(open) => {
        if (!open) openDetails(null);
      }}
    >
      {row ? <TaskForm key={row.key} row={row} /> : null}
      {row ? (
        <div>
          <CommentButton id={row.key} quote={nameOf(plan, row.key)} onOpen={() => openDetails(null)} />
        </div>
      ) : null}
    </Dialog>
  );
}

function scheduleWords(plan: Plan, row: Row): string {
  const dates = row.milestone
    ? words.onDate(longDate(row.start))
    : words.datesAndDays(longDate(row.start), longDate(row.finish), row.duration);
  return `${dates} ${heldWords(plan, row)}`;
}

function TaskForm({ row }: { row: Row }) {
  const { plan, edit } = usePlanner();
  const { openDetails } = useViewState.getState();
  const commands = useRowCommands();
  const links = plan.links.filter((link) => link.from === row.key || link.to === row.key);

  const step = (label: string): string => stepOn(label, nameOf(plan, row.key));

  /** The dialog's fields read what the cells of the table read. */
  const asCell = (column: Column) => (text: string) => {
    const change = readCell(plan, row, column, text);
    if (change) edit(change.label, change.run);
  };

  return (
    <div className="cc-gantt-form">
      <CommitField label={words.name} value={row.name} onCommit={asCell('name')} />
      <div className="cc-gantt-form__pair">
        <CommitField
          label={words.columns.duration}
          value={draftOf(row, 'duration')}
          hint={words.durationHint}
          onCommit={asCell('duration')}
        />
        <CommitField
          label={words.progressPercent}
          value={draftOf(row, 'progress')}
          onCommit={asCell('progress')}
        />
      </div>
      <EditFields>
        <Checkbox
          label={words.milestone}
          checked={row.milestone}
          onChange={(milestone) => {
            edit(step(words.changeMilestone), (root) => editTask(root, row.key, { milestone }));
          }}
        />
      </EditFields>
      <div className="cc-gantt-form__pair">
        <Cleared
          clear={
            row.constraint === null
              ? null
              : () => edit(step(words.setStart), (root) => editTask(root, row.key, { start: null }))
          }
          name={words.clearStart}
        >
          <CommitField
            label={words.startNoEarlier}
            type="date"
            value={row.constraint === null ? '' : formatDay(row.constraint)}
            onCommit={(text) => {
              const start = text === '' ? null : readDay(text);
              edit(step(words.setStart), (root) => editTask(root, row.key, { start }));
            }}
          />
        </Cleared>
        <Cleared
          clear={
            row.deadline === null
              ? null
              : () => edit(step(words.setDeadline), (root) => editTask(root, row.key, { deadline: null }))
          }
          name={words.clearDeadline}
        >
          <CommitField
            label={words.deadline}
            type="date"
            value={row.deadline === null ? '' : formatDay(row.deadline)}
            onCommit={(text) => {
              const deadline = text === '' ? null : readDay(text);
              edit(step(words.setDeadline), (root) => editTask(root, row.key, { deadline }));
            }}
          />
        </Cleared>
      </div>
      <p className="cc-gantt-form__float">
        {row.float < 0 ? (
          <Badge tone="danger">{words.daysLate(-row.float)}</Badge>
        ) : row.critical ? (
          <Badge tone="warning">{words.onCriticalPath}</Badge>
        ) : (
          <Badge>{words.ofFloat(row.float)}</Badge>
        )}
      </p>
      <CommitField
        label={words.columns.predecessors}
        value={row.predecessors}
        hint={words.predecessorsHint}
        onCommit={asCell('predecessors')}
      />
      {links.length > 0 ? (
        <ul className="cc-gantt-list" aria-label={words.links}>
          {links.map((link) => (
            <li key={link.id}>
              <span className="cc-gantt-list__words">{linkWords(plan, link)}</span>
              <EditOnly>
                <IconButton
                  label={words.removeThe(linkWords(plan, link))}
                  size="small"
                  icon={<X />}
                  onClick={() =>
                    edit(stepOn(words.removeLink, linkName(plan, link)), (root) => removeLink(root, link.id))
                  }
                />
              </EditOnly>
            </li>
          ))}
        </ul>
      ) : null}
      <EditFields>
        <Select
          label={words.colour}
          value={row.colour ?? 'none'}
          options={colourOptions()}
          onChange={(value) => {
            edit(step(words.setColour), (root) =>
              editTask(root, row.key, { colour: value === 'none' ? null : value }),
            );
          }}
        />
      </EditFields>
      <CommitField
        label={words.notes}
        lines
        value={row.notes}
        onCommit={(notes) => edit(step(words.editNotes), (root) => editTask(root, row.key, { notes }))}
      />
      <EditOnly>
        <div>
          <Button
            variant="danger"
            size="small"
            icon={<Trash2 />}
            onClick={() => {
              openDetails(null);
              commands.remove(row);
            }}
          >
            {words.deleteTask}
          </Button>
        </div>
      </EditOnly>
    </div>
  );
}

function Cleared({
  clear,
  name,
  children,
}: {
  clear: (() => void) | null;
  name: string;
  children: React.ReactNode;
}) {
  return (
    <div className="cc-gantt-form__cleared">
      {children}
      <EditOnly>
        {clear ? <IconButton label={name} size="medium" icon={<X />} onClick={clear} /> : null}
      </EditOnly>
    </div>
  );
}
