import type { Allowance } from './outbox.ts';
import type { Limits } from './protocol/index.ts';

/** A bucket holds what may be sent in one second. */
const SECOND = 1_000;

/** Keeps to the rates that the relay told, so that it has no reason to refuse. Two token buckets: changes and bytes. */
export class Pacer {
  #limits: Pick<Limits, 'changes' | 'bytes'> = { changes: 0, bytes: 0 };
  #changes = 0;
  #bytes = 0;
  #at = 0;
  #pausedUntil = 0;

  /** A new connection: its limits, and full buckets. */
  begin(limits: Pick<Limits, 'changes' | 'bytes'>, now: number): void {
    this.#limits = limits;
    this.#changes = limits.changes;
    this.#bytes = limits.bytes;
    this.#at = now;
    this.#pausedUntil = 0;
  }

  /** The relay asked for a pause of so many milliseconds. */
  pause(ms: number, now: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, now + ms);
  }

  /** What may be sent now. */
  allowance(now: number): Allowance {
    if (now < this.#pausedUntil) return { changes: 0, bytes: 0 };
    const { changes, bytes } = this.#limits;
    const share = Math.max(0, now - this.#at) / SECOND;
    this.#at = now;
    this.#changes = Math.min(changes, this.#changes + share * changes);
    this.#bytes = Math.min(bytes, this.#bytes + share * bytes);
    // A change larger than a second's bytes is sent from a full bucket, and the debt is waited for afterwards.
    const isOut = bytes > 0 && this.#bytes < Math.min(bytes, 1);
    return {
      changes: isOut ? 0 : changes === 0 ? Number.POSITIVE_INFINITY : Math.floor(this.#changes),
      bytes: bytes === 0 ? Number.POSITIVE_INFINITY : this.#bytes,
    };
  }

  spend({ changes, bytes }: Allowance): void {
    this.#changes -= changes;
    this.#bytes -= bytes;
  }

  /** When something may be sent again, in the milliseconds of `now`. */
  get readyAt(): number {
    const wait = (has: number, rate: number): number =>
      rate === 0 || has >= 1 ? 0 : Math.ceil(((1 - has) / rate) * SECOND);
    const { changes, bytes } = this.#limits;
    return Math.max(
      this.#pausedUntil,
      this.#at + wait(this.#changes, changes),
      this.#at + wait(this.#bytes, bytes),
    );
  }
}
