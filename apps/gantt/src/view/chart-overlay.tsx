import { classNames, presenceColour } from '@concord/ui';
import type { RefObject } from 'react';
import { BAR_HEIGHT, HEADER_HEIGHT, longDate, ROW_HEIGHT, type Scale, spanOf, xOf } from '../chart/scale.ts';
import type { Dates, Row } from '../plan.ts';
import { type Drag, useViewState } from '../store.ts';
import { words } from '../words.ts';
import { Arrows } from './arrows.tsx';
import { BarControls } from './bar-controls.tsx';
import { DragTip } from './drag-tip.tsx';
import { usePeopleByTask, usePeopleHere, usePlanner } from './planner.tsx';
import { useBarDrag } from './use-bar-drag.ts';
import type { RowsInView } from './use-rows-in-view.ts';

export type ChartOverlayProps = {
  scale: Scale;
  rows: readonly Row[];
  inView: RowsInView;
  scrollerRef: RefObject<HTMLDivElement | null>;
};

const middleOf = (row: Row): number => HEADER_HEIGHT + (row.number - 0.5) * ROW_HEIGHT;

/** Everything of the chart that one can touch, and what is drawn over the bars: links, ghosts, people, today. */
export function ChartOverlay({ scale, rows, inView, scrollerRef }: ChartOverlayProps) {
  const { plan, today } = usePlanner();
  const drag = useViewState((state) => state.drag);
  const people = usePeopleHere();
  const peopleOn = usePeopleByTask();
  const begin = useBarDrag(scale, scrollerRef);
  const tabStop = useViewState((state) =>
    state.active && plan.byKey.has(state.active.key) ? state.active.key : plan.rows[0]?.key,
  );

  return (
    // biome-ignore lint/a11y/useSemanticElements: bars are no fieldset of a form
    <div className="cc-gantt-overlay" role="group" aria-label={words.chart}>
      {today >= scale.first && today < scale.end ? (
        <div
          className="cc-gantt-today"
          title={words.todayOn(longDate(today))}
          style={{ insetInlineStart: xOf(scale, today) + scale.dayWidth / 2 }}
        />
      ) : null}
      <Arrows scale={scale} inView={inView} />
      {rows.map((row) => (
        <BarControls
          key={row.key}
          row={row}
          scale={scale}
          tabStop={tabStop === row.key}
          drag={drag && (drag.key === row.key || aimOf(drag) === row.key) ? drag : null}
          begin={begin}
          people={peopleOn(row.key)}
        />
      ))}
      {drag && 'cascade' in drag
        ? rows.map((row) => {
            const to = drag.cascade.moved.get(row.key);
            return to ? <Ghost key={row.key} row={row} to={to} by={to.by} scale={scale} /> : null;
          })
        : null}
      {people.map((person) => {
        const row = person.drag && person.task ? plan.byKey.get(person.task) : undefined;
        if (!row || !person.drag) return null;
        const to = { ...person.drag, evening: row.evening };
        return (
          <Ghost key={person.id} row={row} to={to} scale={scale} colour={person.colour} name={person.name} />
        );
      })}
      {drag?.type === 'link' ? <LinkBeingDrawn scale={scale} /> : null}
      <DragTip />
    </div>
  );
}

/** The task to which a link is being drawn. */
const aimOf = (drag: Drag): string | undefined => (drag.type === 'link' ? drag.target?.key : undefined);

type GhostProps = { row: Row; to: Dates; by?: number; scale: Scale; colour?: number; name?: string };

/** Where a bar would lie. */
function Ghost({ row, to, by, scale, colour, name }: GhostProps) {
  const { left, right } = spanOf(scale, to, row.milestone);
  return (
    <div
      className={classNames('cc-gantt-ghost', row.milestone && 'cc-gantt-ghost--milestone')}
      aria-hidden="true"
      style={{
        insetInlineStart: left,
        inlineSize: right - left,
        insetBlockStart: middleOf(row) - BAR_HEIGHT / 2,
        blockSize: BAR_HEIGHT,
        ...(colour !== undefined && { '--cc-gantt-ghost': presenceColour(colour) }),
      }}
    >
      {name ? <span className="cc-gantt-ghost__name">{name}</span> : null}
      {by ? (
        <span className="cc-gantt-ghost__by">
          {by > 0 ? '+' : '−'}
          {Math.abs(by)} d
        </span>
      ) : null}
    </div>
  );
}

function LinkBeingDrawn({ scale }: { scale: Scale }) {
  const { plan } = usePlanner();
  const drag = useViewState((state) => state.drag);
  if (drag?.type !== 'link') return null;
  const row = plan.byKey.get(drag.key);
  if (!row) return null;
  const { left, right } = spanOf(scale, row, row.milestone);
  return (
    <svg className="cc-gantt-arrows cc-gantt-arrows--drawing" aria-hidden="true">
      <line x1={drag.end === 'start' ? left : right} y1={middleOf(row)} x2={drag.x} y2={drag.y} />
    </svg>
  );
}
