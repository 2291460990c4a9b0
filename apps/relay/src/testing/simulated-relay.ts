import type { TransportEvents, TransportFactory } from '@concord/sync';
import { Access } from '../access.ts';
import { askNobody } from '../auth.ts';
import { Connection, type Rules } from '../connection.ts';
import type { LogStore } from '../log-store.ts';
import { Metrics } from '../metrics.ts';
import { Replicas } from '../replicas.ts';
import { Rooms } from '../rooms.ts';
import type { VirtualClock } from './virtual-clock.ts';

export interface NetworkFaults {
  /** Milliseconds on the way. */
  delay(): number;
  /** How many copies arrive: 0, 1 or 2. */
  copies(): number;
  /** Whether a packet may be overtaken by later ones. */
  overtaken(): boolean;
}

/** Sees every packet at the moment it is sent, before any fault. */
export type Observer = (who: string, direction: 'up' | 'down', packet: Uint8Array) => void;

/** What carries a line. The relay speaks the same over both. */
export type Way = 'WebSocket' | 'server-sent events';

interface Line {
  readonly events: TransportEvents;
  connection: Connection | null;
  isOpen: boolean;
  /** Bytes that the relay has sent and the client has not taken. */
  buffered: number;
  /** What waits for a client that does not read; null for one that does. */
  clogged: (() => void)[] | null;
}

/** The relay's real code behind a simulated network, with a process that can die and start again. */
export class SimulatedRelay {
  readonly #clock: VirtualClock;
  readonly #log: LogStore;
  readonly #faults: NetworkFaults;
  readonly #observe: Observer;
  readonly #lines = new Set<Line>();
  #blockedUntil = 0;
  #process: { readonly rooms: Rooms; readonly rules: Rules; readonly metrics: Metrics } | null = null;

  constructor(clock: VirtualClock, log: LogStore, faults: NetworkFaults, observe: Observer) {
    this.#clock = clock;
    this.#log = log;
    this.#faults = faults;
    this.#observe = observe;
  }

  start(): void {
    if (this.#process) return;
    const metrics = new Metrics();
    const now = (): number => this.#clock.now();
    const rules: Rules = {
      access: new Access(null, { open: true, newRooms: true, now }),
      authenticate: askNobody,
      asks: false,
      replicas: new Replicas(),
      limits: null,
      now,
    };
    this.#process = { rooms: new Rooms(this.#log, metrics, { now }), rules, metrics };
  }

  /** The process is gone: it tells nobody, and the lines break. */
  crash(): void {
    this.#process = null;
    for (const line of [...this.#lines]) this.#cut(line, true);
  }

  /** Breaks a share of the lines. Half of them silently: the client has to notice. */
  cutSome(random: () => number): void {
    for (const line of [...this.#lines]) if (random() < 0.5) this.#cut(line, random() < 0.5);
  }

  /** Some clients stop reading for `ms`; what is sent to them waits. */
  clogSome(random: () => number, ms: number): void {
    for (const line of this.#lines) {
      if (line.clogged || random() < 0.5) continue;
      line.clogged = [];
      this.#clock.after(ms, () => {
        const waiting = line.clogged ?? [];
        line.clogged = null;
        for (const deliver of waiting) deliver();
      });
    }
  }

  /** For `ms`, WebSockets get nothing through, as behind some proxies; other ways do. */
  blockWebSockets(ms: number): void {
    this.#blockedUntil = this.#clock.now() + ms;
  }

  /** A client's way to the relay. */
  transport(who: string, way: Way = 'WebSocket'): TransportFactory {
    return (events) => {
      const line: Line = { events, connection: null, isOpen: true, buffered: 0, clogged: null };
      this.#lines.add(line);
      const up = this.#direction(way);
      const down = this.#direction(way);
      this.#clock.after(this.#faults.delay(), () => {
        if (!line.isOpen || this.#isBlocked(way)) return;
        const running = this.#process;
        if (!running) return this.#cut(line, true);
        const take = (deliver: () => void): void => {
          if (line.clogged) line.clogged.push(deliver);
          else deliver();
        };
        const socket = {
          get buffered() {
            return line.buffered;
          },
          send: (packet: Uint8Array) => {
            // What a process that died was about to say never leaves it.
            if (this.#process !== running) return;
            this.#observe(who, 'down', packet);
            line.buffered += packet.length;
            let isTaken = false;
            down(
              () =>
                take(() => {
                  if (!isTaken) line.buffered -= packet.length;
                  isTaken = true;
                  if (line.isOpen) events.packet(packet);
                }),
              () => {
                line.buffered -= packet.length;
              },
            );
          },
          drained: async () => {
            do await this.#clock.wait(1);
            while (line.isOpen && line.buffered > 64 * 1024);
          },
          close: (code: number, reason: string) => {
            down(() => take(() => line.isOpen && events.closed(code, reason)));
            line.connection = null;
          },
        };
        line.connection = new Connection(socket, running.rooms, running.metrics, running.rules);
        events.opened();
      });
      return {
        send: (packet) => {
          this.#observe(who, 'up', packet);
          up(() => line.connection?.receive(packet));
        },
        close: () => {
          line.isOpen = false;
          this.#lines.delete(line);
          up(() => line.connection?.ended());
        },
      };
    };
  }

  #cut(line: Line, isTold: boolean): void {
    this.#lines.delete(line);
    const { connection } = line;
    line.connection = null;
    if (this.#process) connection?.ended();
    this.#clock.after(this.#faults.delay(), () => {
      if (line.isOpen && isTold) line.events.closed(1006, 'cut');
      line.isOpen = false;
    });
  }

  #isBlocked(way: Way): boolean {
    return way === 'WebSocket' && this.#clock.now() < this.#blockedUntil;
  }

  /** One direction of a line. `lost` is called if nothing will arrive. */
  #direction(way: Way): (deliver: () => void, lost?: () => void) => void {
    let last = 0;
    return (deliver, lost) => {
      const copies = this.#isBlocked(way) ? 0 : this.#faults.copies();
      if (copies === 0) lost?.();
      for (let i = 0; i < copies; i++) {
        const now = this.#clock.now();
        const at = Math.max(last, now + this.#faults.delay());
        const isLate = this.#faults.overtaken();
        if (!isLate) last = at;
        this.#clock.after(at - now + (isLate ? this.#faults.delay() : 0), deliver);
      }
    };
  }
}
