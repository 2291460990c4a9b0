import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Transport, TransportEvents, TransportFactory } from '../transport.ts';
import { fallbackTransport } from './fallback.ts';

/** A way whose every event is the test's doing. */
class Way {
  readonly lines: { readonly events: TransportEvents; readonly sent: number[]; closed: boolean }[] = [];

  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  readonly transport: TransportFactory = (events) => {
    const line = { events, sent: [] as number[], closed: false };
    this.lines.push(line);
    return {
      name: this.name,
      send: ([first = 0]) => line.sent.push(first),
      close: () => {
        line.closed = true;
      },
    };
  };

  get last() {
    const line = this.lines.at(-1);
    if (!line) throw new Error(`${this.name} was not tried`);
    return line;
  }
}

describe('fallbackTransport', () => {
  let a = new Way('A');
  let b = new Way('B');
  let transport: TransportFactory;
  let line: Transport;
  let told: string[];
  const open = (): void => {
    told = [];
    line = transport({
      opened: () => told.push('opened'),
      packet: ([first]) => told.push(`packet ${first}`),
      closed: (code) => told.push(`closed ${code}`),
    });
  };
  /** `way` opens, and the relay answers on it. */
  const win = (way: Way): void => {
    way.last.events.opened();
    way.last.events.packet(Uint8Array.of(7));
  };

  beforeEach(() => {
    vi.useFakeTimers();
    [a, b] = [new Way('A'), new Way('B')];
    transport = fallbackTransport([a.transport, b.transport]);
    open();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('[F1] the first way has 3 s before the second is tried beside it; the first packet decides', () => {
    vi.advanceTimersByTime(2_999);
    expect(b.lines).toHaveLength(0);
    vi.advanceTimersByTime(1);
    expect(b.lines).toHaveLength(1);
    b.last.events.opened();
    line.send(Uint8Array.of(1));
    // It opens after all, and gets what was said; but the other has an answer first.
    a.last.events.opened();
    expect([a.last.sent, b.last.sent]).toEqual([[1], [1]]);
    b.last.events.packet(Uint8Array.of(7));
    a.last.events.packet(Uint8Array.of(8));
    line.send(Uint8Array.of(2));
    expect([told, a.last.closed, b.last.sent, line.name]).toEqual([
      ['opened', 'packet 7'],
      true,
      [1, 2],
      'B',
    ]);
  });

  it('[F2] a way that fails leaves the next one no time to lose; only the last failure is told', () => {
    a.last.events.closed(1006, '');
    expect([b.lines.length, told]).toEqual([1, []]);
    b.last.events.closed(1006, '');
    expect(told).toEqual(['closed 1006']);
    b.last.events.closed(1006, '');
    expect(told).toHaveLength(1);
  });

  it('[F3] a refusal by the relay itself is told at once: the other way leads to the same relay', () => {
    a.last.events.opened();
    a.last.events.closed(4402, '');
    expect([b.lines.length, told]).toEqual([0, ['opened', 'closed 4402']]);
  });

  it('[F4] three failures in a row, and a way is left out for half a minute, longer each time', () => {
    const fail = (): void => {
      a.last.events.closed(1006, '');
      win(b);
      b.last.events.closed(1006, '');
    };
    fail();
    for (let n = 1; n < 3; n++) {
      vi.advanceTimersByTime(10);
      open();
      fail();
    }
    expect(a.lines).toHaveLength(3);
    open();
    // Both are out: then all are tried, rather than none.
    expect(a.lines).toHaveLength(4);
    win(a);
    vi.advanceTimersByTime(6_000);
    a.last.events.closed(4500, '');
    vi.advanceTimersByTime(60_000);
    open();
    expect(a.lines).toHaveLength(5);
    a.last.events.closed(1006, '');
    win(b);
    vi.advanceTimersByTime(6_000);
    b.last.events.closed(4500, '');
    for (let n = 0; n < 2; n++) {
      open();
      a.last.events.closed(1006, '');
      win(b);
      vi.advanceTimersByTime(6_000);
      b.last.events.closed(4500, '');
    }
    expect(a.lines).toHaveLength(7);
    open();
    expect(a.lines).toHaveLength(7);
    win(b);
    vi.advanceTimersByTime(30_000);
    open();
    expect(a.lines).toHaveLength(8);
  });

  it('[F5] after a line broke or died in silence, the second way is tried after a fifth of a second', () => {
    for (const end of [() => a.last.events.closed(1006, ''), () => line.close()]) {
      win(a);
      vi.advanceTimersByTime(10_000);
      end();
      const tried = b.lines.length;
      open();
      vi.advanceTimersByTime(200);
      expect(b.lines.length).toBe(tried + 1);
    }
  });

  it('[F6] hung up, it hangs up on every way, and starts no more', () => {
    vi.advanceTimersByTime(1_000);
    line.close();
    vi.advanceTimersByTime(10_000);
    expect([a.last.closed, b.lines.length, told]).toEqual([true, 0, []]);
  });
});
