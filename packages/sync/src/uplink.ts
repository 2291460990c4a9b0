import type { LineHealth } from './line-health.ts';
import { Outbox } from './outbox.ts';
import { Pacer } from './pacer.ts';
import {
  type Ack,
  type Change,
  type Culprit,
  type Limits,
  MAX_MESSAGE,
  MAX_SNAPSHOT,
  type ReplicaId,
  sizeOf,
  type VersionVector,
} from './protocol/index.ts';

/** The way of changes to the relay: what waits, how fast it may go, and what its acknowledgements tell of the line. */
export class Uplink {
  readonly outbox: Outbox;
  readonly #health: LineHealth;
  readonly #pacer = new Pacer();
  /** Since when a round trip is measured, and which id ends it. */
  #timed: { readonly since: number; readonly replica: ReplicaId; readonly to: number } | null = null;

  constructor(changes: readonly Change[], health: LineHealth) {
    this.outbox = new Outbox(changes);
    this.#health = health;
  }

  /** When what the pace holds back may be sent; never if nothing is held back. */
  get pacedUntil(): number {
    return this.outbox.isPaced ? this.#pacer.readyAt : Number.POSITIVE_INFINITY;
  }

  /** A new connection, and what its relay allows. */
  begin(limits: Limits, now: number): void {
    this.#pacer.begin(limits, now);
    this.outbox.limit = Math.min(limits.message || MAX_MESSAGE, MAX_SNAPSHOT);
    this.#timed = null;
  }

  /** The relay told what it has: this is what it lacks. */
  reset(changes: readonly Change[], now: number): void {
    this.outbox.reset(changes);
    this.#measureAnew(now);
  }

  acknowledge({ level, version }: Ack, now: number): void {
    const timed = this.#timed;
    if (timed && (version.get(timed.replica) ?? 0) >= timed.to) {
      this.#health.sample(now - timed.since, now);
      this.#timed = null;
    }
    // Only what is on a disk is forgotten; but whatever is heard of it is progress.
    const isProgress = level !== 'durable' || this.outbox.acknowledge(version);
    this.#health.onTheWay(this.outbox.bytesInFlight, isProgress ? 'acknowledged' : 'more', now);
  }

  /** The relay has this by another way. */
  forget(version: VersionVector, now: number): void {
    const isProgress = this.outbox.acknowledge(version);
    this.#health.onTheWay(this.outbox.bytesInFlight, isProgress ? 'acknowledged' : 'more', now);
  }

  /** The relay will never take this change. */
  refused(culprit: Culprit, now: number): void {
    this.outbox.hold(culprit);
    this.#measureAnew(now);
  }

  /** The relay took nothing of the last batch, and wants to be left alone for so many milliseconds. */
  pause(ms: number, now: number): void {
    this.#pacer.pause(Math.max(1, ms), now);
    this.outbox.rewind();
    this.#measureAnew(now);
  }

  /** What to send now; it counts as sent from here on. */
  take(now: number): readonly Change[] {
    const wasIdle = this.outbox.inFlight === 0;
    const changes = this.outbox.take(this.#pacer.allowance(now));
    const last = changes.at(-1);
    if (!last) return changes;
    const bytes = changes.reduce((sum, change) => sum + sizeOf(change), 0);
    this.#pacer.spend({ changes: changes.length, bytes });
    if (wasIdle) this.#timed = { since: now, replica: last.replica, to: last.to };
    this.#health.onTheWay(this.outbox.bytesInFlight, 'more', now);
    return changes;
  }

  #measureAnew(now: number): void {
    this.#timed = null;
    this.#health.onTheWay(this.outbox.bytesInFlight, 'anew', now);
  }
}
