import type { RoomStore, Store, TabMessage, TabsFactory } from '@concord/sync';
import { memoryStore } from '@concord/sync';
import type { VirtualClock } from './virtual-clock.ts';

export interface DeviceFaults {
  /** Milliseconds until a write is on disk. */
  delay(): number;
  /** Whether the disk takes nothing just now. */
  isFull(): boolean;
  /** Whether a write that its tab did not live to see got to disk nevertheless. */
  survives(): boolean;
}

/** A device's disk and its tabs. Writing takes time; a write that the tab does not live to see may be lost. */
export class SimulatedDevice {
  readonly name: string;
  readonly #clock: VirtualClock;
  readonly #faults: DeviceFaults;
  readonly #disk = memoryStore();
  readonly #tabs = new Set<(message: TabMessage) => void>();

  constructor(name: string, clock: VirtualClock, faults: DeviceFaults) {
    this.name = name;
    this.#clock = clock;
    this.#faults = faults;
  }

  /** The disk, as it is. */
  disk(room: string): Promise<RoomStore> {
    return this.#disk.open(room);
  }

  /** The store as one tab has it, and the way to kill that tab's writes. */
  tab(): { readonly store: Store; readonly tabs: TabsFactory; kill(): void } {
    let isAlive = true;
    const never = <T>(): Promise<T> => new Promise<T>(() => {});
    const after = async <T>(act: () => Promise<T>): Promise<T> => {
      await this.#clock.wait(this.#faults.delay());
      if (!isAlive) {
        if (this.#faults.survives()) await act();
        return never<T>();
      }
      if (this.#faults.isFull()) throw new Error('QuotaExceededError');
      return act();
    };
    const store: Store = {
      shared: 'device',
      open: async (room) => {
        const inner = await this.#disk.open(room);
        return {
          ...inner,
          append: (changes) => after(() => inner.append(changes)),
          compact: (...snapshot) => after(() => inner.compact(...snapshot)),
          returnReplica: (replica, spare) => after(() => inner.returnReplica(replica, spare)),
        };
      },
    };
    const tabs: TabsFactory = (_name, receive) => {
      const hear = (message: TabMessage): void => {
        if (isAlive) receive(message);
      };
      this.#tabs.add(hear);
      return {
        post: (message) => {
          const others = [...this.#tabs].filter((other) => other !== hear);
          if (isAlive) this.#clock.after(1, () => others.forEach((other) => void other(message)));
        },
        close: () => this.#tabs.delete(hear),
      };
    };
    const kill = (): void => {
      isAlive = false;
    };
    return { store, tabs, kill };
  }
}
