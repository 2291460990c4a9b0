import { type Clock, systemClock } from '../clock.ts';
import { Observable } from '../observable.ts';
import { isFragment } from '../protocol/index.ts';
import type { Transport, TransportEvents, TransportFactory } from '../transport.ts';

/** What a network does to packets. */
export interface NetworkCondition {
  /** Milliseconds on the way, one way: at least, and at most so many more. */
  readonly delay: number;
  readonly jitter: number;
  /** Bytes per second, each way; 0: as many as come. */
  readonly rate: number;
  /** The share of whole messages that never arrive. */
  readonly loss: number;
  /** True: lines break, and none opens. */
  readonly cut: boolean;
}

/** Networks that a user may want to see the app on. */
export const networks = {
  good: { delay: 0, jitter: 0, rate: 0, loss: 0, cut: false },
  slow: { delay: 300, jitter: 300, rate: 32_768, loss: 0, cut: false },
  lossy: { delay: 50, jitter: 150, rate: 0, loss: 0.2, cut: false },
  cut: { delay: 0, jitter: 0, rate: 0, loss: 0, cut: true },
} as const satisfies Record<string, NetworkCondition>;

export type NetworkName = keyof typeof networks;

export interface SimulatedNetwork {
  /** The transport given, on the network of the moment. */
  readonly transport: TransportFactory;
  /** Changes the network, also under lines that are open. */
  set(network: NetworkName | NetworkCondition): void;
  readonly condition: Pick<Observable<NetworkName | NetworkCondition>, 'get' | 'subscribe'>;
}

export interface SimulatedNetworkOptions {
  readonly clock?: Clock;
  /** Numbers in [0, 1). */
  readonly random?: () => number;
}

const BROKEN = 1006;
/** Milliseconds after which an attempt on a cut network fails. */
const NO_ROUTE = 200;

/** Any transport with a network under it that can be made slow, lossy or dead: for demonstrations and for tests. */
export function simulatedNetwork(
  inner: TransportFactory,
  { clock = systemClock, random = Math.random }: SimulatedNetworkOptions = {},
): SimulatedNetwork {
  const condition = new Observable<NetworkName | NetworkCondition>('good', Object.is);
  const now = (): NetworkCondition => {
    const network = condition.get();
    return typeof network === 'string' ? networks[network] : network;
  };
  const breaks = new Set<() => void>();
  const transport: TransportFactory = (events) => openLine(inner, events, { clock, random, now, breaks });
  return {
    transport,
    condition,
    set: (network) => {
      condition.set(network);
      if (now().cut) for (const cut of [...breaks]) cut();
    },
  };
}

interface World extends Required<SimulatedNetworkOptions> {
  now(): NetworkCondition;
  /** Ends each open line. */
  readonly breaks: Set<() => void>;
}

function openLine(inner: TransportFactory, events: TransportEvents, world: World): Transport {
  const { clock, now, breaks } = world;
  let isOver = false;
  const finish = (): boolean => {
    if (isOver) return false;
    isOver = true;
    breaks.delete(cut);
    return true;
  };
  const cut = (): void => {
    if (!finish()) return;
    line.close();
    // As if the other end had been heard to break, a moment later.
    clock.after(0, () => events.closed(BROKEN, 'the network is gone'));
  };
  if (now().cut) {
    clock.after(NO_ROUTE, () => finish() && events.closed(BROKEN, 'no route'));
    return { send: () => {}, close: () => void finish() };
  }
  const up = new Way(world);
  const down = new Way(world);
  const line = inner({
    opened: () => down.pass(0, () => isOver || events.opened()),
    packet: (bytes) => {
      if (!down.loses(bytes)) down.pass(bytes.length, () => isOver || events.packet(bytes));
    },
    closed: (code, reason) => down.pass(0, () => finish() && events.closed(code, reason)),
  });
  breaks.add(cut);
  return {
    get name() {
      return line.name ?? '';
    },
    send: (packet) => {
      if (!isOver && !up.loses(packet)) up.pass(packet.length, () => isOver || line.send(packet));
    },
    close: () => {
      if (finish()) line.close();
    },
  };
}

/** One direction of a line: things arrive in the order in which they left. */
class Way {
  readonly #world: World;
  /** When the last byte that left is through, and when the last thing arrives. */
  #freeAt = 0;
  #lastAt = 0;
  readonly #queue: (() => void)[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** Whether this packet is lost. A piece never is: what a network loses of a stream ends it, and here it goes on. */
  loses(packet: Uint8Array): boolean {
    const { random, now } = this.#world;
    const { loss } = now();
    return loss > 0 && !isFragment(packet) && random() < loss;
  }

  pass(bytes: number, arrive: () => void): void {
    const { clock, random } = this.#world;
    const { delay, jitter, rate } = this.#world.now();
    const now = clock.now();
    this.#freeAt = Math.max(now, this.#freeAt) + (rate === 0 ? 0 : (bytes / rate) * 1_000);
    this.#lastAt = Math.max(this.#lastAt, this.#freeAt + delay + (jitter === 0 ? 0 : random() * jitter));
    if (this.#lastAt <= now && this.#queue.length === 0) {
      arrive();
      return;
    }
    this.#queue.push(arrive);
    // Timers due within a millisecond of each other may come in any order: each lets the first in the queue pass.
    clock.after(this.#lastAt - now, () => this.#queue.shift()?.());
  }
}
