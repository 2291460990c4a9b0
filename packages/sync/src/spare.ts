import { type Doc, knows, loadUndo, type ReplicaId, type SchemaNode, saveUndo } from '@concord/crdt';
import { DecodeError } from '@concord/crdt/bytes';
import { tabMemory } from './browser.ts';
import { keepSteps, type LastSteps, takeSteps } from './last-steps.ts';
import type { RoomStore, Spare } from './store.ts';

/** A replica id that was put back. No other tab gets the same. */
interface Taken extends Spare {
  readonly replica: ReplicaId;
}

/** What an earlier tab left behind. */
export interface Heritage {
  readonly replica: Taken | null;
  /** What its user could undo. */
  readonly steps: LastSteps | null;
}

/**
 * A replica id that an earlier tab put back, so that version vectors stay short and the user's undo steps go on: the one
 * that this very tab had before it was reloaded, or else the one put back last. `name` is what this tab remembers it by.
 */
export async function takeSpare(store: RoomStore, name: string): Promise<Heritage> {
  const own = tabMemory.get(name);
  const remembered = takeSteps(name);
  const spares = await store.spareReplicas();
  // This tab's own was not put back in time: it goes on with its own steps, and leaves those of another where they are.
  if (remembered && !spares.has(remembered.replica)) return { replica: null, steps: remembered };
  const byAge = [...spares].sort(
    ([a, { at: atA }], [b, { at: atB }]) => Number(b === own) - Number(a === own) || atB - atA,
  );
  for (const [replica, spare] of byAge) {
    if (!(await store.takeReplica(replica))) continue;
    const { undo, next } = spare;
    return { replica: { replica, ...spare }, steps: undo && { replica, next, undo } };
  }
  return { replica: null, steps: null };
}

/** Puts the id of `doc` back, with its undo steps. Nothing waits in here: it is also called while a page goes away. */
export function returnSpare<S extends SchemaNode>(
  store: RoomStore,
  doc: Doc<S>,
  at: number,
  name: string,
): Promise<void> {
  const { replica, version } = doc;
  const next = version.get(replica) ?? 0;
  const undo = doc.canUndo || doc.canRedo ? saveUndo(doc) : null;
  tabMemory.set(name, replica);
  if (undo) keepSteps(name, { replica, next, undo });
  return store.returnReplica(replica, { next, at, undo });
}

/**
 * Gives `doc` the undo steps that were left behind, once it knows all that their tab had done: undoing what lies below
 * its last changes is not what the user has in mind. "Saved" may have meant the relay alone; what was on its way to this
 * device's store then comes from there, if nothing was done here before.
 */
export function resumeUndo<S extends SchemaNode>(doc: Doc<S>, { undo, replica, next }: LastSteps): void {
  const resume = (): boolean => {
    if (doc.canUndo || doc.canRedo) return true;
    if (next > 0 && !knows(doc.version, { replica, seq: next - 1 })) return false;
    try {
      loadUndo(doc, undo);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
    }
    return true;
  };
  if (resume()) return;
  const stop = doc.subscribe(() => resume() && stop());
}
