import { counter, lww, object, set } from '@concord/crdt';
import { openSession, type Session, type SessionOptions } from '../session.ts';
import type { Store } from '../store.ts';
import { memoryStore } from '../stores/memory.ts';
import type { TabMessage, TabsFactory } from '../tabs.ts';
import { memoryNetwork } from '../transports/memory.ts';

export const schema = object({ title: lww(''), words: set<string>(), clicks: counter() });
export type Open = Session<typeof schema>;

/** A relay out of reach. */
export const nobody = memoryNetwork((line) => {
  line.close(4500, 'nobody');
  return { packet: () => {}, closed: () => {} };
});

/** A session of one person, without a relay unless told otherwise; resolves when it is ready. */
export async function open(options: Partial<SessionOptions<typeof schema>> = {}): Promise<Open> {
  const session = openSession({
    schema,
    room: 'docs/a',
    store: memoryStore(),
    transport: nobody.transport,
    identity: { name: 'Ana', colour: 0 },
    ...options,
  });
  await session.ready;
  return session;
}

/** All promises and microtasks until now have run. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A store whose writes fail while `full`. */
export function fullStore(): { store: Store; disk: { full: boolean } } {
  const disk = { full: false };
  const inner = memoryStore();
  const store: Store = {
    shared: null,
    open: async (room) => {
      const there = await inner.open(room);
      return {
        ...there,
        append: async (changes) => {
          if (disk.full) throw new DOMException('no room left', 'QuotaExceededError');
          return there.append(changes);
        },
      };
    },
  };
  return { store, disk };
}

/** A browser's channel between tabs. */
export function browser(): { tabs: TabsFactory } {
  const listeners = new Set<(message: TabMessage) => void>();
  return {
    tabs: (_name, receive) => {
      listeners.add(receive);
      return {
        post: (message) => {
          for (const other of listeners)
            if (other !== receive) queueMicrotask(() => other(structuredClone(message)));
        },
        close: () => listeners.delete(receive),
      };
    },
  };
}
