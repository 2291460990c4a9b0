import type { RoomStore, Store, TabMessage, TabsFactory } from '@concord/sync';
import { memoryStore } from '@concord/sync';
import type { VirtualClock } from './virtual-clock.ts';

/** A device's disk. Writing takes time; a write that the tab does not live to see may be lost. */
export class SimulatedDevice {
  readonly #clock: VirtualClock;
  readonly #delay: () => number;
  readonly #disk = memoryStore();
  readonly #tabs = new Set<(message: TabMessage) => void>();

  constructor(clock: VirtualClock, delay: () => number) {
    this.#clock = clock;
    this.#delay = delay;
  }

  /** The disk, as it is. */
  disk(room: string): Promise<RoomStore> {
    return this.#disk.open(room);
  }

  /** The store as one tab has it, and the way to kill that tab's writes. */
  tab(): { readonly store: Store; readonly tabs: TabsFactory; kill(): void } {
    let isAlive = true;
    const store: Store = {
      shared: 'device',
      open: async (room) => {
        const inner = await this.#disk.open(room);
        const after = async <T>(act: () => Promise<T>): Promise<T> => {
          await this.#clock.wait(this.#delay());
          return isAlive ? act() : new Promise<T>(() => {});
        };
        return {
          ...inner,
          append: (changes) => after(() => inner.append(changes)),
          compact: (snapshot, version) => after(() => inner.compact(snapshot, version)),
          returnReplica: (replica, next) => after(() => inner.returnReplica(replica, next)),
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
    return {
      store,
      tabs,
      kill: () => {
        isAlive = false;
      },
    };
  }
}
