import { EditFields } from '@concord/shell';
import { Badge, Button, Checkbox, Dialog, IconButton, Select } from '@concord/ui';
import { Trash2, X } from 'lucide-react';
import { longDate } from '../chart/scale.ts';
import { formatDay } from '../civil.ts';
import type { Column } from '../columns.ts';
import { editTask, nameOf, removeLink } from '../model.ts';
import type { Plan, Row } from '../plan.ts';
import { COLOURS, type Colour } from '../schema.ts';
import { useViewState } from '../store.ts';
import { linkWords } from './arrows.tsx';
import { daysWords, draftOf, readCell, readDay } from './cell-values.ts';
import { CommitField } from './commit-field.tsx';
import { usePlanner } from './planner.tsx';
import { useRowCommands } from './row-commands.tsx';
import { heldWords } from './use-bar-drag.ts';

const COLOUR_LABELS: Readonly<Record<Colour | 'none', string>> = {
  none: 'None',
  blue: 'Blue',
  teal: 'Teal',
  green: 'Green',
  amber: 'Amber',
  red: 'Red',
  purple: 'Purple',
};
const COLOUR_OPTIONS = (['none', ...COLOURS] as const).map((value) => ({
  value,
  label: COLOUR_LABELS[value],
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
      title={row ? nameOf(plan, row.key) : 'Task'}
      {...(row && { description: scheduleWords(plan, row) })}
      open={row !== undefined}
      onOpenChange={(open) => {
        if (!open) openDetails(null);
      }}
    >
      <EditFields>{row ? <TaskForm key={row.key} row={row} /> : null}</EditFields>
    </Dialog>
  );
}

function scheduleWords(plan: Plan, row: Row): string {
  const dates = row.milestone
    ? `On ${longDate(row.start)}.`
    : `${longDate(row.start)} to ${longDate(row.finish)}, ${daysWords(row.duration)}.`;
  return `${dates} ${heldWords(plan, row)}`;
}

function TaskForm({ row }: { row: Row }) {
  const { plan, edit } = usePlanner();
  const { openDetails } = useViewState.getState();
  const commands = useRowCommands();
  const links = plan.links.filter((link) => link.from === row.key || link.to === row.key);

  /** The dialog's fields read what the cells of the table read. */
  const asCell = (column: Column) => (text: string) => {
    const change = readCell(plan, row, column, text);
    if (change) edit(change.label, change.run);
  };

  return (
    <div className="cc-gantt-form">
      <CommitField label="Name" value={row.name} onCommit={asCell('name')} />
      <div className="cc-gantt-form__pair">
        <CommitField
          label="Duration"
          value={draftOf(row, 'duration')}
          hint="Working days: 5, 5d or 2w"
          onCommit={asCell('duration')}
        />
        <CommitField label="Progress (%)" value={draftOf(row, 'progress')} onCommit={asCell('progress')} />
      </div>
      <Checkbox
        label="Milestone"
        checked={row.milestone}
        onChange={(milestone) => {
          edit('Change milestone', (root) => editTask(root, row.key, { milestone }));
        }}
      />
      <div className="cc-gantt-form__pair">
        <Cleared
          clear={
            row.constraint === null
              ? null
              : () => edit('Set start', (root) => editTask(root, row.key, { start: null }))
          }
          name="Clear start"
        >
          <CommitField
            label="Start no earlier than"
            type="date"
            value={row.constraint === null ? '' : formatDay(row.constraint)}
            onCommit={(text) => {
              const start = text === '' ? null : readDay(text);
              edit('Set start', (root) => editTask(root, row.key, { start }));
            }}
          />
        </Cleared>
        <Cleared
          clear={
            row.deadline === null
              ? null
              : () => edit('Set deadline', (root) => editTask(root, row.key, { deadline: null }))
          }
          name="Clear deadline"
        >
          <CommitField
            label="Deadline"
            type="date"
            value={row.deadline === null ? '' : formatDay(row.deadline)}
            onCommit={(text) => {
              const deadline = text === '' ? null : readDay(text);
              edit('Set deadline', (root) => editTask(root, row.key, { deadline }));
            }}
          />
        </Cleared>
      </div>
      <p className="cc-gantt-form__float">
        {row.float < 0 ? (
          <Badge tone="danger">{daysWords(-row.float)} late</Badge>
        ) : row.critical ? (
          <Badge tone="warning">On the critical path</Badge>
        ) : (
          <Badge>{daysWords(row.float)} of float</Badge>
        )}
      </p>
      <CommitField
        label="Predecessors"
        value={row.predecessors}
        hint="Row numbers, as 3 or 3FS+2d, with commas between"
        onCommit={asCell('predecessors')}
      />
      {links.length > 0 ? (
        <ul className="cc-gantt-list" aria-label="Links">
          {links.map((link) => (
            <li key={link.id}>
              <span className="cc-gantt-list__words">{linkWords(plan, link)}</span>
              <IconButton
                label={`Remove: ${linkWords(plan, link)}`}
                size="small"
                icon={<X />}
                onClick={() => edit('Remove link', (root) => removeLink(root, link.id))}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <Select
        label="Colour"
        value={row.colour ?? 'none'}
        options={COLOUR_OPTIONS}
        onChange={(value) => {
          edit('Set colour', (root) => editTask(root, row.key, { colour: value === 'none' ? null : value }));
        }}
      />
      <CommitField
        label="Notes"
        lines
        value={row.notes}
        onCommit={(notes) => edit('Edit notes', (root) => editTask(root, row.key, { notes }))}
      />
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
          Delete task
        </Button>
      </div>
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
      {clear ? <IconButton label={name} size="medium" icon={<X />} onClick={clear} /> : null}
    </div>
  );
}
