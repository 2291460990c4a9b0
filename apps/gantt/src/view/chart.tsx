import { scrollBehaviour } from '@concord/ui';
import {
  type RefObject,
  useCallback,
  useDeferredValue,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { ChartBar, Chart as Painter } from '../chart/frappe-chart.ts';
import { dayAt, HEADER_HEIGHT, ROW_HEIGHT, type Scale, scaleFor, xOf, zoomFor } from '../chart/scale.ts';
import type { Day } from '../civil.ts';
import type { Plan, Row } from '../plan.ts';
import { useViewState } from '../store.ts';
import { words } from '../words.ts';
import { ChartOverlay } from './chart-overlay.tsx';
import { usePlanner } from './planner.tsx';
import { usePrinting } from './use-printing.ts';
import type { RowsInView } from './use-rows-in-view.ts';

/** How the toolbar moves the chart. */
export interface ChartHandle {
  scrollToDay(day: Day): void;
  /** Chooses the closest zoom that shows the whole plan, and goes to its start. */
  fit(): void;
}

export type ChartProps = {
  scrollerRef: RefObject<HTMLDivElement | null>;
  handleRef: RefObject<ChartHandle | null>;
  inView: RowsInView;
};

/** What a sheet leaves beside the names and dates of the tasks, in pixels: A4, lying. */
const PAPER_WIDTH = 600;

/** Days of the chart that are drawn: the ones in view and a screen on both sides, in steps of whole weeks. */
const WEEKS_A_STEP = 4;

/** The chart: frappe-gantt paints grid, header and bars below; everything one can touch lies in the overlay. */
export function Chart({ scrollerRef, handleRef, inView }: ChartProps) {
  const { plan, today } = usePlanner();
  const printing = usePrinting();
  const chosen = useViewState((state) => state.zoom);
  const zoom = printing ? zoomFor(plan, PAPER_WIDTH) : chosen;
  const showCritical = useViewState((state) => state.showCritical);
  const viewport = useViewport(scrollerRef);
  // The table is painted first: whoever opens a plan reads its names before the bars.
  const isLater = useDeferredValue(true, false);
  const width = printing ? PAPER_WIDTH : viewport.width;
  const scale = useSteady(scaleFor(plan, zoom, width));
  useSteadyScroll(scrollerRef, scale);

  const step = 7 * WEEKS_A_STEP;
  const firstInView = scale.first + Math.floor(viewport.left / scale.dayWidth);
  const daysInView = Math.ceil(viewport.width / scale.dayWidth);
  const first = printing
    ? scale.first
    : Math.max(scale.first, alignDown(firstInView - daysInView, scale.first, step));
  const end = printing
    ? scale.end
    : Math.min(scale.end, alignDown(firstInView + 2 * daysInView, scale.first, step) + step);

  const rows = plan.rows.slice(inView.from, inView.to);
  const bars = rows.map((row) => barOf(row, showCritical));
  const height = HEADER_HEIGHT + (Math.ceil((plan.rows.length + 25) / 25) * 25 + 5) * ROW_HEIGHT;
  const host = usePainter({ zoom, first, end, height, bars }, printing);

  useImperativeHandle(handleRef, () => ({
    scrollToDay(day) {
      scrollerRef.current?.scrollTo({
        left: xOf(scale, day) - viewport.width / 3,
        behavior: scrollBehaviour(),
      });
    },
    fit() {
      const best = zoomFor(plan, viewport.width);
      useViewState.getState().setZoom(best);
      const next = scaleFor(plan, best, viewport.width);
      requestAnimationFrame(() => scrollerRef.current?.scrollTo({ left: xOf(next, plan.start - 1) }));
    },
  }));
  useFirstLook(scrollerRef, scale, plan, today, viewport.width);

  const week = 7 * scale.dayWidth;
  return (
    <div ref={scrollerRef} className="cc-gantt-chart" dir="ltr">
      <div
        className="cc-gantt-canvas"
        data-zoom={zoom}
        style={{
          inlineSize: scale.width,
          blockSize: HEADER_HEIGHT + (plan.rows.length + 1) * ROW_HEIGHT,
        }}
      >
        <div
          className="cc-gantt-canvas__days"
          style={{
            insetBlockStart: HEADER_HEIGHT,
            backgroundImage: weekendGradient(plan, scale),
            backgroundSize: `${week}px 100%`,
          }}
        />
        <div
          className="cc-gantt-canvas__rows"
          style={{
            insetBlockStart: HEADER_HEIGHT,
            blockSize: plan.rows.length * ROW_HEIGHT,
            backgroundSize: `100% ${ROW_HEIGHT}px`,
          }}
        />
        <div
          ref={host}
          className="cc-gantt-painter"
          aria-hidden="true"
          style={{ insetInlineStart: xOf(scale, first), inlineSize: (end - first) * scale.dayWidth }}
        />
        {isLater ? (
          <ChartOverlay scale={scale} rows={rows} inView={inView} scrollerRef={scrollerRef} />
        ) : null}
      </div>
    </div>
  );
}

/** The same scale as long as it says the same. */
function useSteady(scale: Scale): Scale {
  const [steady, setSteady] = useState(scale);
  if (Object.entries(scale).every(([field, value]) => Reflect.get(steady, field) === value)) return steady;
  setSteady(scale);
  return scale;
}

const alignDown = (day: Day, origin: Day, step: number): Day =>
  origin + Math.floor((day - origin) / step) * step;

function barOf(row: Row, showCritical: boolean): ChartBar & { row: number } {
  const look = [
    `cc-gantt-bar--${row.colour ?? 'plain'}`,
    row.milestone && 'cc-gantt-bar--milestone',
    showCritical && row.critical && 'cc-gantt-bar--critical',
    showCritical && !row.critical && 'cc-gantt-bar--slack',
  ];
  return {
    row: row.number - 1,
    name: shortened(row.name) || words.untitledTask,
    start: row.start,
    finish: row.finish,
    progress: row.progress,
    look: look.filter(Boolean).join(' '),
    point: row.milestone ? (row.evening ? 1 : 0) : null,
  };
}

/** A label that runs on for screens helps nobody; the table has all of it. */
const shortened = (name: string): string => (name.length > 60 ? `${name.slice(0, 59)}…` : name);

/** Days off as stripes of one week's width, from Monday on. */
function weekendGradient(plan: Plan, scale: Scale): string {
  if (scale.zoom === 'month') return 'linear-gradient(transparent, transparent)';
  const stops = [1, 2, 3, 4, 5, 6, 7].map((day) => {
    const colour = plan.calendar.weekdays.includes(day) ? 'transparent' : 'var(--cc-gantt-off)';
    return `${colour} ${(day - 1) * scale.dayWidth}px ${day * scale.dayWidth}px`;
  });
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

/** Keeps one painter for the life of the component, and draws once a frame at most, after it, never during a drag. */
function usePainter(
  window: Parameters<Painter['show']>[0],
  atOnce: boolean,
): RefObject<HTMLDivElement | null> {
  const host = useRef<HTMLDivElement>(null);
  const painter = useRef<Painter | null>(null);
  const latest = useRef(window);
  const shown = useRef(window);
  const frame = useRef(0);
  const painted = useRef<ReturnType<typeof setTimeout>>(undefined);
  latest.current = window;

  // A chunk of its own: the table is there, and can be used, before it has come.
  useEffect(() => {
    const element = host.current;
    let gone = false;
    void import('../chart/frappe-chart.ts').then(({ createChart }) => {
      if (!gone && element) painter.current = createChart(element, latest.current);
    });
    return () => {
      gone = true;
      cancelAnimationFrame(frame.current);
      clearTimeout(painted.current);
      frame.current = 0;
      painter.current?.destroy();
      painter.current = null;
    };
  }, []);
  useLayoutEffect(() => {
    if (atOnce) painter.current?.show(latest.current);
    if (frame.current !== 0) return;
    const draw = (): void => {
      frame.current = 0;
      shown.current = latest.current;
      painter.current?.show(latest.current);
    };
    frame.current = requestAnimationFrame(() => {
      const { zoom, first, end } = shown.current;
      const isMoved =
        zoom !== latest.current.zoom || first !== latest.current.first || end !== latest.current.end;
      // The canvas has moved already. But a new row draws the whole window: the table answers what was pressed first.
      if (isMoved) draw();
      else painted.current = setTimeout(draw);
    });
  });
  return host;
}

interface Viewport {
  readonly left: number;
  readonly width: number;
}

/** What of the chart is in view, in steps coarse enough not to render at every pixel. */
function useViewport(scroller: RefObject<HTMLElement | null>): Viewport {
  const [viewport, setViewport] = useState<Viewport>({ left: 0, width: 800 });
  const read = useCallback((element: HTMLElement): void => {
    if (element.clientWidth === 0) return;
    const left = Math.floor(element.scrollLeft / 200) * 200;
    const width = Math.ceil(element.clientWidth / 50) * 50;
    setViewport((old) => (old.left === left && old.width === width ? old : { left, width }));
  }, []);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const update = (): void => read(element);
    const observer = new ResizeObserver(update);
    observer.observe(element);
    element.addEventListener('scroll', update, { passive: true });
    update();
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', update);
    };
  }, [scroller, read]);
  return viewport;
}

/** Keeps the days in place under the reader's eyes when the scale begins elsewhere, and the middle one when it zooms. */
function useSteadyScroll(scroller: RefObject<HTMLElement | null>, scale: Scale): void {
  const before = useRef(scale);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = scale;
    const element = scroller.current;
    if (!element || (old.first === scale.first && old.zoom === scale.zoom)) return;
    const anchor = old.zoom === scale.zoom ? 0 : element.clientWidth / 2;
    element.scrollLeft = xOf(scale, dayAt(old, element.scrollLeft + anchor)) - anchor;
  }, [scroller, scale]);
}

/** Opens at today if the plan is running, else at its start. */
function useFirstLook(
  scroller: RefObject<HTMLElement | null>,
  scale: Scale,
  plan: Plan,
  today: Day,
  width: number,
): void {
  const looked = useRef(false);
  useEffect(() => {
    const element = scroller.current;
    if (looked.current || !element || element.clientWidth === 0 || plan.rows.length === 0) return;
    looked.current = true;
    const running = today > plan.start && today <= plan.finish;
    element.scrollLeft = running ? xOf(scale, today) - width / 3 : xOf(scale, plan.start - 3);
  }, [scroller, scale, plan, today, width]);
}
