import { stepOn, useMayEdit } from '@concord/shell';
import { announce, toast } from '@concord/ui';
import { type PointerEvent, type RefObject, useCallback, useEffect, useRef } from 'react';
import { HEADER_HEIGHT, ROW_HEIGHT, type Scale, spanOf } from '../chart/scale.ts';
import { linkBetween } from '../links.ts';
import { addLink, daysBetween, editTask, linkName, linkProblem, nameOf } from '../model.ts';
import { type Plan, previewEdit, type Row } from '../plan.ts';
import { type Drag, useViewState } from '../store.ts';
import { words } from '../words.ts';
import { type Planner, usePlanner } from './planner.tsx';

export type Grip =
  | { readonly type: 'move' | 'resize' | 'progress'; readonly row: Row }
  | { readonly type: 'link'; readonly row: Row; readonly end: 'start' | 'finish' };

export type BeginDrag = (event: PointerEvent<HTMLElement>, grip: Grip) => void;

/** Pixels before a press becomes a drag. */
const THRESHOLD = 4;
/** Pixels from an edge of the chart where dragging scrolls it, and pixels a frame. */
const EDGE = 36;
const SPEED = 12;

interface Gesture {
  readonly grip: Grip;
  readonly element: HTMLElement;
  readonly pointer: number;
  /** On the canvas, so that scrolling under a resting pointer counts as moving. */
  readonly originX: number;
  readonly pressX: number;
  readonly pressY: number;
  clientX: number;
  clientY: number;
  moved: boolean;
}

/**
 * Dragging in the chart, for mouse, pen and touch. Each frame computes what the drop would do and shows it; only the
 * drop changes the document. Escape and a lost pointer leave everything as it was.
 */
export function useBarDrag(scale: Scale, scroller: RefObject<HTMLElement | null>): BeginDrag {
  const planner = usePlanner();
  const mayEdit = useMayEdit();
  const context = useRef({ planner, scale });
  context.current = { planner, scale };
  const gesture = useRef<Gesture | null>(null);
  const frame = useRef(0);

  const end = useCallback((): Drag | null => {
    cancelAnimationFrame(frame.current);
    gesture.current = null;
    const { drag, setDrag } = useViewState.getState();
    setDrag(null);
    return drag;
  }, []);

  const onFrame = useCallback((): void => {
    const current = gesture.current;
    const element = scroller.current;
    if (!current || !element) return;
    const { planner, scale } = context.current;
    scrollAtEdges(element, current);
    const box = element.getBoundingClientRect();
    const x = current.clientX - box.left + element.scrollLeft;
    const y = current.clientY - box.top + element.scrollTop;
    const next = dragOf(current, planner.plan, scale, x, y);
    if (next && !sameDrag(next, useViewState.getState().drag)) useViewState.getState().setDrag(next);
    frame.current = requestAnimationFrame(onFrame);
  }, [scroller]);

  useEffect(() => {
    const move = (event: globalThis.PointerEvent): void => {
      const current = gesture.current;
      if (current?.pointer !== event.pointerId) return;
      current.clientX = event.clientX;
      current.clientY = event.clientY;
      if (current.moved) return;
      if (Math.hypot(event.clientX - current.pressX, event.clientY - current.pressY) < THRESHOLD) return;
      current.moved = true;
      frame.current = requestAnimationFrame(onFrame);
    };
    const up = (event: globalThis.PointerEvent): void => {
      const current = gesture.current;
      if (current?.pointer !== event.pointerId) return;
      current.clientX = event.clientX;
      current.clientY = event.clientY;
      // The last move may not have had its frame yet.
      if (current.moved) onFrame();
      const drag = end();
      if (drag) drop(drag, context.current.planner);
    };
    const cancel = (event: globalThis.PointerEvent): void => {
      if (gesture.current?.pointer === event.pointerId) end();
    };
    const onEscape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !gesture.current) return;
      event.preventDefault();
      event.stopPropagation();
      end();
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', cancel);
    window.addEventListener('keydown', onEscape, true);
    return () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', cancel);
      window.removeEventListener('keydown', onEscape, true);
      end();
    };
  }, [onFrame, end]);

  return useCallback(
    (event, grip) => {
      const element = scroller.current;
      if (!mayEdit || event.button !== 0 || !element || gesture.current) return;
      const box = element.getBoundingClientRect();
      gesture.current = {
        grip,
        element: event.currentTarget,
        pointer: event.pointerId,
        originX: event.clientX - box.left + element.scrollLeft,
        pressX: event.clientX,
        pressY: event.clientY,
        clientX: event.clientX,
        clientY: event.clientY,
        moved: false,
      };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    [scroller, mayEdit],
  );
}

/** Only towards where the pointer has gone: a bar may lie at an edge from the start. */
function scrollAtEdges(element: HTMLElement, gesture: Gesture): void {
  const { clientX, clientY, pressX, pressY, grip } = gesture;
  const box = element.getBoundingClientRect();
  if (clientX > box.right - EDGE && clientX > pressX) element.scrollLeft += SPEED;
  else if (clientX < box.left + EDGE && clientX < pressX) element.scrollLeft -= SPEED;
  if (grip.type !== 'link') return;
  if (clientY > box.bottom - EDGE && clientY > pressY) element.scrollTop += SPEED;
  else if (clientY < box.top + HEADER_HEIGHT + EDGE / 2 && clientY < pressY) element.scrollTop -= SPEED;
}

/** What the gesture asks for at a place of the canvas. Null while that is nothing. */
function dragOf(gesture: Gesture, plan: Plan, scale: Scale, x: number, y: number): Drag | null {
  const { grip } = gesture;
  const row = plan.byKey.get(grip.row.key);
  if (!row) return null;
  const { key } = row;
  const days = Math.round((x - gesture.originX) / scale.dayWidth);
  switch (grip.type) {
    case 'move': {
      const start = workingDay(plan, row.start + days, days);
      const cascade = previewEdit(plan, key, { constraint: start });
      return { type: 'move', key, start, duration: row.duration, cascade };
    }
    case 'resize': {
      const duration = Math.max(1, daysBetween(plan.calendar, row.start, row.finish + days));
      const cascade = previewEdit(plan, key, { duration });
      return { type: 'resize', key, start: row.start, duration, cascade };
    }
    case 'progress': {
      const { left, right } = spanOf(scale, row, false);
      const share = Math.round(((x - left) / (right - left)) * 20) * 5;
      return { type: 'progress', key, progress: Math.min(100, Math.max(0, share)) };
    }
    case 'link':
      return { type: 'link', key, end: grip.end, x, y, target: targetAt(plan, scale, key, x, y) };
  }
}

/** The nearest working day in the direction of the movement. */
function workingDay(plan: Plan, day: number, direction: number): number {
  let at = day;
  while (!plan.calendar.isWorking(at)) at += direction < 0 ? -1 : 1;
  return at;
}

/** The end of another bar at a place: the half of the bar that is nearer. */
function targetAt(plan: Plan, scale: Scale, from: string, x: number, y: number) {
  const row = plan.rows[Math.floor((y - HEADER_HEIGHT) / ROW_HEIGHT)];
  if (!row || row.key === from) return null;
  const { left, right } = spanOf(scale, row, row.milestone);
  const reach = 28;
  if (x < left - reach || x > right + reach) return null;
  return { key: row.key, end: x < (left + right) / 2 ? ('start' as const) : ('finish' as const) };
}

function sameDrag(a: Drag, b: Drag | null): boolean {
  if (b?.type !== a.type) return false;
  if (a.type === 'progress') return b.type === 'progress' && a.progress === b.progress;
  if (a.type === 'link') return b.type === 'link' && a.x === b.x && a.y === b.y;
  return b.type === a.type && a.start === b.start && a.duration === b.duration;
}

/** Makes the change that was shown. */
function drop(drag: Drag, { plan, session, edit }: Planner): void {
  const { key } = drag;
  const row = plan.byKey.get(key);
  if (!row || session.doc.view.links.removedNodes.includes(key)) return;
  switch (drag.type) {
    case 'move': {
      // Nothing would move: a constraint that nobody can see would only surprise later.
      if (drag.cascade.moved.size === 0) {
        if (drag.start !== row.start) toast({ key: 'held', title: heldWords(plan, row) });
        return;
      }
      edit(stepOn(words.moveTask, nameOf(plan, key)), (root) => editTask(root, key, { start: drag.start }));
      break;
    }
    case 'resize':
      if (drag.duration === row.duration) return;
      edit(stepOn(words.setDuration, nameOf(plan, key)), (root) =>
        editTask(root, key, { duration: drag.duration }),
      );
      break;
    case 'progress':
      edit(stepOn(words.setProgress, nameOf(plan, key)), (root) =>
        editTask(root, key, { progress: drag.progress }),
      );
      return;
    case 'link':
      if (drag.target) dropLink(drag.key, drag.end, drag.target, { plan, edit });
      return;
  }
  const others = drag.cascade.moved.size - 1;
  if (others > 0) announce(words.moreMoveWithIt(others));
}

function dropLink(
  key: string,
  end: 'start' | 'finish',
  target: { readonly key: string; readonly end: 'start' | 'finish' },
  { plan, edit }: Pick<Planner, 'plan' | 'edit'>,
): void {
  const type = linkBetween(end, target.end);
  const problem = linkProblem(plan, key, target.key, type);
  if (problem) toast({ key: 'refused', title: problem, tone: 'danger' });
  else if (
    edit(stepOn(words.addLink, linkName(plan, { from: key, to: target.key })), (root) =>
      addLink(root, key, target.key, type),
    )
  )
    announce(words.linked(nameOf(plan, key), nameOf(plan, target.key), type));
}

/** What holds a task where it is, as a sentence. */
export function heldWords(plan: Plan, row: Row): string {
  const { heldBy } = row;
  if (heldBy.type === 'link') {
    const link = plan.links.find((each) => each.id === heldBy.id);
    return words.heldByLink(link ? nameOf(plan, link.from) : words.anotherTask);
  }
  return heldBy.type === 'constraint' ? words.heldByStart : words.heldByProject;
}
