import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { HEADER_HEIGHT, ROW_HEIGHT } from '../chart/scale.ts';
import { usePrinting } from './use-printing.ts';

/** Rows drawn beyond both edges, so that a short scroll finds them there. */
const BEYOND = 8;
/** The window moves in steps of this many rows. */
const STEP = 4;

export interface RowsInView {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/**
 * Which rows to draw for two panes that scroll as one: the same number of rows wherever they are, if there are enough; on
 * paper all of them.
 */
export function useRowsInView(
  table: RefObject<HTMLElement | null>,
  chart: RefObject<HTMLElement | null>,
  count: number,
): RowsInView {
  const printing = usePrinting();
  const [height, setHeight] = useState(600);
  const [top, setTop] = useState(0);

  const read = useCallback((element: HTMLElement): void => {
    setTop(Math.floor(element.scrollTop / (ROW_HEIGHT * STEP)) * STEP);
    setHeight(Math.ceil(element.clientHeight / 100) * 100);
  }, []);

  useLayoutEffect(() => {
    const panes = [table.current, chart.current].filter((each) => each !== null);
    const visible = (): HTMLElement | undefined => panes.find((each) => each.clientHeight > 0);
    const observer = new ResizeObserver(() => {
      const pane = visible();
      if (pane) read(pane);
    });
    for (const pane of panes) observer.observe(pane);
    return () => observer.disconnect();
  }, [table, chart, read]);

  useEffect(() => {
    const panes = [table.current, chart.current].filter((each) => each !== null);
    const follow = (event: Event): void => {
      const source = event.currentTarget as HTMLElement;
      for (const pane of panes) {
        if (pane !== source && pane.scrollTop !== source.scrollTop) pane.scrollTop = source.scrollTop;
      }
      read(source);
    };
    for (const pane of panes) pane.addEventListener('scroll', follow, { passive: true });
    return () => {
      for (const pane of panes) pane.removeEventListener('scroll', follow);
    };
  }, [table, chart, read]);

  if (printing) return { from: 0, to: count };
  const size = Math.ceil((height - HEADER_HEIGHT) / ROW_HEIGHT) + STEP + 2 * BEYOND;
  const from = Math.max(0, Math.min(top - BEYOND, count - size));
  return { from, to: Math.min(count, from + size) };
}
