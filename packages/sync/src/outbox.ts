import { type Change, fits, type ReplicaId, sizeOf, type VersionVector } from './protocol/index.ts';

/** How much may be on its way unacknowledged, in bytes. One change always may. */
const WINDOW = 512 * 1024;

/** Changes that the relay has not said to have on disk, in an order that it can take. */
export class Outbox {
  #changes: Change[];
  /** The first `#sent` changes are on their way. */
  #sent = 0;
  #bytesSent = 0;

  constructor(changes: readonly Change[]) {
    this.#changes = [...changes];
  }

  get size(): number {
    return this.#changes.length;
  }

  get inFlight(): number {
    return this.#sent;
  }

  /** True if the next change can never be sent. */
  get isStuck(): boolean {
    const next = this.#changes[this.#sent];
    return next !== undefined && !fits(next);
  }

  replicas(): ReadonlySet<ReplicaId> {
    return new Set(this.#changes.map((change) => change.replica));
  }

  /** Begins anew with what the relay lacks; nothing of it counts as sent. */
  reset(changes: readonly Change[]): void {
    this.#changes = [...changes];
    this.#sent = 0;
    this.#bytesSent = 0;
  }

  add(changes: readonly Change[]): void {
    for (const change of changes) this.#changes.push(change);
  }

  /** Forgets what `version` covers. Returns true if that was anything. */
  acknowledge(version: VersionVector): boolean {
    const before = this.#changes.length;
    const kept: Change[] = [];
    let sent = 0;
    let bytes = 0;
    this.#changes.forEach((change, i) => {
      if (change.to <= (version.get(change.replica) ?? 0)) return;
      kept.push(change);
      if (i >= this.#sent) return;
      sent++;
      bytes += sizeOf(change);
    });
    this.#changes = kept;
    this.#sent = sent;
    this.#bytesSent = bytes;
    return kept.length < before;
  }

  /** What to send now; it counts as sent from here on. */
  take(): readonly Change[] {
    const from = this.#sent;
    for (let next = this.#changes[this.#sent]; next && fits(next); next = this.#changes[this.#sent]) {
      const size = sizeOf(next);
      if (this.#sent > 0 && this.#bytesSent + size > WINDOW) break;
      this.#sent++;
      this.#bytesSent += size;
    }
    return this.#changes.slice(from, this.#sent);
  }
}
