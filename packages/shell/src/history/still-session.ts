import type { Doc, VersionVector, View } from '@concord/crdt';
import type { Session } from '@concord/sync';
import type { TitledSchema } from '../titled.ts';

const nothing = (): void => undefined;
const stop = () => nothing;

/** A session whose document is a past version for ever: for an app's own components, which then show that version. */
export function stillSession<S extends TitledSchema>(
  live: Session<S>,
  view: View<S>,
  version: VersionVector,
): Session<S> {
  const doc: Partial<Doc<S>> = {
    schema: live.doc.schema,
    replica: live.doc.replica,
    isLocked: true,
    view,
    version,
    canUndo: false,
    canRedo: false,
    undoLabel: null,
    redoLabel: null,
    change: () => null,
    undo: () => null,
    redo: () => null,
    subscribe: stop,
    closeUndoStep: nothing,
  };
  const presence = {
    self: live.presence.self,
    set: nothing,
    setIdentity: nothing,
    peers: () => NOBODY,
    subscribe: stop,
  };
  // What an app's view asks of a session, and no more: nothing here is stored or sent.
  return { doc, presence, status: live.status, ready: live.ready } as unknown as Session<S>;
}

const NOBODY: readonly never[] = [];
