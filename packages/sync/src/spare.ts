import { type Doc, knows, loadUndo, type ReplicaId, type SchemaNode, saveUndo } from '@concord/crdt';
import { DecodeError } from '@concord/crdt/bytes';
import { tabMemory } from './browser.ts';
import type { RoomStore, Spare } from './store.ts';

/** A replica id that was put back, and what its user could undo. No other tab gets the same. */
export interface Taken extends Spare {
  readonly replica: ReplicaId;
}

/**
 * A replica id that an earlier tab put back, so that version vectors stay short and the user's undo steps go on: the one
 * that this very tab had before it was reloaded, or else the one put back last. `name` is what this tab remembers it by.
 */
export async function takeSpare(store: RoomStore, name: string): Promise<Taken | null> {
  const own = tabMemory.get(name);
  const spares = [...(await store.spareReplicas())];
  spares.sort(([a, { at: atA }], [b, { at: atB }]) => Number(b === own) - Number(a === own) || atB - atA);
  for (const [replica, spare] of spares) if (await store.takeReplica(replica)) return { replica, ...spare };
  return null;
}

/** Puts the id of `doc` back, with its undo steps. Nothing waits in here: it is also called while a page goes away. */
export function returnSpare<S extends SchemaNode>(
  store: RoomStore,
  doc: Doc<S>,
  at: number,
  name: string,
): Promise<void> {
  const { replica, version } = doc;
  const undo = doc.canUndo || doc.canRedo ? saveUndo(doc) : null;
  tabMemory.set(name, replica);
  return store.returnReplica(replica, { next: version.get(replica) ?? 0, at, undo });
}

/** Gives `doc` the undo steps of the id that it took over, as far as it knows what they take back. */
export function resumeUndo<S extends SchemaNode>(doc: Doc<S>, { undo, replica, next }: Taken): void {
  if (undo === null) return;
  // Some of its last changes are not here: undoing what lies below them would not be what the user has in mind.
  if (next > 0 && !knows(doc.version, { replica, seq: next - 1 })) return;
  try {
    loadUndo(doc, undo);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
}
