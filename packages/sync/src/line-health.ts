/** How long a message takes to the relay and back, in milliseconds. */
export interface RoundTrip {
  readonly p50: number;
  readonly p95: number;
}

/** Milliseconds without news after which to ask. The question is a JOIN: it proves the line and heals any loss. */
const ASK_AFTER = 20_000;
/** Milliseconds to wait for an answer at most before the line counts as dead, though other things are heard on it. */
const ANSWER_WITHIN = 10_000;
/** Bounds of the silence, in milliseconds, after which something unanswered is asked after; twice that is death. */
const QUIET = { least: 1_200, most: 5_000, roundTrips: 4 };
/** The slowest line that is given time for all that is on its way, in bytes per millisecond: 32 KiB/s. */
const SLOWEST = 32;
/** So many bytes need no time of their own. */
const FREE = 16 * 1024;
/** Round trips kept. */
const SAMPLES = 64;
const TELL_EVERY = 1_000;

/**
 * Whether the line still lives. What is on its way, in either direction, is given the time that a slow line needs;
 * silence while something is unanswered is noticed within seconds.
 */
export class LineHealth {
  #samples: number[] = [];
  #roundTrip: RoundTrip | null = null;
  #toldAt = 0;
  #heardAt = 0;
  #bytesHeard = 0;
  /** When the question was put that has no answer yet. */
  #askedAt: number | null = null;
  /** When changes went out on an idle line, or the relay last acknowledged some. */
  #progressAt = 0;
  #isWaiting = false;
  /** Answers since the last acknowledgement: a relay whose disk is slow is asked less and less often. */
  #inVain = 0;
  #bytesOut = 0;
  /** What else went out before the question, in bytes: its answer comes after all of that is through. */
  #burden = 0;

  /** A new line. What earlier ones took is remembered as a hint. */
  begin(now: number): void {
    this.#askedAt = null;
    this.#isWaiting = false;
    this.#inVain = 0;
    this.#bytesOut = 0;
    this.#burden = 0;
    this.#progressAt = now;
    this.#heardAt = now;
    this.#bytesHeard = 0;
  }

  get roundTrip(): RoundTrip | null {
    return this.#roundTrip;
  }

  /** The latest round trips, the oldest first, in milliseconds. */
  get samples(): readonly number[] {
    return this.#samples;
  }

  get isAsking(): boolean {
    return this.#askedAt !== null;
  }

  /** Something came, be it only a piece of something. */
  heard(bytes: number, now: number): void {
    this.#heardAt = now;
    this.#bytesHeard += bytes;
  }

  asked(now: number): void {
    this.#askedAt = now;
    this.#bytesHeard = 0;
  }

  /** So many bytes go out that nobody acknowledges: to be asked after. */
  burdened(bytes: number): void {
    this.#burden += bytes;
  }

  answered(now: number): void {
    const wasBurdened = this.#burden > 0;
    this.#burden = 0;
    if (this.#askedAt !== null && !wasBurdened) this.sample(now - this.#askedAt, now);
    if (this.#isWaiting) this.#inVain++;
    this.#askedAt = null;
  }

  /** The question was refused: there will be no answer. */
  withdraw(): void {
    this.#askedAt = null;
  }

  /** How much is on its way unacknowledged; and why that is told: the relay acknowledged some, it goes anew, or there is more. */
  onTheWay(bytes: number, why: 'acknowledged' | 'anew' | 'more', now: number): void {
    if (why === 'acknowledged') this.#inVain = 0;
    if (why !== 'more' || !this.#isWaiting) {
      this.#progressAt = now;
      if (this.#askedAt === null) this.#bytesHeard = 0;
    }
    this.#isWaiting = bytes > 0;
    this.#bytesOut = bytes;
  }

  /** A round trip took so many milliseconds. What is told of them changes at most once a second: people read it. */
  sample(ms: number, now: number): void {
    this.#samples.push(Math.max(0, ms));
    if (this.#samples.length > SAMPLES) this.#samples.shift();
    if (this.#roundTrip && now < this.#toldAt + TELL_EVERY) return;
    this.#toldAt = now;
    const sorted = this.#samples.toSorted((a, b) => a - b);
    const at = (share: number): number => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
    const next = { p50: at(0.5), p95: at(0.95) };
    const last = this.#roundTrip;
    if (last?.p50 !== next.p50 || last.p95 !== next.p95) this.#roundTrip = next;
  }

  /** What to do at `now` on a joined line. */
  verdict(now: number): 'fine' | 'ask' | 'dead' {
    if (now >= this.#deadAt) return 'dead';
    return this.#askedAt === null && now >= this.#askAt ? 'ask' : 'fine';
  }

  /** When the verdict may become another. */
  get deadline(): number {
    return this.#askedAt === null ? Math.min(this.#askAt, this.#deadAt) : this.#deadAt;
  }

  /** When what is unanswered began to be. */
  get #since(): number | null {
    if (!this.#isWaiting) return this.#askedAt;
    return this.#askedAt === null ? this.#progressAt : Math.min(this.#askedAt, this.#progressAt);
  }

  get #out(): number {
    return this.#bytesOut + this.#burden;
  }

  get #quiet(): number {
    const p95 = this.#roundTrip?.p95 ?? QUIET.most;
    return Math.min(QUIET.most, Math.max(QUIET.least, QUIET.roundTrips * p95) * 2 ** this.#inVain);
  }

  get #askAt(): number {
    const idle = this.#heardAt + ASK_AFTER;
    if (!this.#isWaiting) return idle;
    return Math.min(idle, Math.max(this.#heardAt, this.#progressAt) + this.#quiet + transfer(this.#out));
  }

  get #deadAt(): number {
    const since = this.#since;
    if (since === null) return Number.POSITIVE_INFINITY;
    const silence = Math.max(this.#heardAt, since) + 2 * this.#quiet + transfer(this.#out);
    return Math.min(silence, since + ANSWER_WITHIN + transfer(this.#out + this.#bytesHeard));
  }
}

/** Milliseconds that so many bytes may take on a slow line. */
function transfer(bytes: number): number {
  return Math.max(0, bytes - FREE) / SLOWEST;
}

/** Milliseconds to wait for a line to open, for WELCOME, and for JOINED. */
export const OPEN_WITHIN = ANSWER_WITHIN;
