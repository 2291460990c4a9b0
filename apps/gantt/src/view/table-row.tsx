import { CommentBadge, EditOnly, useMayEdit, useTrace } from '@concord/shell';
import { Avatar, ContextMenu, classNames, IconButton, Menu, presenceColour } from '@concord/ui';
import { Ellipsis, GripVertical, Pin } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import { ROW_HEIGHT } from '../chart/scale.ts';
import { COLUMN_LIST, type Column } from '../columns.ts';
import type { Row } from '../plan.ts';
import { useViewState } from '../store.ts';
import { words } from '../words.ts';
import { CellEditor } from './cell-editor.tsx';
import { cellText, cellWords, isEditable } from './cell-values.ts';
import type { PersonHere } from './planner.tsx';
import { useRowCommands } from './row-commands.tsx';

export type TableRowProps = {
  row: Row;
  template: string;
  /** The cell of this row that the Tab key reaches, if it is here. */
  tabStop: Column | null;
  selected: boolean;
  editing: { readonly column: Column; readonly text: string | null } | null;
  people: readonly PersonHere[];
};

/** One task in the table; drawn again only when something of it is new. */
export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { row, template, tabStop, selected, editing, people } = props;
  const commands = useRowCommands();
  const trace = useTrace(row.key);
  const showCritical = useViewState((state) => state.showCritical);
  const first = people[0];
  return (
    <ContextMenu items={() => commands.menuOf(row)}>
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see Table */}
      <div
        role="row"
        aria-rowindex={row.number + 1}
        aria-selected={selected}
        aria-label={cellText(row, 'name')}
        {...trace}
        className={classNames('cc-gantt-row', showCritical && row.critical && 'cc-gantt-row--critical')}
        style={{
          gridTemplateColumns: template,
          insetBlockStart: (row.number - 1) * ROW_HEIGHT,
          blockSize: ROW_HEIGHT,
          ...(first && { boxShadow: `inset 3px 0 ${presenceColour(first.colour)}` }),
        }}
      >
        {COLUMN_LIST.map(({ id }) => (
          <TableCell
            key={id}
            row={row}
            column={id}
            tabStop={tabStop === id}
            editing={editing?.column === id ? editing : null}
            person={people.find((each) => each.column === id)}
          >
            {id === 'number' ? (
              <EditOnly>
                <span className="cc-gantt-row__grip" aria-hidden="true">
                  <GripVertical />
                </span>
              </EditOnly>
            ) : null}
            {id === 'name' ? (
              <>
                <CommentBadge id={row.key} tabIndex={-1} />
                <span className="cc-gantt-row__people">
                  {people.slice(0, 3).map((person) => (
                    <Avatar key={person.id} person={person} size="small" />
                  ))}
                </span>
                <span className="cc-gantt-row__menu">
                  <Menu
                    align="end"
                    items={() => commands.menuOf(row)}
                    trigger={
                      <IconButton
                        label={words.actionsFor(cellText(row, 'name'))}
                        size="small"
                        icon={<Ellipsis />}
                        tabIndex={-1}
                      />
                    }
                  />
                </span>
              </>
            ) : null}
          </TableCell>
        ))}
      </div>
    </ContextMenu>
  );
});

type TableCellProps = {
  row: Row;
  column: Column;
  tabStop: boolean;
  editing: { readonly text: string | null } | null;
  person: PersonHere | undefined;
  children: React.ReactNode;
};

function TableCell({ row, column, tabStop, editing, person, children }: TableCellProps) {
  const element = useRef<HTMLDivElement>(null);
  const hadFocus = useRef(false);
  const editable = useMayEdit() && isEditable(column);
  const { select, edit } = useViewState.getState();
  const focusTurn = useViewState((state) =>
    state.focus.in === 'table' && state.active?.key === row.key && state.active.column === column
      ? state.focus.turn
      : 0,
  );
  const open = editing !== null;
  useEffect(() => {
    if (focusTurn > 0 && !open) element.current?.focus();
  }, [focusTurn, open]);

  return (
    // biome-ignore lint/a11y: which role, says the column; what the keys do, says the grid
    <div
      ref={element}
      role={column === 'name' ? 'rowheader' : 'gridcell'}
      aria-label={`${words.columns[column]} ${cellWords(row, column)}`}
      aria-readonly={!editable}
      tabIndex={tabStop && !open ? 0 : -1}
      className={classNames(
        'cc-gantt-cell',
        column === 'float' && row.float < 0 && 'cc-gantt-cell--late',
        person && 'cc-gantt-cell--taken',
      )}
      data-key={row.key}
      data-column={column}
      style={person && { outlineColor: presenceColour(person.colour) }}
      onFocus={(event) => {
        if (event.target === element.current) select({ key: row.key, column });
      }}
      onMouseDown={() => {
        hadFocus.current = document.activeElement === element.current;
        // A window that is not the active one hears of no focus.
        select({ key: row.key, column });
      }}
      onClick={(event) => {
        // The first click selects, the next one edits.
        const onButton = event.target instanceof Element && event.target.closest('button') !== null;
        if (hadFocus.current && !open && !onButton && editable) edit({ key: row.key, column });
      }}
    >
      {editing ? (
        <CellEditor row={row} column={column} typed={editing.text} />
      ) : (
        <CellContent row={row} column={column} />
      )}
      {children}
    </div>
  );
}

function CellContent({ row, column }: { row: Row; column: Column }) {
  const text = cellText(row, column);
  switch (column) {
    case 'name':
      return (
        <>
          <span
            className={classNames('cc-gantt-row__dot', row.milestone && 'cc-gantt-row__dot--milestone')}
            data-colour={row.colour ?? undefined}
          />
          <span className={classNames('cc-gantt-row__name', !row.name && 'cc-gantt-row__name--none')}>
            {text}
          </span>
        </>
      );
    case 'start':
      return (
        <>
          <span>{text}</span>
          {row.constraint !== null ? <Pin className="cc-gantt-row__pin" aria-hidden="true" /> : null}
        </>
      );
    case 'progress':
      return (
        <>
          <span className="cc-gantt-row__progress" aria-hidden="true">
            <span style={{ inlineSize: `${row.progress}%` }} />
          </span>
          <span>{text}</span>
        </>
      );
    default:
      return <span>{text}</span>;
  }
}
