import type { Reader } from '../bytes/index.ts';
import { type ReplicaId, replicaId } from './ids.ts';

const UNKNOWN = -1;

/**
 * The replicas of one document as small integers, in the order of their first mention. Never shrinks. A peer is what
 * columns hold and what hot paths compare; a `ReplicaId` is what people and views see.
 */
export class Peers {
  readonly #ids: ReplicaId[] = [];
  /** The eight bytes of an id as two unsigned numbers, the first four bytes first: their order is ≺'s. */
  readonly #high: number[] = [];
  readonly #low: number[] = [];
  readonly #bytes: Uint8Array[] = [];
  readonly #numbers = new Map<ReplicaId, number>();
  /** Peers by a hash of their bytes; open addressing, a power of two, at most half full. */
  #table = new Int32Array(16).fill(UNKNOWN);

  get size(): number {
    return this.#ids.length;
  }

  /** The number of `replica`, given now if it has none. */
  intern(replica: ReplicaId): number {
    const known = this.#numbers.get(replica);
    if (known !== undefined) return known;
    replicaId(replica);
    return this.#add(
      replica,
      Number.parseInt(replica.slice(0, 8), 16),
      Number.parseInt(replica.slice(8), 16),
    );
  }

  /** The number of `replica`, or -1. */
  find(replica: ReplicaId): number {
    return this.#numbers.get(replica) ?? UNKNOWN;
  }

  replica(peer: number): ReplicaId {
    const id = this.#ids[peer];
    if (id === undefined) throw new RangeError(`no peer ${peer}`);
    return id;
  }

  /** The eight bytes of its id; not to be changed. */
  bytes(peer: number): Uint8Array {
    const bytes = this.#bytes[peer];
    if (bytes === undefined) throw new RangeError(`no peer ${peer}`);
    return bytes;
  }

  /** The order of replicas in ≺: negative if `a` comes first. */
  compare(a: number, b: number): number {
    const first = (this.#high[a] as number) - (this.#high[b] as number);
    return first !== 0 ? first : (this.#low[a] as number) - (this.#low[b] as number);
  }

  /** Reads eight bytes of a replica id without making its string: its number, or -1 if nobody named it before. */
  read(r: Reader): number {
    const high = r.u32be();
    const low = r.u32be();
    const mask = this.#table.length - 1;
    for (let at = slot(high, low) & mask; ; at = (at + 1) & mask) {
      const peer = this.#table[at] as number;
      if (peer === UNKNOWN || (this.#high[peer] === high && this.#low[peer] === low)) return peer;
    }
  }

  #add(replica: ReplicaId, high: number, low: number): number {
    const peer = this.#ids.length;
    this.#ids.push(replica);
    this.#high.push(high);
    this.#low.push(low);
    const bytes = new Uint8Array(8);
    for (let i = 0; i < 4; i++) {
      bytes[i] = high >>> (24 - 8 * i);
      bytes[4 + i] = low >>> (24 - 8 * i);
    }
    this.#bytes.push(bytes);
    this.#numbers.set(replica, peer);
    if (this.#ids.length * 2 > this.#table.length) {
      this.#table = new Int32Array(this.#table.length * 2).fill(UNKNOWN);
      for (let each = 0; each < peer; each++) this.#place(each);
    }
    this.#place(peer);
    return peer;
  }

  #place(peer: number): void {
    const mask = this.#table.length - 1;
    let at = slot(this.#high[peer] as number, this.#low[peer] as number) & mask;
    while (this.#table[at] !== UNKNOWN) at = (at + 1) & mask;
    this.#table[at] = peer;
  }
}

function slot(high: number, low: number): number {
  const mixed = Math.imul(high ^ Math.imul(low, 0x9e3779b1), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
