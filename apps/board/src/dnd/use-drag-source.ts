import { useMayEdit } from '@concord/shell';
import { useDraggable } from '@dnd-kit/core';
import { type HTMLAttributes, useMemo } from 'react';
import type { Drag } from '../store.ts';

type Props = Pick<HTMLAttributes<HTMLElement>, 'onMouseDown' | 'onTouchStart' | 'onKeyDown'>;

export interface DragSource {
  /** Of the element that moves. */
  readonly ref: (element: HTMLElement | null) => void;
  /** Of the element from which the keyboard picks it up. */
  readonly handleRef: (element: HTMLElement | null) => void;
  readonly pointer: Pick<Props, 'onMouseDown' | 'onTouchStart'>;
  readonly onKeyDown: Props['onKeyDown'];
  /** Id of the words that tell a screen reader how to drag. */
  readonly describedBy: string;
}

/** The id by which the drag-and-drop library knows a thing. */
const dragId = ({ kind, id }: Pick<Drag, 'kind' | 'id'>): string => `${kind}:${id}`;

export function parseDragId(text: string | number): Pick<Drag, 'kind' | 'id'> {
  const [kind, ...rest] = String(text).split(':');
  return { kind: kind === 'list' ? 'list' : 'card', id: rest.join(':') };
}

/**
 * Makes a card or a list something that can be dragged by mouse, touch and keyboard. The same object until the
 * listeners change: every source renders when any drag begins, what is below it need not.
 */
export function useDragSource(kind: Drag['kind'], id: string): DragSource {
  const { setNodeRef, setActivatorNodeRef, listeners, attributes } = useDraggable({
    id: dragId({ kind, id }),
    disabled: !useMayEdit(),
  });
  const describedBy = attributes['aria-describedby'];
  return useMemo(() => {
    const { onMouseDown, onTouchStart, onKeyDown } = (listeners ?? {}) as Props;
    return {
      ref: setNodeRef,
      handleRef: setActivatorNodeRef,
      pointer: { onMouseDown, onTouchStart },
      onKeyDown,
      describedBy,
    };
  }, [setNodeRef, setActivatorNodeRef, listeners, describedBy]);
}
