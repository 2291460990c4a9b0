import type { TransportEvents, TransportFactory } from '@concord/sync';
import { decodeFrame, type Frame } from '@concord/sync/protocol';
import { Connection } from '../connection.ts';
import type { LogStore } from '../log-store.ts';
import { Metrics } from '../metrics.ts';
import { Rooms } from '../rooms.ts';
import type { VirtualClock } from './virtual-clock.ts';

export interface NetworkFaults {
  /** Milliseconds on the way. With `ordered` false, a later packet may overtake. */
  delay(): number;
  readonly ordered: boolean;
  /** How many copies arrive: 0, 1 or 2. */
  copies(): number;
}

interface Line {
  readonly events: TransportEvents;
  connection: Connection | null;
  isOpen: boolean;
}

/** The relay's real code behind a simulated network, with a process that can die and start again. */
export class SimulatedRelay {
  readonly #clock: VirtualClock;
  readonly #log: LogStore;
  readonly #faults: NetworkFaults;
  /** Sees every frame on its way to a client, before any fault. */
  readonly #observe: (frame: Frame) => void;
  readonly #lines = new Set<Line>();
  #rooms: Rooms | null = null;
  #metrics = new Metrics();

  constructor(clock: VirtualClock, log: LogStore, faults: NetworkFaults, observe: (frame: Frame) => void) {
    this.#clock = clock;
    this.#log = log;
    this.#faults = faults;
    this.#observe = observe;
  }

  get metrics(): Metrics {
    return this.#metrics;
  }

  start(): void {
    if (this.#rooms) return;
    this.#metrics = new Metrics();
    this.#rooms = new Rooms(this.#log, this.#metrics);
  }

  /** The process is gone: it tells nobody, and the lines break. */
  crash(): void {
    this.#rooms = null;
    for (const line of [...this.#lines]) this.#cut(line, true);
  }

  /** Breaks a share of the lines. Half of them silently: the client has to notice. */
  cutSome(random: () => number): void {
    for (const line of [...this.#lines]) if (random() < 0.5) this.#cut(line, random() < 0.5);
  }

  readonly transport: TransportFactory = (events) => {
    const line: Line = { events, connection: null, isOpen: true };
    this.#lines.add(line);
    const up = this.#way();
    const down = this.#way();
    this.#clock.after(this.#faults.delay(), () => {
      if (!line.isOpen) return;
      const rooms = this.#rooms;
      if (!rooms) return this.#cut(line, true);
      const socket = {
        buffered: 0,
        send: (packet: Uint8Array) => {
          this.#observe(decodeFrame(packet));
          down(() => line.isOpen && events.packet(packet));
        },
        drained: () => this.#clock.wait(1),
        close: (code: number, reason: string) => {
          down(() => line.isOpen && events.closed(code, reason));
          line.connection = null;
        },
      };
      line.connection = new Connection(socket, rooms, this.#metrics);
      events.opened();
    });
    return {
      send: (packet) => up(() => line.connection?.receive(packet)),
      close: () => {
        line.isOpen = false;
        this.#lines.delete(line);
        up(() => line.connection?.ended());
      },
    };
  };

  #cut(line: Line, isTold: boolean): void {
    this.#lines.delete(line);
    const { connection } = line;
    line.connection = null;
    if (this.#rooms) connection?.ended();
    this.#clock.after(this.#faults.delay(), () => {
      if (line.isOpen && isTold) line.events.closed(1006, 'cut');
      line.isOpen = false;
    });
  }

  /** One direction of a line. */
  #way(): (deliver: () => void) => void {
    let last = 0;
    return (deliver) => {
      for (let copies = this.#faults.copies(); copies > 0; copies--) {
        const at = this.#clock.now() + this.#faults.delay();
        last = this.#faults.ordered ? Math.max(last, at) : at;
        this.#clock.after(last - this.#clock.now(), deliver);
      }
    };
  }
}
