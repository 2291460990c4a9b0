import { GroupCommit } from './group-commit.ts';
import type { LogStore, SnapshotStore } from './log-store.ts';
import type { Metrics } from './metrics.ts';
import { Room } from './room.ts';
import { TokenBucket } from './token-bucket.ts';

/** Keeps a room open until it is released. */
export interface Lease {
  /** Rejects if the log cannot be read, or the room was erased. */
  readonly room: Promise<Room>;
  release(): void;
}

export interface RoomsOptions {
  readonly snapshots?: SnapshotStore;
  /** How long changes are kept that a snapshot holds, in milliseconds. */
  readonly retention?: number;
  /** Milliseconds. Without a clock, failures of the log are followed by no pause and presence is not limited. */
  readonly now?: () => number;
  /** Resolves after so many milliseconds: lets commits under load be fewer and larger. */
  readonly wait?: (ms: number) => Promise<void>;
}

interface Entry {
  readonly room: Promise<Room>;
  leases: number;
}

/** Presences that are passed on in a second, in all rooms together: what a core does beside its real work. */
const PRESENCE = { perSecond: 30_000, burst: 60_000 };
/** Rooms that are trimmed in one sweep: commits wait meanwhile. */
const TRIMMED_AT_ONCE = 4;

/** The rooms that are open. Memory follows these, not the documents ever opened. */
export class Rooms {
  readonly #log: LogStore;
  readonly #commit: GroupCommit;
  readonly #metrics: Metrics;
  readonly #options: RoomsOptions;
  readonly #presence: TokenBucket | null;
  readonly #open = new Map<string, Entry>();
  #trimming = false;

  constructor(log: LogStore, metrics: Metrics, options: RoomsOptions = {}) {
    this.#log = log;
    this.#metrics = metrics;
    this.#options = options;
    const { now, wait } = options;
    this.#presence = now ? new TokenBucket(PRESENCE, now()) : null;
    const observe = (seconds: number, failed: boolean): void => metrics.commit(seconds, failed);
    this.#commit = new GroupCommit(log, { observe, ...(now && { now }), ...(wait && { wait }) });
    metrics.gauge('concord_rooms_open', () => this.#open.size);
    metrics.gauge('concord_commit_waiting', () => this.#commit.waiting);
  }

  /** Milliseconds until changes are taken again after the log has failed; 0 if they are taken. */
  get retryAfter(): number {
    return this.#commit.retryAfter;
  }

  /** The room, read from the log if it is not open. */
  lease(name: string): Lease {
    const entry = this.#open.get(name) ?? this.#read(name);
    entry.leases++;
    return {
      room: entry.room,
      release: () => {
        entry.leases--;
        void this.#settle(name, entry);
      },
    };
  }

  /** Resolves when all that was accepted is on disk, or known not to be. */
  flush(): Promise<void> {
    return this.#commit.idle();
  }

  /** To be called about once a second. */
  async sweep(): Promise<void> {
    for (const { room } of this.#open.values()) void room.then((open) => open.showWaiting(), ignore);
    const { snapshots, retention } = this.#options;
    if (!snapshots || retention === undefined || this.#trimming || this.retryAfter > 0) return;
    this.#trimming = true;
    try {
      const floors = await snapshots.trimDue(Date.now() - retention, TRIMMED_AT_ONCE);
      for (const [name, floor] of floors) {
        this.#metrics.count('concord_rooms_trimmed_total');
        void this.#open.get(name)?.room.then((room) => room.raiseFloor(floor), ignore);
      }
    } finally {
      this.#trimming = false;
    }
  }

  /** Sends everybody out of a room and forgets it, so that it is read afresh by the next who come. */
  async close(name: string, reason: string): Promise<void> {
    const entry = this.#open.get(name);
    this.#open.delete(name);
    const room = await entry?.room.catch(ignore);
    for (const member of [...(room?.members ?? [])]) member.evict(reason);
    await room?.settled;
  }

  #read(name: string): Entry {
    const forget = (): void => {
      if (this.#open.get(name) === entry) this.#open.delete(name);
    };
    const room = Room.open(name, {
      log: this.#log,
      commit: this.#commit,
      metrics: this.#metrics,
      snapshots: this.#options.snapshots ?? null,
      presence: this.#presence,
      now: this.#options.now ?? (() => 0),
      failed: forget,
    });
    const entry = { room, leases: 0 };
    this.#open.set(name, entry);
    room.catch(forget);
    return entry;
  }

  /** Forgets the room once nobody holds it and all of it is on disk. */
  async #settle(name: string, entry: Entry): Promise<void> {
    await entry.room.then((room) => room.settled, ignore);
    if (entry.leases === 0 && this.#open.get(name) === entry) this.#open.delete(name);
  }
}

function ignore(): void {}
