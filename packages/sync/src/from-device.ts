import { type Doc, type DocOptions, newReplicaId, type ReplicaId, type SchemaNode } from '@concord/crdt';
import { restore } from './document.ts';
import { messageOf, type Problem } from './problem.ts';
import { resumeUndo, takeSpare } from './spare.ts';
import type { RoomStore, Store, StoredRoom } from './store.ts';
import { memoryStore } from './stores/memory.ts';

export interface DeviceOptions<S extends SchemaNode> {
  readonly schema: S;
  readonly room: string;
  readonly store: Store;
  /** Numbers in [0, 1): mints the replica id if given. */
  readonly random: (() => number) | undefined;
  /** What this tab remembers its replica id by. */
  readonly memory: string;
  readonly doc: Omit<DocOptions, 'replica'>;
}

/** What this device has of a room. */
export interface FromDevice<S extends SchemaNode> {
  readonly doc: Doc<S>;
  readonly store: RoomStore;
  readonly stored: StoredRoom;
  /** Whether all that is stored could be read. */
  readonly isWhole: boolean;
  /** Why nothing is stored here, if so. */
  readonly problem: Problem | null;
}

/** Opens the store and the document in it; where that cannot be had, an empty document in memory, and the reason. */
export async function fromDevice<S extends SchemaNode>(options: DeviceOptions<S>): Promise<FromDevice<S>> {
  const { schema, random } = options;
  const open = (stored: StoredRoom, replica: ReplicaId) =>
    restore(schema, stored, { ...options.doc, replica });
  try {
    const store = await options.store.open(options.room);
    const { replica: spare, steps } = await takeSpare(store, options.memory);
    const stored = await store.load();
    let restored = open(stored, spare?.replica ?? mint(random));
    // Some changes under this id never reached the store, but may have reached others: minting them again would fork.
    if (spare && (restored.doc.version.get(spare.replica) ?? 0) !== spare.next)
      restored = open(stored, mint(random));
    if (steps) resumeUndo(restored.doc, steps);
    return { ...restored, store, stored, problem: null };
  } catch (error) {
    const store = await memoryStore().open(options.room);
    const stored = await store.load();
    const problem = { kind: 'no-store', detail: messageOf(error) } as const;
    return { ...open(stored, mint(random)), store, stored, problem };
  }
}

function mint(random: (() => number) | undefined): ReplicaId {
  if (!random) return newReplicaId();
  return newReplicaId((into) => {
    for (let i = 0; i < into.length; i++) into[i] = random() * 256;
  });
}
