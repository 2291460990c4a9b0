import type { Id, ReplicaId } from '../core/ids.ts';
import type { Block } from './block.ts';

/** Finds the block that holds an id: for each replica its blocks, sorted by their first seq. */
export class IdIndex<C> {
  readonly #byReplica = new Map<ReplicaId, Block<C>[]>();

  add(block: Block<C>): void {
    const blocks = this.#byReplica.get(block.replica);
    if (blocks === undefined) {
      this.#byReplica.set(block.replica, [block]);
      return;
    }
    const last = blocks[blocks.length - 1] as Block<C>;
    if (last.seq < block.seq) blocks.push(block);
    else blocks.splice(upTo(blocks, block.seq) + 1, 0, block);
  }

  find(id: Id): Block<C> | undefined {
    const blocks = this.#byReplica.get(id.replica);
    if (blocks === undefined) return undefined;
    const last = blocks[blocks.length - 1] as Block<C>;
    const block = last.seq <= id.seq ? last : blocks[upTo(blocks, id.seq)];
    return block !== undefined && id.seq < block.seq + block.length ? block : undefined;
  }
}

/** The index of the last block that starts at or before `seq`, or −1. */
function upTo<C>(blocks: readonly Block<C>[], seq: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const mid = (low + high) >>> 1;
    if ((blocks[mid] as Block<C>).seq <= seq) low = mid + 1;
    else high = mid;
  }
  return low - 1;
}
