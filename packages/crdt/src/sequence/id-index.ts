import type { Id, ReplicaId } from '../core/ids.ts';
import type { Block } from './block.ts';

/** A replica's blocks are cut into chunks of at most this many, so that one more in the middle moves few. */
const CHUNK_SIZE = 256;

type Chunk<C> = Block<C>[];

/** Finds the block that holds an id: for each replica its blocks by their first seq, in chunks that are never empty. */
export class IdIndex<C> {
  readonly #byReplica = new Map<ReplicaId, Chunk<C>[]>();

  add(block: Block<C>): void {
    const chunks = this.#byReplica.get(block.replica);
    if (chunks === undefined) {
      this.#byReplica.set(block.replica, [[block]]);
      return;
    }
    const at = Math.max(0, chunkUpTo(chunks, block.seq));
    const chunk = chunks[at] as Chunk<C>;
    chunk.splice(upTo(chunk, block.seq) + 1, 0, block);
    if (chunk.length > CHUNK_SIZE) chunks.splice(at + 1, 0, chunk.splice(CHUNK_SIZE / 2));
  }

  find(id: Id): Block<C> | undefined {
    const chunks = this.#byReplica.get(id.replica);
    const chunk = chunks?.[chunkUpTo(chunks, id.seq)];
    const block = chunk?.[upTo(chunk, id.seq)];
    return block !== undefined && id.seq < block.seq + block.length ? block : undefined;
  }
}

/** The index of the last block that starts at or before `seq`, or −1. */
function upTo<C>(blocks: Chunk<C>, seq: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const mid = (low + high) >>> 1;
    if ((blocks[mid] as Block<C>).seq <= seq) low = mid + 1;
    else high = mid;
  }
  return low - 1;
}

/** The index of the last chunk whose first block starts at or before `seq`, or −1. */
function chunkUpTo<C>(chunks: readonly Chunk<C>[], seq: number): number {
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const mid = (low + high) >>> 1;
    if (((chunks[mid] as Chunk<C>)[0] as Block<C>).seq <= seq) low = mid + 1;
    else high = mid;
  }
  return low - 1;
}
