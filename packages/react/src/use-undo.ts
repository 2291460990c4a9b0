import type { SchemaNode } from '@concord/crdt';
import { useCallback } from 'react';
import { shallowEqual, useSnapshot } from './use-snapshot.ts';
import type { DocSource } from './use-view.ts';

export type Undo = {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** The name of the step that would be undone. */
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
  /** Undoes this user's newest step and returns its name, or null if there is none. */
  readonly undo: () => string | null;
  readonly redo: () => string | null;
};

/** Undo and redo of this user's own changes. */
export function useUndo<S extends SchemaNode>({ doc }: DocSource<S>): Undo {
  const subscribe = useCallback((listener: () => void) => doc.subscribe(listener), [doc]);
  const state = useSnapshot(
    subscribe,
    () => ({
      canUndo: doc.canUndo,
      canRedo: doc.canRedo,
      undoLabel: doc.undoLabel,
      redoLabel: doc.redoLabel,
    }),
    shallowEqual,
  );
  const undo = useCallback(() => doc.undo()?.label ?? null, [doc]);
  const redo = useCallback(() => doc.redo()?.label ?? null, [doc]);
  return { ...state, undo, redo };
}
