import type { RelayRecord } from './client-types.ts';
import type { ReplicaId, VersionVector } from './protocol/index.ts';

/** What is known of the relay's disk. */
export class RelayKnowledge {
  #epoch: string;
  /** What it has, or is about to have because it passed it on. */
  #has: VersionVector;
  /** What it said itself to have on its disk. */
  #durable: VersionVector = new Map();

  constructor(record: RelayRecord | null) {
    this.#epoch = record?.epoch ?? '';
    this.#has = record?.version ?? new Map();
  }

  get record(): RelayRecord {
    return { epoch: this.#epoch, version: this.#has };
  }

  /** The part of it that may be told to others as safe. */
  get durable(): RelayRecord {
    return { epoch: this.#epoch, version: this.#durable };
  }

  /** It told all that it has. */
  told(epoch: string, version: VersionVector): void {
    this.#epoch = epoch;
    this.#has = version;
    this.#durable = version;
  }

  /** It said to have this, too. */
  acknowledged(version: VersionVector): void {
    this.#durable = raised(this.#durable, version);
    this.#has = raised(this.#has, version);
  }

  /** It passed this on, or so another tab heard. */
  passedOn(version: Iterable<readonly [ReplicaId, number]>): void {
    this.#has = raised(this.#has, version);
  }
}

function raised(known: VersionVector, by: Iterable<readonly [ReplicaId, number]>): VersionVector {
  const version = new Map(known);
  for (const [replica, next] of by) version.set(replica, Math.max(next, version.get(replica) ?? 0));
  return version;
}
