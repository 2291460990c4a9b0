import type { Point } from '../store.ts';
import { columnAt, listOf } from './geometry.ts';

/** How near an edge the pointer must come for the view to scroll, and how fast it then goes at most, in pixels. */
const EDGE = 56;
const SPEED = 16;

/** Pixels to scroll in one frame for a pointer at `at` in a box from `start` to `end`. */
export function pull(at: number, start: number, end: number): number {
  const edge = Math.min(EDGE, (end - start) / 4);
  if (at < start + edge) return -SPEED * Math.min(1, (start + edge - at) / edge);
  if (at > end - edge) return SPEED * Math.min(1, (at - end + edge) / edge);
  return 0;
}

const pointOfEvent = (event: Event): Point | null => {
  if (event instanceof MouseEvent) return { x: event.clientX, y: event.clientY };
  const touch = 'touches' in event ? (event as TouchEvent).touches[0] : undefined;
  return touch ? { x: touch.clientX, y: touch.clientY } : null;
};

/**
 * Calls `onMove` with the pointer's place once a frame while something is dragged, and scrolls the board and the
 * column below the pointer when it comes near their edges. Returns a function that stops and gives the last place.
 */
export function followPointer(start: Event, onMove: (point: Point) => void): () => Point | null {
  let point = pointOfEvent(start);
  let frame = 0;
  const take = (event: Event): void => {
    point = pointOfEvent(event) ?? point;
  };
  const tick = (): void => {
    if (point) {
      scrollNear(point);
      onMove(point);
    }
    frame = requestAnimationFrame(tick);
  };
  const options = { capture: true, passive: true };
  document.addEventListener('mousemove', take, options);
  document.addEventListener('touchmove', take, options);
  frame = requestAnimationFrame(tick);
  return () => {
    cancelAnimationFrame(frame);
    document.removeEventListener('mousemove', take, options);
    document.removeEventListener('touchmove', take, options);
    return point;
  };
}

function scrollNear({ x, y }: Point): void {
  const lanes = document.querySelector('[data-lanes]');
  if (lanes) {
    const { left, right } = lanes.getBoundingClientRect();
    lanes.scrollLeft += pull(x, left, right);
  }
  const column = columnAt(x);
  const list = column && listOf(column);
  if (list) {
    const { top, bottom } = list.getBoundingClientRect();
    list.scrollTop += pull(y, top, bottom);
  }
}
