import { announce } from '@concord/ui';
import {
  type Announcements,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type DragStartEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Editing } from '../editing.ts';
import { focusHandle } from '../focus.ts';
import { nameOf } from '../names.ts';
import type { Row } from '../rows.ts';
import { getState, type Slot, setState, useStore } from '../store.ts';
import { words } from '../words.ts';
import { homeOf, placeAt, rowsWithout, slotAt } from './slots.ts';

/*
 * The drag-and-drop library gives sensors, the overlay and the spoken words; where a block would land is found from
 * the rows alone, and lives in the view's store.
 */

/** Pixels of one level; the style sheet's --cc-blocks-indent. */
const INDENT = 26;

const KEYS = { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] };

interface Point {
  readonly x: number;
  readonly y: number;
}

const pointOf = (event: Event): Point | null => {
  if (event instanceof MouseEvent) return { x: event.clientX, y: event.clientY };
  const touch = 'touches' in event ? (event as TouchEvent).touches[0] : undefined;
  return touch ? { x: touch.clientX, y: touch.clientY } : null;
};

const elementOf = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-block="${CSS.escape(id)}"]`);

/** The gap at a height on the screen: rows stand in order, so half of them are ruled out at each look. */
function gapAt(others: readonly Row[], y: number): number {
  let low = 0;
  let high = others.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const box = elementOf((others[middle] as Row).block.id)?.getBoundingClientRect();
    if (box && y > box.top + box.height / 2) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function BlocksDnd({ editing, children }: { editing: Editing; children: ReactNode }) {
  const drag = useStore((state) => state.drag);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  const over = (slot: Slot): void => {
    const { drag: now } = getState();
    if (now && (now.slot.gap !== slot.gap || now.slot.depth !== slot.depth))
      setState({ drag: { ...now, slot } });
  };
  const where = (): string => {
    const { drag: now } = getState();
    if (!now) return '';
    const others = rowsWithout(now.rows, now.id);
    const above = others[now.slot.gap - 1]?.block;
    return above ? words.levelBelow(now.slot.depth + 1, nameOf(above)) : words.levelTop(now.slot.depth + 1);
  };
  const step = (code: string): void => {
    const { drag: now } = getState();
    if (!now) return;
    const others = rowsWithout(now.rows, now.id);
    const { gap, depth } = now.slot;
    const inward = document.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (code === 'ArrowUp') over(slotAt(others, gap - 1, depth));
    else if (code === 'ArrowDown') over(slotAt(others, gap + 1, depth));
    else over(slotAt(others, gap, depth + (code === inward ? 1 : -1)));
    elementOf(
      (others[Math.min(getState().drag?.slot.gap ?? 0, others.length - 1)] as Row).block.id,
    )?.scrollIntoView({
      block: 'nearest',
    });
    announce(where());
  };

  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      keyboardCodes: KEYS,
      coordinateGetter: (event) => {
        if (!event.code.startsWith('Arrow')) return undefined;
        event.preventDefault();
        step(event.code);
        return undefined;
      },
    }),
  );

  const onDragStart = ({ active, activatorEvent }: DragStartEvent): void => {
    const id = String(active.id);
    const rows = editing.rows();
    const home = homeOf(rows, id);
    setState({ drag: { id, slot: home, rows }, menu: null, slash: null, selected: null });
    const start = activatorEvent instanceof KeyboardEvent ? null : pointOf(activatorEvent);
    if (!start) return;
    const others = rowsWithout(rows, id);
    const sign = document.dir === 'rtl' ? -1 : 1;
    const move = (event: Event): void => {
      const point = pointOf(event);
      if (!point) return;
      const deeper = Math.round((sign * (point.x - start.x)) / INDENT);
      over(slotAt(others, gapAt(others, point.y), home.depth + deeper));
    };
    const options = { capture: true, passive: true };
    document.addEventListener('mousemove', move, options);
    document.addEventListener('touchmove', move, options);
    stop.current = () => {
      document.removeEventListener('mousemove', move, options);
      document.removeEventListener('touchmove', move, options);
      stop.current = null;
    };
  };
  const finish = (): void => {
    stop.current?.();
    setState({ drag: null });
  };
  const onDragEnd = ({ activatorEvent }: DragEndEvent): void => {
    const { drag: dropped } = getState();
    if (dropped) {
      const { id, slot, rows } = dropped;
      const home = homeOf(rows, id);
      const moved = home.gap !== slot.gap || home.depth !== slot.depth;
      if (moved && editing.block(id)) editing.move(id, placeAt(rowsWithout(rows, id), slot));
      if (activatorEvent instanceof KeyboardEvent) queueMicrotask(() => focusHandle(id));
    }
    finish();
  };

  const name = (id: string | number): string => nameOf(editing.block(String(id)));
  const announcements: Announcements = {
    onDragStart: ({ active }) => words.pickedUp(name(active.id), where()),
    onDragOver: () => undefined,
    onDragEnd: ({ active }) => words.dropped(name(active.id)),
    onDragCancel: ({ active }) => words.dragCancelled(name(active.id)),
  };

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={() => []}
      accessibility={{
        announcements,
        screenReaderInstructions: { draggable: words.dragHelp },
        restoreFocus: false,
      }}
      onDragStart={onDragStart}
      onDragEnd={onDragEnd}
      onDragCancel={finish}
    >
      {children}
      <DragOverlay dropAnimation={null}>
        {drag && stop.current ? (
          <div className="cc-blocks-ghost" aria-hidden="true">
            {nameOf(editing.block(drag.id))}
          </div>
        ) : null}
      </DragOverlay>
    </DndContext>
  );
}
