/** Numbers in [0, 1) with the words that a simulation needs. */
export class Dice {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  readonly next = (): number => this.#random();

  /** A whole number in [from, to). */
  between(from: number, to: number): number {
    return from + Math.floor(this.#random() * (to - from));
  }

  chance(p: number): boolean {
    return this.#random() < p;
  }

  /** One of them. */
  of<T>(all: readonly T[]): T | undefined {
    return all[this.between(0, all.length)];
  }
}

/** What one run suffers. Drawn once from the seed, so that each fault is met alone and with others. */
export interface Weather {
  /** Milliseconds of faults. */
  readonly storm: number;
  readonly people: number;
  /** Shares of packets that are lost, come twice, or are overtaken. */
  readonly loss: number;
  readonly repetition: number;
  readonly reordering: number;
  /** The longest way of a packet, in milliseconds. */
  readonly slowest: number;
  /** Devices' clocks are wrong by up to a day, and are put right or wrong on the way. */
  readonly skewedClocks: boolean;
  /** Share of the relay's writes that fail, and whether its disk fills up for a while. */
  readonly writeFailures: number;
  readonly diskFills: boolean;
  /** Whether stores of devices refuse writes for a while. */
  readonly quotas: boolean;
  /** Whether clients stop reading for a while, up to ten of them. */
  readonly clogs: boolean;
  /** Whether WebSockets are blocked for a while; clients then have another way. */
  readonly blocks: boolean;
  readonly crashes: boolean;
  readonly tabKills: boolean;
  /**
   * The relay's disk is now and then replaced. `restart`: by an empty one or a backup, and the relay starts anew.
   * `underneath`: by a backup, while the relay runs on.
   */
  readonly resets: 'never' | 'restart' | 'underneath';
  /** Whether the log is the real one, in SQLite, and not the model of it. */
  readonly realLog: boolean;
}

/** Milliseconds by which a clock may be wrong: a day. */
export const LARGEST_SKEW = 24 * 3_600_000;

export function forecast(dice: Dice, wanted: Partial<Weather> = {}): Weather {
  const lossy = dice.chance(0.5);
  const share = (): number => (lossy && dice.chance(0.7) ? dice.next() * 0.3 : 0);
  const drawn: Weather = {
    storm: dice.between(2_000, 10_000),
    people: dice.chance(0.05) ? dice.between(5, 11) : dice.between(2, 5),
    loss: share(),
    repetition: share(),
    reordering: share(),
    slowest: dice.between(5, 200),
    skewedClocks: dice.chance(0.3),
    writeFailures: dice.chance(0.2) ? 0.05 : 0,
    diskFills: dice.chance(0.15),
    quotas: dice.chance(0.2),
    clogs: dice.chance(0.3),
    blocks: dice.chance(0.2),
    crashes: dice.chance(0.5),
    tabKills: dice.chance(0.5),
    resets: dice.chance(0.25) ? (dice.chance(0.7) ? 'restart' : 'underneath') : 'never',
    realLog: dice.chance(0.05),
  };
  return { ...drawn, ...wanted };
}
