import type { ReplicaId } from '../../core/ids.ts';
import { IDLE, keepLayout } from '../../core/layout.ts';

/** What has a place in ≺. */
export interface Ranked {
  readonly replica: ReplicaId;
  readonly seq: number;
  readonly lamport: number;
}

/** The order ≺: negative if `a` comes first. */
export function compareSlots(a: Ranked, b: Ranked): number {
  if (a.lamport !== b.lamport) return a.lamport - b.lamport;
  if (a.replica !== b.replica) return a.replica < b.replica ? -1 : 1;
  return a.seq - b.seq;
}

/** Longer chunks are cut in two, so that one more sibling in the middle moves few. */
const CHUNK_SIZE = 512;

/** The children of a slot on one side, in ≺. Most slots have one at most: then it stands for itself. */
export type Siblings<S extends Ranked> = S | Many<S> | null;

/** Two or more, in chunks that are never empty. */
class Many<S extends Ranked> {
  readonly chunks: S[][];

  constructor(first: S) {
    this.chunks = [[first]];
  }
}

keepLayout(new Many({ ...IDLE.id, lamport: 0 }));

/** The siblings and `slot`, which is none of them. */
export function withSlot<S extends Ranked>(siblings: Siblings<S>, slot: S): Siblings<S> {
  if (siblings === null) return slot;
  const many = siblings instanceof Many ? siblings : new Many(siblings);
  const { chunks } = many;
  const at = chunkOf(chunks, slot);
  const chunk = chunks[at] as S[];
  const rank = rankIn(chunk, slot);
  if (rank === chunk.length) chunk.push(slot);
  else chunk.splice(rank, 0, slot);
  if (chunk.length > CHUNK_SIZE) chunks.splice(at + 1, 0, chunk.splice(CHUNK_SIZE / 2));
  return many;
}

/** The least in ≺. */
export function least<S extends Ranked>(siblings: Siblings<S>): S | null {
  return siblings instanceof Many ? (siblings.chunks[0]?.[0] ?? null) : siblings;
}

/** The next less and the next greater sibling. */
export function around<S extends Ranked>(
  siblings: Siblings<S>,
  slot: S,
): { readonly less: S | null; readonly greater: S | null } {
  if (siblings === null) return NONE;
  if (!(siblings instanceof Many)) {
    return compareSlots(siblings, slot) < 0
      ? { less: siblings, greater: null }
      : { less: null, greater: siblings };
  }
  const { chunks } = siblings;
  const at = chunkOf(chunks, slot);
  const chunk = chunks[at] as S[];
  const rank = rankIn(chunk, slot);
  return { less: chunk[rank - 1] ?? null, greater: chunk[rank] ?? chunks[at + 1]?.[0] ?? null };
}

const NONE = { less: null, greater: null };

/** The last chunk that begins before `slot`, or the first. */
function chunkOf<S extends Ranked>(chunks: readonly (readonly S[])[], slot: S): number {
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareSlots(chunks[middle]?.[0] as S, slot) < 0) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** How many slots of the chunk are less. */
function rankIn<S extends Ranked>(chunk: readonly S[], slot: S): number {
  let high = chunk.length;
  // Mostly it is the newest.
  if (compareSlots(chunk[high - 1] as S, slot) < 0) return high;
  let low = 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareSlots(chunk[middle] as S, slot) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
