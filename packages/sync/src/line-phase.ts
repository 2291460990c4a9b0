import { OPEN_WITHIN } from './line-health.ts';

/** How far the line has come. `catching-up` and `live`: in the room. */
type Phase = 'stopped' | 'waiting' | 'connecting' | 'greeting' | 'joining' | 'catching-up' | 'live';

/** A connection that held this long, in milliseconds, starts the backoff anew. */
const STEADY = 5_000;

/** How far the line to the relay has come, and how long it may stay there. */
export class LinePhase {
  #phase: Phase = 'stopped';
  #deadline: number | null = null;
  #greetedAt = 0;
  #liveSince = 0;

  is(phase: Phase): boolean {
    return this.#phase === phase;
  }

  /** The room is entered. */
  get isJoined(): boolean {
    return this.#phase === 'catching-up' || this.#phase === 'live';
  }

  /** There is no line, and none is being opened. */
  get isDown(): boolean {
    return this.#phase === 'stopped' || this.#phase === 'waiting';
  }

  /** While the room is not entered: when to do what is next. */
  get deadline(): number | null {
    return this.#deadline;
  }

  connect(now: number): void {
    this.#phase = 'connecting';
    this.#deadline = now + OPEN_WITHIN;
  }

  greet(now: number): void {
    this.#phase = 'greeting';
    this.#deadline = now + OPEN_WITHIN;
    this.#greetedAt = now;
  }

  /** Returns how long the relay took to answer the greeting. */
  join(now: number): number {
    this.#phase = 'joining';
    this.#deadline = now + OPEN_WITHIN;
    return now - this.#greetedAt;
  }

  enter(): void {
    if (this.#phase === 'joining') this.#phase = 'catching-up';
  }

  caughtUp(now: number): void {
    if (this.#phase !== 'catching-up') return;
    this.#phase = 'live';
    this.#liveSince = now;
  }

  /** Whether it has held long enough to be trusted. */
  isSteady(now: number): boolean {
    return this.#phase === 'live' && now >= this.#liveSince + STEADY;
  }

  /** Until another attempt is made. */
  wait(until: number): void {
    this.#phase = 'waiting';
    this.#deadline = until;
  }

  stop(): void {
    this.#phase = 'stopped';
    this.#deadline = null;
  }
}
