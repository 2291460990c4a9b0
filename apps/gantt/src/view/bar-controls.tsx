import { EditOnly, stepOn, useMayEdit } from '@concord/shell';
import { classNames, presenceColour } from '@concord/ui';
import { type CSSProperties, type KeyboardEvent, memo, useEffect, useRef } from 'react';
import { BAR_HEIGHT, HEADER_HEIGHT, longDate, ROW_HEIGHT, type Scale, spanOf, xOf } from '../chart/scale.ts';
import { editTask, nameOf } from '../model.ts';
import type { Row } from '../plan.ts';
import { type Drag, useViewState } from '../store.ts';
import { words } from '../words.ts';
import { type PersonHere, useLatestPlanner } from './planner.tsx';
import { useRowCommands } from './row-commands.tsx';
import type { BeginDrag } from './use-bar-drag.ts';

export type BarControlsProps = {
  row: Row;
  scale: Scale;
  /** Whether the Tab key stops at this bar. */
  tabStop: boolean;
  /** What a pointer is doing to this bar, or with it as the aim. */
  drag: Drag | null;
  begin: BeginDrag;
  people: readonly PersonHere[];
};

/** A milestone is a point; this is what one can hit of it, in pixels to each side. */
const POINT = 12;

/** The bar of a task as something to point at, drag and focus. It lies over the painted bar and draws only what that lacks. */
export const BarControls = memo(function BarControls(props: BarControlsProps) {
  const { row, scale, tabStop, drag, begin, people } = props;
  const { select, openDetails } = useViewState.getState();
  const selected = useViewState((state) => state.active?.key === row.key);
  const showCritical = useViewState((state) => state.showCritical);
  const button = useRef<HTMLButtonElement>(null);
  const focusTurn = useViewState((state) =>
    state.focus.in === 'chart' && state.active?.key === row.key ? state.focus.turn : 0,
  );
  useEffect(() => {
    if (focusTurn > 0) button.current?.focus();
  }, [focusTurn]);
  const onKeyDown = useBarKeys(row);

  const { left, right } = spanOf(scale, row, row.milestone);
  const from = row.milestone ? left - POINT : left;
  const width = row.milestone ? 2 * POINT : right - left;
  const progress = drag?.type === 'progress' && drag.key === row.key ? drag.progress : row.progress;
  const target = drag?.type === 'link' && drag.target?.key === row.key ? drag.target.end : null;
  // Who drags the bar is named where it would lie.
  const resting = people.filter((person) => person.drag === null);
  const first = people[0];
  const name = row.name || words.untitledTask;

  return (
    <div
      className={classNames(
        'cc-gantt-bar',
        selected && 'cc-gantt-bar--selected',
        row.milestone && 'cc-gantt-bar--point',
      )}
      data-key={row.key}
      style={
        {
          insetInlineStart: from,
          inlineSize: width,
          insetBlockStart: HEADER_HEIGHT + (row.number - 1) * ROW_HEIGHT + (ROW_HEIGHT - BAR_HEIGHT) / 2,
          blockSize: BAR_HEIGHT,
          ...(first && { '--cc-gantt-person': presenceColour(first.colour) }),
        } as CSSProperties
      }
    >
      <button
        ref={button}
        type="button"
        className={classNames('cc-gantt-bar__body', first && 'cc-gantt-bar__body--taken')}
        aria-label={words.bar(name, wordsFor(row))}
        tabIndex={tabStop ? 0 : -1}
        onFocus={() => {
          if (useViewState.getState().active?.key !== row.key) select({ key: row.key, column: 'name' });
        }}
        onKeyDown={onKeyDown}
        onDoubleClick={() => openDetails(row.key)}
        onPointerDown={(event) => {
          event.currentTarget.focus({ preventScroll: true });
          begin(event, { type: 'move', row });
        }}
      >
        {row.milestone ? (
          <span
            className={classNames(
              'cc-gantt-diamond',
              showCritical && row.critical && 'cc-gantt-diamond--critical',
            )}
            data-colour={row.colour ?? undefined}
          />
        ) : null}
      </button>
      {resting.length > 0 ? (
        <span className="cc-gantt-bar__people" aria-hidden="true">
          {resting.map((person) => person.name).join(', ')}
        </span>
      ) : null}
      <EditOnly>
        {row.milestone ? null : (
          <>
            <button
              type="button"
              tabIndex={-1}
              className="cc-gantt-bar__resize"
              aria-label={words.resize(name)}
              onPointerDown={(event) => begin(event, { type: 'resize', row })}
            />
            <button
              type="button"
              tabIndex={-1}
              className="cc-gantt-bar__progress"
              aria-label={words.progressOf(name, progress)}
              style={{ insetInlineStart: `${progress}%` }}
              onPointerDown={(event) => begin(event, { type: 'progress', row })}
            />
            {drag?.type === 'progress' && drag.key === row.key ? (
              <span className="cc-gantt-bar__percent">{progress}%</span>
            ) : null}
          </>
        )}
        {(['start', 'finish'] as const).map((end) => (
          <button
            key={end}
            type="button"
            tabIndex={-1}
            className={classNames('cc-gantt-bar__end', target === end && 'cc-gantt-bar__end--target')}
            data-end={end}
            aria-label={words.linkFromEnd(words.ends[end], name)}
            onPointerDown={(event) => begin(event, { type: 'link', row, end })}
          />
        ))}
      </EditOnly>
      {row.deadline === null ? null : (
        <span
          className={classNames('cc-gantt-deadline', row.float < 0 && 'cc-gantt-deadline--missed')}
          role="img"
          aria-label={words.deadlineOf(name, longDate(row.deadline))}
          title={words.deadlineOn(longDate(row.deadline))}
          style={{ insetInlineStart: xOf(scale, row.deadline + 1) - from }}
        />
      )}
    </div>
  );
});

function wordsFor(row: Row): string {
  const parts = row.milestone
    ? [words.milestoneOn(longDate(row.start))]
    : [words.fromTo(longDate(row.start), longDate(row.finish)), `${row.progress}%`];
  if (row.float < 0) parts.push(words.daysLate(-row.float));
  else if (row.critical) parts.push(words.critical);
  return parts.join(', ');
}

/** Left and right move the start by a working day, with Shift they change the duration; up and down go to other bars. */
function useBarKeys(row: Row): (event: KeyboardEvent) => void {
  const latest = useLatestPlanner();
  const { select, openDetails } = useViewState.getState();
  const commands = useRowCommands();
  const mayEdit = useMayEdit();
  return (event) => {
    const { plan, edit } = latest.current;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const go = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!mayEdit && (by !== undefined || event.key === 'Delete')) return;
    if (by !== undefined && event.shiftKey) {
      const duration = Math.max(row.milestone ? 0 : 1, row.duration + by);
      edit(stepOn(words.setDuration, nameOf(plan, row.key)), (root) => editTask(root, row.key, { duration }));
    } else if (by !== undefined) {
      const start = plan.calendar.dayOf(plan.calendar.instantOf(row.start) + by);
      edit(stepOn(words.moveTask, nameOf(plan, row.key)), (root) => editTask(root, row.key, { start }));
    } else if (go !== undefined) {
      const next = plan.rows[row.number - 1 + go];
      if (next) select({ key: next.key, column: 'name' }, 'chart');
    } else if (event.key === 'Enter') {
      openDetails(row.key);
    } else if (event.key === 'Delete') {
      commands.remove(row);
    } else {
      return;
    }
    event.preventDefault();
  };
}
