import type { Change, ReplicaId, VersionVector } from '@concord/sync/protocol';
import { BatchesRefused, type LogStore, type RoomBatch, type RoomRecord } from '../log-store.ts';
import type { VirtualClock } from './virtual-clock.ts';
import type { Dice } from './weather.ts';

export interface DiskFaults {
  /** Milliseconds until a write is on disk. */
  delay(): number;
  /** Why this write fails, or null. */
  failure(): string | null;
  /** Whether a write is reported when it is on disk, and not before. A disk that lies is a mutant. */
  readonly honest: boolean;
}

/** What one room has on disk, by this file's own account. */
interface Account {
  readonly epoch: string;
  readonly heads: ReadonlyMap<ReplicaId, number>;
}

/**
 * A log on a disk: what is being written when the power goes is lost or torn, what was reported is not. The log itself
 * is any; what it holds is kept account of here, independently.
 */
export class SimulatedLog implements LogStore {
  readonly #clock: VirtualClock;
  readonly #faults: DiskFaults;
  readonly #dice: Dice;
  readonly #make: () => LogStore;
  #log: LogStore;
  /** All that is on disk, in the order in which it got there. */
  #written: RoomBatch[] = [];
  #accounts = new Map<string, Account>();
  #writing: readonly RoomBatch[] = [];
  #writes: Promise<void> = Promise.resolve();
  /** What was on disk at some times before: backups. */
  readonly #backups: (readonly RoomBatch[])[] = [];
  /** What a relay whose disk never failed should not have asked for. */
  readonly needless: string[] = [];
  /** Writes begun before a crash end nowhere, unless the relay lives on. */
  #power = 0;
  #isRelayAlive = false;

  constructor(clock: VirtualClock, dice: Dice, faults: DiskFaults, make: () => LogStore) {
    this.#clock = clock;
    this.#dice = dice;
    this.#faults = faults;
    this.#make = make;
    this.#log = make();
  }

  /** What is on disk. */
  version(room: string): VersionVector {
    return this.#accounts.get(room)?.heads ?? new Map();
  }

  /** The power goes: of what is being written, the beginning may have got to disk. Nobody hears of it. */
  async crash(): Promise<void> {
    const writing = this.#cut(false);
    if (!this.#faults.honest) await this.#replace(this.#written);
    for (const batch of writing.slice(0, this.#dice.between(0, writing.length + 1))) {
      const changes = batch.changes.slice(0, this.#dice.between(0, batch.changes.length + 1));
      if (changes.length > 0) await this.#put([{ ...batch, changes }]).catch(() => {});
    }
  }

  /** What is on disk now can come back later. */
  backUp(): void {
    if (this.#written.length > 0) this.#backups.push([...this.#written]);
  }

  get hasBackup(): boolean {
    return this.#backups.length > 0;
  }

  /**
   * The disk is replaced: by an empty one or by a backup, whose rooms get another epoch, as `restore` gives them.
   * `underneath`: the relay runs on, and what it was writing fails.
   */
  async reset(how: 'restart' | 'underneath'): Promise<'an empty one' | 'a backup'> {
    this.#cut(how === 'underneath');
    const backup = this.#dice.of(this.#backups);
    const epoch = `restored-${this.#power}`;
    await this.#replace((backup ?? []).map((batch) => ({ ...batch, epoch })));
    return backup ? 'a backup' : 'an empty one';
  }

  find(room: string): Promise<RoomRecord | null> {
    return this.#log.find(room);
  }

  append(batches: readonly RoomBatch[]): Promise<void> {
    const power = this.#power;
    const write = this.#writes.then(() => this.#write(batches, power));
    this.#writes = write.catch(() => {});
    return this.#faults.honest ? write : this.#log.append(batches);
  }

  read(room: string, since: VersionVector): AsyncIterable<readonly Change[]> {
    return this.#log.read(room, since);
  }

  close(): Promise<void> {
    return this.#log.close();
  }

  /** Nothing that is being written is reported any more. Returns what was. */
  #cut(isRelayAlive: boolean): readonly RoomBatch[] {
    const writing = this.#writing;
    this.#isRelayAlive = isRelayAlive;
    this.#power++;
    this.#writing = [];
    this.#writes = Promise.resolve();
    return writing;
  }

  #gone(): Promise<never> {
    return this.#isRelayAlive ? Promise.reject(new Error('the disk is another')) : new Promise(() => {});
  }

  async #replace(batches: readonly RoomBatch[]): Promise<void> {
    const before = this.#log;
    this.#log = this.#make();
    this.#written = [];
    this.#accounts = new Map();
    if (batches.length > 0) await this.#put(batches);
    await before.close();
  }

  async #write(batches: readonly RoomBatch[], power: number): Promise<void> {
    if (power !== this.#power) await this.#gone();
    this.#writing = batches;
    await this.#clock.wait(this.#faults.delay());
    if (power !== this.#power) await this.#gone();
    this.#writing = [];
    const failure = this.#faults.failure();
    if (failure !== null) throw new Error(failure);
    this.#findNeedless(batches);
    if (this.#faults.honest) await this.#put(batches);
    else for (const batch of batches) this.#enter(batch);
  }

  /** Into the log, and what it took into the account. */
  async #put(batches: readonly RoomBatch[]): Promise<void> {
    let reasons: ReadonlyMap<number, string> = new Map();
    await this.#log.append(batches).catch((error: unknown) => {
      if (!(error instanceof BatchesRefused)) throw error;
      reasons = error.reasons;
    });
    batches.forEach((batch, i) => {
      if (!reasons.has(i)) this.#enter(batch);
    });
    if (reasons.size > 0) throw new BatchesRefused(reasons);
  }

  #enter(batch: RoomBatch): void {
    const { epoch, heads } = this.#accounts.get(batch.room) ?? { epoch: batch.epoch, heads: new Map() };
    const raised = new Map<ReplicaId, number>(heads);
    for (const { replica, to } of batch.changes) raised.set(replica, Math.max(to, raised.get(replica) ?? 0));
    this.#accounts.set(batch.room, { epoch, heads: raised });
    this.#written.push(batch);
  }

  #findNeedless(batches: readonly RoomBatch[]): void {
    const rooms = new Map<string, Map<ReplicaId, number>>();
    for (const { room, changes } of batches) {
      const heads = rooms.get(room) ?? new Map(this.version(room));
      rooms.set(room, heads);
      for (const { replica, from, to } of changes) {
        const expected = heads.get(replica) ?? 0;
        if (to <= expected) this.needless.push(`written twice: ${replica} ${from}–${to}`);
        if (from > expected) this.needless.push(`gap: ${replica} has ${expected}, got ${from}–${to}`);
        heads.set(replica, Math.max(expected, to));
      }
    }
  }
}
