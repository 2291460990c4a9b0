import {
  type Announcements,
  DndContext,
  DragOverlay,
  type DragStartEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Layout } from '../layout.ts';
import { type Drag, getState, type Point, type Slot, setState, useStore } from '../store.ts';
import { words } from '../words.ts';
import { followPointer } from './follow-pointer.ts';
import { isRtl, pointOf, slotAt } from './geometry.ts';
import { homeOf, lanesOf, nextSlot, type Step } from './slots.ts';
import { parseDragId } from './use-drag-source.ts';

/*
 * The only file that knows how the drag-and-drop library works. It gives us sensors, the overlay and the spoken
 * words; which slot the dragged thing is over is our own business, and lives in the view's store.
 */

export interface BoardDndProps {
  /** What is on the screen; it must not change while something is dragged. */
  layout: Layout;
  /** The thing was let go over a slot. Must change the document at once, so that nothing jumps back and forth. */
  onDrop: (dragged: Pick<Drag, 'kind' | 'id'>, slot: Slot) => void;
  /** What a thing and a slot are called. */
  nameOf: (dragged: Pick<Drag, 'kind' | 'id'>) => string;
  placeOf: (slot: Slot, dragged: Pick<Drag, 'kind' | 'id'>) => string;
  renderOverlay: (drag: Drag) => ReactNode;
  children: ReactNode;
}

const STEPS: Readonly<Record<string, Step>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'back',
  ArrowRight: 'forward',
  Home: 'first',
  End: 'last',
};

const MIRRORED: Partial<Record<Step, Step>> = { back: 'forward', forward: 'back' };

// Options are made once: fresh ones would give every card on the board new listeners at each render.
const MOUSE = { activationConstraint: { distance: 6 } };
const TOUCH = { activationConstraint: { delay: 220, tolerance: 8 } };
const KEYS = { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] };

/** The slot is found by our own geometry; without droppables nothing is measured or compared on each move. */
const noCollisions = (): [] => [];

function over(slot: Slot | null): void {
  const { drag } = getState();
  if (!drag || !slot) return;
  if (drag.over?.parent === slot.parent && drag.over.index === slot.index) return;
  setState({ drag: { ...drag, over: slot } });
}

export function BoardDnd({ layout, onDrop, nameOf, placeOf, renderOverlay, children }: BoardDndProps) {
  const drag = useStore((state) => state.drag);
  const stop = useRef<(() => Point | null) | null>(null);
  const shown = useRef(layout);
  shown.current = layout;
  useEffect(() => () => void stop.current?.(), []);

  const [keyboard] = useState(() => ({
    keyboardCodes: KEYS,
    scrollBehavior: 'auto' as const,
    coordinateGetter: (event: KeyboardEvent) => {
      const { drag } = getState();
      const step = STEPS[event.code];
      if (!drag?.over || !step) return undefined;
      event.preventDefault();
      const turned = (isRtl() && MIRRORED[step]) || step;
      const slot = nextSlot(lanesOf(shown.current, drag), drag.over, turned);
      over(slot);
      return pointOf(slot, drag) ?? undefined;
    },
  }));
  const sensors = useSensors(
    useSensor(MouseSensor, MOUSE),
    useSensor(TouchSensor, TOUCH),
    useSensor(KeyboardSensor, keyboard),
  );

  const onDragStart = ({ active, activatorEvent }: DragStartEvent): void => {
    const dragged = parseDragId(active.id);
    setState({ drag: { ...dragged, over: homeOf(shown.current, dragged) } });
    if (!(activatorEvent instanceof KeyboardEvent)) {
      stop.current = followPointer(activatorEvent, (point) => over(slotAt(point, dragged)));
    }
  };
  const finish = (): Drag | null => {
    const point = stop.current?.() ?? null;
    stop.current = null;
    const { drag } = getState();
    // The pointer may have moved since the last frame.
    return drag && point ? { ...drag, over: slotAt(point, drag) ?? drag.over } : drag;
  };
  const onDragEnd = (): void => {
    const dropped = finish();
    try {
      if (dropped?.over) onDrop(dropped, dropped.over);
    } finally {
      setState({ drag: null });
    }
  };
  const onDragCancel = (): void => {
    finish();
    setState({ drag: null });
  };

  const where = (): string => {
    const { drag } = getState();
    return drag?.over ? placeOf(drag.over, drag) : '';
  };
  const name = (id: string | number): string => nameOf(parseDragId(id));
  const announcements: Announcements = {
    onDragStart: ({ active }) => words.pickedUp(name(active.id), where()),
    onDragMove: () => where(),
    onDragOver: () => undefined,
    onDragEnd: ({ active }) => words.dropped(name(active.id)),
    onDragCancel: ({ active }) => words.dragCancelled(name(active.id)),
  };

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={noCollisions}
      autoScroll={false}
      accessibility={{
        announcements,
        screenReaderInstructions: { draggable: words.dragHelp },
        restoreFocus: false,
      }}
      onDragStart={onDragStart}
      onDragEnd={onDragEnd}
      onDragCancel={onDragCancel}
    >
      {children}
      <DragOverlay dropAnimation={null} className="cc-board-overlay">
        {drag ? renderOverlay(drag) : null}
      </DragOverlay>
    </DndContext>
  );
}
