import { ErrorBoundary } from '@concord/ui';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { TABLE_WIDTH } from '../columns.ts';
import { LEAST_SPLIT, useViewState } from '../store.ts';
import { words } from '../words.ts';
import { Chart, type ChartHandle } from './chart.tsx';
import { usePlanner } from './planner.tsx';
import { Table } from './table.tsx';
import { useRowsInView } from './use-rows-in-view.ts';

/** Narrower than this, table and chart take turns. A sheet of paper holds both. */
const NARROW = 'screen and (max-width: 45rem)';

/** Table and chart side by side, or one of them; `toolbar` is given the way to move the chart. */
export function Workspace({ children: toolbar }: { children: (chart: ChartHandle) => ReactNode }) {
  const { plan } = usePlanner();
  const pane = useViewState((state) => state.pane);
  const split = useViewState((state) => state.split);
  const narrow = useMedia(NARROW);
  const tableRef = useRef<HTMLDivElement>(null);
  const chartRef = useRef<HTMLDivElement>(null);
  const chartHandle = useRef<ChartHandle | null>(null);
  const rows = useRowsInView(tableRef, chartRef, plan.rows.length);
  const handle: ChartHandle = {
    scrollToDay: (day) => chartHandle.current?.scrollToDay(day),
    fit: () => chartHandle.current?.fit(),
  };
  useForwardedWheel(tableRef, chartRef);

  return (
    <>
      {toolbar(handle)}
      <div
        className="cc-gantt-panes"
        data-narrow={narrow || undefined}
        style={narrow ? undefined : { gridTemplateColumns: `minmax(0, ${split}px) auto minmax(0, 1fr)` }}
      >
        <div className="cc-gantt-pane" hidden={narrow && pane !== 'table'}>
          <ErrorBoundary>
            <Table scrollerRef={tableRef} inView={rows} />
          </ErrorBoundary>
        </div>
        {narrow ? null : <Separator />}
        <div className="cc-gantt-pane" hidden={narrow && pane !== 'chart'}>
          <ErrorBoundary>
            <Chart scrollerRef={chartRef} handleRef={chartHandle} inView={rows} />
          </ErrorBoundary>
        </div>
      </div>
    </>
  );
}

/** Divides table and chart: drag it, or arrow keys; Home and End give the table the least and all it needs. */
function Separator() {
  const split = useViewState((state) => state.split);
  const setSplit = useViewState((state) => state.setSplit);
  const grip = useRef<{ pointer: number; offset: number } | null>(null);

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { pointer: event.pointerId, offset: event.clientX - split };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (grip.current?.pointer === event.pointerId)
      setSplit(Math.min(event.clientX - grip.current.offset, mostSplit()));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const to = { ArrowLeft: split - 32, ArrowRight: split + 32, Home: LEAST_SPLIT, End: TABLE_WIDTH }[
      event.key
    ];
    if (to === undefined) return;
    event.preventDefault();
    setSplit(Math.min(to, mostSplit()));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be dragged or focused
    <div
      role="separator"
      aria-label={words.tableWidth}
      aria-orientation="vertical"
      aria-valuenow={split}
      aria-valuemin={LEAST_SPLIT}
      aria-valuemax={TABLE_WIDTH}
      tabIndex={0}
      className="cc-gantt-separator"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        grip.current = null;
      }}
      onPointerCancel={() => {
        grip.current = null;
      }}
      onDoubleClick={() => setSplit(Math.min(TABLE_WIDTH, mostSplit()))}
      onKeyDown={onKeyDown}
    />
  );
}

/** The chart keeps some room, whatever the table would like. */
const mostSplit = (): number => Math.max(LEAST_SPLIT, window.innerWidth - 240);

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const update = (): void => setMatches(list.matches);
    list.addEventListener('change', update);
    update();
    return () => list.removeEventListener('change', update);
  }, [query]);
  return matches;
}

/** The table hides its vertical scroll bar beside the chart's; the wheel must work over both. */
function useForwardedWheel(
  from: React.RefObject<HTMLElement | null>,
  to: React.RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const source = from.current;
    if (!source) return;
    const forward = (event: WheelEvent): void => {
      if (event.ctrlKey || event.shiftKey) return;
      to.current?.scrollBy({ top: event.deltaMode === 1 ? event.deltaY * 18 : event.deltaY });
    };
    source.addEventListener('wheel', forward, { passive: true });
    return () => source.removeEventListener('wheel', forward);
  }, [from, to]);
}
