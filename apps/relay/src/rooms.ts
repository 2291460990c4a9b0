import { GroupCommit } from './group-commit.ts';
import type { LogStore } from './log-store.ts';
import type { Metrics } from './metrics.ts';
import { Room } from './room.ts';

/** Keeps a room open until it is released. */
export interface Lease {
  /** Rejects if the log cannot be read. */
  readonly room: Promise<Room>;
  release(): void;
}

interface Entry {
  readonly room: Promise<Room>;
  leases: number;
}

/** The rooms that are open. Memory follows these, not the documents ever opened. */
export class Rooms {
  readonly #log: LogStore;
  readonly #commit: GroupCommit;
  readonly #metrics: Metrics;
  readonly #open = new Map<string, Entry>();

  constructor(log: LogStore, metrics: Metrics) {
    this.#log = log;
    this.#metrics = metrics;
    this.#commit = new GroupCommit(log, (seconds, failed) => metrics.commit(seconds, failed));
    metrics.gauge('concord_rooms_open', () => this.#open.size);
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

  #read(name: string): Entry {
    const forget = (): void => {
      if (this.#open.get(name) === entry) this.#open.delete(name);
    };
    const room = Room.open(name, {
      log: this.#log,
      commit: this.#commit,
      metrics: this.#metrics,
      failed: forget,
    });
    const entry = { room, leases: 0 };
    this.#open.set(name, entry);
    room.catch(forget);
    return entry;
  }

  /** Forgets the room once nobody holds it and all of it is on disk. */
  async #settle(name: string, entry: Entry): Promise<void> {
    await entry.room.then(
      (room) => room.settled,
      () => {},
    );
    if (entry.leases === 0 && this.#open.get(name) === entry) this.#open.delete(name);
  }
}
