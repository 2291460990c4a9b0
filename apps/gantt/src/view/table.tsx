import { EditOnly, stepOn, useMayEdit } from '@concord/shell';
import { Button } from '@concord/ui';
import { Plus } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, type RefObject, useRef, useState } from 'react';
import { HEADER_HEIGHT, ROW_HEIGHT } from '../chart/scale.ts';
import { COLUMN_LIST, type Column, columnBeside, isColumn, TABLE_WIDTH } from '../columns.ts';
import { addTask, moveTask, nameOf } from '../model.ts';
import type { Row } from '../plan.ts';
import { type Cell, useViewState } from '../store.ts';
import { words } from '../words.ts';
import { isEditable, readCell } from './cell-values.ts';
import { tell, usePeopleByTask, usePlanner } from './planner.tsx';
import { useRowCommands } from './row-commands.tsx';
import { TableRow } from './table-row.tsx';
import type { RowsInView } from './use-rows-in-view.ts';

const TEMPLATE = COLUMN_LIST.map((column) => `${column.width}px`).join(' ');

/** The plan as a grid: one tab stop, arrow keys between cells, Enter or typing to edit. */
export function Table({
  scrollerRef,
  inView,
}: {
  scrollerRef: RefObject<HTMLDivElement | null>;
  inView: RowsInView;
}) {
  const { plan, today, edit } = usePlanner();
  const peopleOn = usePeopleByTask();
  const active = useViewState((state) => state.active);
  const mayEdit = useMayEdit();
  const editing = useViewState((state) => (mayEdit ? state.editing : null));
  const startEditing = useViewState((state) => state.edit);
  const { drop, onGrip } = useReorder(scrollerRef);
  const onKeyDown = useGridKeys();

  const activeRow = active ? plan.byKey.get(active.key) : undefined;
  const shown = plan.rows.slice(inView.from, inView.to);
  // The row with the focus stays in the page wherever the table is scrolled, or the focus would be lost.
  if (activeRow && !shown.includes(activeRow)) shown.push(activeRow);
  const tabStop: Cell | null =
    activeRow && active ? active : plan.rows[0] ? { key: plan.rows[0].key, column: 'name' } : null;

  const addLast = (): void => {
    edit(words.addTask, (root) => startEditing({ key: addTask(root, null, today), column: 'name' }));
  };

  return (
    <div ref={scrollerRef} className="cc-gantt-table" style={{ scrollPaddingBlockStart: HEADER_HEIGHT }}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows come and go while it is scrolled, which a <table> cannot */}
      <div
        role="grid"
        aria-label={words.tasks}
        aria-rowcount={plan.rows.length + 1}
        aria-colcount={COLUMN_LIST.length}
        tabIndex={-1}
        style={{ inlineSize: TABLE_WIDTH }}
        onKeyDown={onKeyDown}
      >
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above; a row is not a stop */}
        <div
          role="row"
          aria-rowindex={1}
          className="cc-gantt-table__head"
          style={{ blockSize: HEADER_HEIGHT, gridTemplateColumns: TEMPLATE }}
        >
          {COLUMN_LIST.map((column) => (
            // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above; a heading is not a stop
            <div role="columnheader" key={column.id} data-column={column.id}>
              {words.columns[column.id]}
            </div>
          ))}
        </div>
        <div
          className="cc-gantt-table__body"
          style={{ blockSize: plan.rows.length * ROW_HEIGHT }}
          role="presentation"
          {...onGrip}
        >
          {shown.map((row) => (
            <TableRow
              key={row.key}
              row={row}
              template={TEMPLATE}
              tabStop={tabStop?.key === row.key ? tabStop.column : null}
              selected={activeRow === row}
              editing={editing?.key === row.key ? editing : null}
              people={peopleOn(row.key)}
            />
          ))}
          {drop ? (
            <div className="cc-gantt-table__drop" style={{ insetBlockStart: drop.index * ROW_HEIGHT - 1 }} />
          ) : null}
        </div>
      </div>
      <EditOnly>
        <div className="cc-gantt-table__foot" style={{ blockSize: ROW_HEIGHT }}>
          <Button variant="ghost" size="small" icon={<Plus />} onClick={addLast}>
            {words.newTask}
          </Button>
        </div>
      </EditOnly>
    </div>
  );
}

/** Moving a row by its grip: `drop` is the gap under the pointer. The handlers are for what is around the rows. */
function useReorder(scroller: RefObject<HTMLDivElement | null>) {
  const { plan, edit } = usePlanner();
  const [drop, setDrop] = useState<{ index: number } | null>(null);
  const held = useRef<{ readonly pointer: number; readonly key: string } | null>(null);

  const gapAt = (clientY: number): number => {
    const element = scroller.current;
    if (!element) return 0;
    const y = clientY - element.getBoundingClientRect().top + element.scrollTop - HEADER_HEIGHT;
    return Math.min(plan.rows.length, Math.max(0, Math.round(y / ROW_HEIGHT)));
  };
  const rowHeld = ({ pointerId }: PointerEvent): Row | undefined =>
    held.current?.pointer === pointerId ? plan.byKey.get(held.current.key) : undefined;
  const letGo = (): void => {
    held.current = null;
    setDrop(null);
  };
  const onGrip = {
    onPointerDown({ target, button, pointerId }: PointerEvent) {
      const grip = target instanceof Element ? target.closest('.cc-gantt-row__grip') : null;
      const cell = grip?.parentElement && cellOf(grip.parentElement);
      if (!grip || !cell || button !== 0) return;
      grip.setPointerCapture(pointerId);
      held.current = { pointer: pointerId, key: cell.key };
    },
    onPointerMove(event: PointerEvent) {
      const row = rowHeld(event);
      if (!row) return;
      const index = gapAt(event.clientY);
      if (drop || Math.abs(index - row.number + 0.5) > 0.6) setDrop({ index });
    },
    onPointerUp(event: PointerEvent) {
      const row = rowHeld(event);
      if (!row) return;
      letGo();
      if (!drop || drop.index === row.number || drop.index === row.number - 1) return;
      const before = plan.rows[drop.index]?.key ?? null;
      edit(stepOn(words.moveTask, nameOf(plan, row.key)), (root) => moveTask(root, row.key, before));
    },
    onPointerCancel: letGo,
  };
  return { drop, onGrip };
}

const PAGE = 10;

/** The cell that an event is about, if it came from the cell itself and not from something in it. */
function cellOf(target: EventTarget): Cell | null {
  const { key, column } = target instanceof HTMLElement ? target.dataset : {};
  return key !== undefined && isColumn(column) ? { key, column } : null;
}

/** What the keys do on a cell that is not being edited. */
function useGridKeys(): (event: KeyboardEvent) => void {
  const { plan, today, edit } = usePlanner();
  const { select, edit: startEditing, openDetails } = useViewState();
  const commands = useRowCommands();
  const mayEdit = useMayEdit();

  return (event) => {
    const active = cellOf(event.target);
    const row = active && plan.byKey.get(active.key);
    if (!active || !row || useViewState.getState().editing) return;
    const { column } = active;
    const mod = event.ctrlKey || event.metaKey;
    const go = (index: number, to: Column = column): void => {
      const next = plan.rows[Math.min(plan.rows.length - 1, Math.max(0, index))];
      if (next) select({ key: next.key, column: to }, 'table');
    };
    const index = row.number - 1;
    const handled = (): boolean => {
      if (mayEdit && event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        commands.moveBy(row, event.key === 'ArrowUp' ? -1 : 1);
        return true;
      }
      if (event.altKey) return false;
      switch (event.key) {
        case 'ArrowUp':
          go(index - 1);
          return true;
        case 'ArrowDown':
          go(index + 1);
          return true;
        case 'ArrowLeft':
          go(index, columnBeside(column, -1));
          return true;
        case 'ArrowRight':
          go(index, columnBeside(column, 1));
          return true;
        case 'PageUp':
          go(index - PAGE);
          return true;
        case 'PageDown':
          go(index + PAGE);
          return true;
        case 'Home':
          go(mod ? 0 : index, 'number');
          return true;
        case 'End':
          go(mod ? plan.rows.length - 1 : index, 'float');
          return true;
        case 'Enter':
          if (mod || !mayEdit || !isEditable(column)) openDetails(row.key);
          else startEditing(active);
          return true;
      }
      if (!mayEdit) return false;
      switch (event.key) {
        case 'F2':
          if (isEditable(column)) startEditing(active);
          return true;
        case 'Insert':
          edit(words.addTask, (root) => startEditing({ key: addTask(root, row.key, today), column: 'name' }));
          return true;
        case 'Delete':
        case 'Backspace':
          if (column === 'number' || column === 'name') commands.remove(row);
          else if (column === 'start' || column === 'predecessors') clear(row, column);
          return true;
      }
      if (event.key.length === 1 && !mod && isEditable(column)) {
        startEditing(active, event.key);
        return true;
      }
      return false;
    };
    if (handled()) event.preventDefault();
  };

  function clear(row: Row, column: 'start' | 'predecessors'): void {
    try {
      const cleared = readCell(plan, row, column, '');
      if (cleared) edit(cleared.label, cleared.run);
    } catch (error) {
      tell(error);
    }
  }
}
