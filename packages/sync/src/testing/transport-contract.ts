import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Transport, TransportFactory } from '../transport.ts';

/** A relay's end that sends back every packet, and closes with code 4400 on an empty one. */
export interface Echo {
  readonly transport: TransportFactory;
  stop(): Promise<void>;
}

/** What every transport must do over a line that works. */
export function transportContract(name: string, start: () => Promise<Echo>): void {
  describe(`${name} keeps the promises of a transport`, () => {
    let echo: Echo;
    beforeEach(async () => {
      echo = await start();
    });
    afterEach(() => echo.stop());

    it('[N1] opens after the factory has returned, and before any packet', async () => {
      const events: string[] = [];
      let line: Transport | null = null;
      await new Promise<void>((resolve) => {
        line = echo.transport({
          opened: () => {
            events.push(line === null ? 'too early' : 'opened');
            line?.send(Uint8Array.of(1));
          },
          packet: () => {
            events.push('packet');
            resolve();
          },
          closed: () => resolve(),
        });
      });
      expect(events).toEqual(['opened', 'packet']);
    });

    it('[N2] packets arrive whole and in order: one byte, and a quarter of a megabyte', async () => {
      const sizes = [1, 70_000, 262_144];
      const received = await new Promise<Uint8Array[]>((resolve) => {
        const got: Uint8Array[] = [];
        const line = echo.transport({
          opened: () => {
            for (const size of sizes) line.send(new Uint8Array(size).fill(size % 251));
          },
          packet: (bytes) => {
            if (got.push(bytes) === sizes.length) resolve(got);
          },
          closed: () => resolve(got),
        });
      });
      expect(received.map(({ length }) => length)).toEqual(sizes);
      for (const bytes of received) expect(bytes.every((byte) => byte === bytes.length % 251)).toBe(true);
    });

    it('[N3] tells why the other end closed, once, and nothing after', async () => {
      const closed: number[] = [];
      const line = await new Promise<Transport>((resolve) => {
        const opening = echo.transport({
          opened: () => opening.send(new Uint8Array(0)),
          packet: () => closed.push(-1),
          closed: (code) => {
            closed.push(code);
            resolve(opening);
          },
        });
      });
      line.send(Uint8Array.of(1));
      line.close();
      line.close();
      expect(closed).toEqual([4400]);
    });

    it('[N4] closing at once, or sending on a closed line, hurts nobody', async () => {
      const told: string[] = [];
      const line = echo.transport({
        opened: () => told.push('opened'),
        packet: () => told.push('packet'),
        closed: () => {},
      });
      line.close();
      line.send(Uint8Array.of(1));
      // Another line shows that time has passed.
      await new Promise<void>((resolve) => {
        const other = echo.transport({
          opened: () => other.send(Uint8Array.of(2)),
          packet: () => resolve(),
          closed: () => resolve(),
        });
      });
      expect(told).toEqual([]);
    });
  });
}
