import type { Change, ReplicaId, VersionVector } from '@concord/sync/protocol';
import type { LogStore, RoomBatch, RoomRecord } from '../log-store.ts';
import type { VirtualClock } from './virtual-clock.ts';

export interface DiskFaults {
  /** Milliseconds until a write is on disk. */
  delay(): number;
  /** Whether this write fails. */
  fails(): boolean;
}

/** A disk: what is being written when the power goes is lost, what was reported is not. */
export class SimulatedLog implements LogStore {
  readonly #clock: VirtualClock;
  readonly #faults: DiskFaults;
  #rooms = new Map<
    string,
    { readonly epoch: string; readonly changes: Change[]; readonly heads: Map<ReplicaId, number> }
  >();
  /** What a relay whose disk never failed should not have asked for. */
  readonly needless: string[] = [];
  /** Writes begun before a crash end nowhere. */
  #power = 0;

  constructor(clock: VirtualClock, faults: DiskFaults) {
    this.#clock = clock;
    this.#faults = faults;
  }

  /** What is on disk. */
  version(room: string): VersionVector {
    return this.#rooms.get(room)?.heads ?? new Map();
  }

  /** The power goes: nothing unfinished gets to disk, and nobody hears of it. */
  crash(): void {
    this.#power++;
  }

  /** The disk is replaced by an empty one. */
  wipe(): void {
    this.#power++;
    this.#rooms = new Map();
  }

  async find(room: string): Promise<RoomRecord | null> {
    const found = this.#rooms.get(room);
    return found ? { epoch: found.epoch, version: new Map(found.heads) } : null;
  }

  async append(batches: readonly RoomBatch[]): Promise<void> {
    const power = this.#power;
    await this.#clock.wait(this.#faults.delay());
    if (power !== this.#power) await new Promise(() => {});
    if (this.#faults.fails()) throw new Error('simulated disk failure');
    for (const { room, epoch, changes } of batches) {
      const there = this.#rooms.get(room) ?? {
        epoch,
        changes: [] as Change[],
        heads: new Map<ReplicaId, number>(),
      };
      for (const change of changes) {
        const expected = there.heads.get(change.replica) ?? 0;
        if (change.to <= expected) {
          this.needless.push(`written twice: ${change.replica} ${change.from}`);
          continue;
        }
        if (change.from !== expected) {
          const gap = `gap: ${change.replica} has ${expected}, got ${change.from}`;
          this.needless.push(gap);
          throw new Error(gap);
        }
        there.changes.push(change);
        there.heads.set(change.replica, change.to);
      }
      this.#rooms.set(room, there);
    }
  }

  async *read(room: string, since: VersionVector): AsyncGenerator<readonly Change[]> {
    const missing = (this.#rooms.get(room)?.changes ?? []).filter((c) => c.to > (since.get(c.replica) ?? 0));
    for (let i = 0; i < missing.length; i += 20) yield missing.slice(i, i + 20);
  }

  async close(): Promise<void> {}
}
