import { type Clock, systemClock } from '../clock.ts';
import type { Transport, TransportEvents, TransportFactory } from '../transport.ts';
import { Breaker } from './breaker.ts';

/** Milliseconds that a way has to bring a first packet before the next one is tried beside it. */
const HEAD_START = { healthy: 3_000, suspect: 200 };
/** Milliseconds without a packet after which a line that is hung up may have been dead. */
const SILENCE = 2_000;
/** A line that brought packets for so many milliseconds was a good one. */
const STEADY = 5_000;

/** One way to the relay, and how it fared so far. */
interface Way {
  readonly open: TransportFactory;
  readonly breaker: Breaker;
}

/**
 * The first of several ways that works. They are tried in order, the next one as soon as the one before fails or has
 * brought nothing for 3 s; whichever brings a packet first is the line, the others are dropped. So a proxy that accepts
 * a WebSocket and then passes nothing is noticed. A way that fails again and again is left out for a while.
 */
export function fallbackTransport(
  factories: readonly TransportFactory[],
  { clock = systemClock }: { readonly clock?: Clock } = {},
): TransportFactory {
  const ways = factories.map((open): Way => ({ open, breaker: new Breaker(() => clock.now()) }));
  return (events) => {
    const usable = ways.filter(({ breaker }) => !breaker.isOpen);
    return new Race(usable.length > 0 ? usable : ways, clock, events);
  };
}

/** A line that is being tried, or has won. */
interface Attempt {
  readonly line: Transport;
  readonly since: number;
  isOpen: boolean;
}

class Race implements Transport {
  readonly #ways: readonly Way[];
  readonly #clock: Clock;
  readonly #events: TransportEvents;
  readonly #attempts = new Map<Way, Attempt>();
  /** What was sent before there was a winner: each way that opens gets it, too. It is a HELLO, which may come twice. */
  readonly #early: Uint8Array[] = [];
  #next = 0;
  #winner: Way | null = null;
  #wonAt = 0;
  #heardAt = 0;
  #isOpen = false;
  #isOver = false;
  #cancel: () => void = () => {};

  constructor(ways: readonly Way[], clock: Clock, events: TransportEvents) {
    this.#ways = ways;
    this.#clock = clock;
    this.#events = events;
    this.#tryNext();
  }

  get name(): string {
    return (this.#winner && this.#attempts.get(this.#winner)?.line.name) ?? '';
  }

  send(packet: Uint8Array): void {
    if (this.#winner) this.#attempts.get(this.#winner)?.line.send(packet);
    else {
      this.#early.push(packet);
      for (const { line, isOpen } of this.#attempts.values()) if (isOpen) line.send(packet);
    }
  }

  close(): void {
    if (this.#isOver) return;
    // Who hangs up on a silent line may have done so because it was dead.
    if (!this.#winner) this.#blame(this.#attempts.keys());
    else this.#judge(this.#winner, this.#clock.now() >= this.#heardAt + SILENCE);
    this.#end();
  }

  #tryNext(): void {
    this.#cancel();
    const way = this.#ways[this.#next++];
    if (!way || this.#isOver || this.#winner) return;
    if (this.#next < this.#ways.length) {
      const start = way.breaker.isSuspect ? HEAD_START.suspect : HEAD_START.healthy;
      this.#cancel = this.#clock.after(start, () => this.#tryNext());
    }
    const line = way.open({
      opened: () => this.#opened(way),
      packet: (bytes) => this.#packet(way, bytes),
      closed: (code, reason) => this.#closed(way, code, reason),
    });
    this.#attempts.set(way, { line, since: this.#clock.now(), isOpen: false });
  }

  #opened(way: Way): void {
    const attempt = this.#attempts.get(way);
    if (!attempt) return;
    attempt.isOpen = true;
    for (const packet of this.#early) attempt.line.send(packet);
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#events.opened();
  }

  #packet(way: Way, bytes: Uint8Array): void {
    if (!this.#attempts.has(way)) return;
    this.#heardAt = this.#clock.now();
    if (!this.#winner) this.#win(way);
    this.#events.packet(bytes);
  }

  #win(way: Way): void {
    this.#winner = way;
    this.#wonAt = this.#clock.now();
    this.#cancel();
    const others = [...this.#attempts.keys()].filter((other) => other !== way);
    this.#blame(others);
    for (const other of others) this.#drop(other);
  }

  #closed(way: Way, code: number, reason: string): void {
    if (!this.#attempts.delete(way)) return;
    // A code of its own is the relay's word: this way works, though the relay says no.
    const isRelay = code >= 4000 || code === 1012 || code === 1013;
    if (this.#winner === way) this.#judge(way, !isRelay);
    else if (!isRelay) way.breaker.failed();
    const isLast = this.#attempts.size === 0 && (isRelay || this.#next >= this.#ways.length);
    if (this.#winner === way || isLast) {
      this.#end();
      this.#events.closed(code, reason);
    } else this.#tryNext();
  }

  /** A line that held for a while makes good what was before; one that broke is suspect all the same. */
  #judge(way: Way, isBroken: boolean): void {
    if (this.#clock.now() >= this.#wonAt + STEADY) way.breaker.worked();
    if (isBroken) way.breaker.failed();
  }

  /** Those that had their time and brought nothing. */
  #blame(ways: Iterable<Way>): void {
    for (const way of ways) {
      const since = this.#attempts.get(way)?.since ?? 0;
      if (this.#clock.now() >= since + HEAD_START.healthy) way.breaker.failed();
    }
  }

  #drop(way: Way): void {
    this.#attempts.get(way)?.line.close();
    this.#attempts.delete(way);
  }

  #end(): void {
    this.#isOver = true;
    this.#cancel();
    for (const way of [...this.#attempts.keys()]) this.#drop(way);
  }
}
