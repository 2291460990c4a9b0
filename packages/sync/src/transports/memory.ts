import type { Transport, TransportEvents, TransportFactory } from '../transport.ts';

/** The relay's end of a line in memory. */
export interface MemoryLine {
  send(packet: Uint8Array): void;
  close(code: number, reason: string): void;
}

/** What a relay in the same process does with the lines that come. */
export type Accept = (line: MemoryLine) => {
  packet(bytes: Uint8Array): void;
  closed(): void;
};

/** A network within one process: packets arrive in order, each in a turn of its own. */
export function memoryNetwork(accept: Accept): { readonly transport: TransportFactory } {
  return { transport: (events) => openLine(accept, events) };
}

function openLine(accept: Accept, events: TransportEvents): Transport {
  let isOpen = true;
  const later = (act: () => void): void => queueMicrotask(() => isOpen && act());
  const relay = accept({
    send: (packet) => later(() => events.packet(packet)),
    close: (code, reason) =>
      later(() => {
        isOpen = false;
        events.closed(code, reason);
      }),
  });
  later(() => events.opened());
  return {
    name: 'memory',
    send: (packet) => later(() => relay.packet(packet)),
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      queueMicrotask(() => relay.closed());
    },
  };
}
