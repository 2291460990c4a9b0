import {
  type Change,
  type Culprit,
  fits,
  MAX_MESSAGE,
  type ReplicaId,
  sizeOf,
  type VersionVector,
} from './protocol/index.ts';

/** How much may be on its way unacknowledged, in bytes. One change always may. */
const WINDOW = 512 * 1024;

/** What may be sent at once. */
export interface Allowance {
  readonly changes: number;
  readonly bytes: number;
}

const NO_BOUND: Allowance = { changes: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY };

/**
 * Changes that the relay has not said to have on disk, in an order that it can take. A change that it never takes holds
 * up what follows of the same replica, because a relay takes no gaps; the other replicas' go on.
 */
export class Outbox {
  /** On their way. */
  #sent: Change[] = [];
  #bytesSent = 0;
  /** Still to be sent: those from `#next` on. */
  #waiting: readonly Change[] = [];
  #next = 0;
  /** Behind a change that the relay does not take, or that one itself. */
  #held: Change[] = [];
  #culprits = new Map<ReplicaId, number>();
  /** How many changes of each replica are here. */
  readonly #counts = new Map<ReplicaId, number>();
  #limit: number = MAX_MESSAGE;
  #isPaced = false;

  constructor(changes: readonly Change[]) {
    this.reset(changes);
  }

  get size(): number {
    return this.#sent.length + this.#unsent + this.#held.length;
  }

  get inFlight(): number {
    return this.#sent.length;
  }

  get bytesInFlight(): number {
    return this.#bytesSent;
  }

  /** True if it was the allowance that kept the last `take` from taking more. */
  get isPaced(): boolean {
    return this.#isPaced;
  }

  /** How many changes wait that this relay will never take as they are. */
  get held(): number {
    return this.#held.length;
  }

  /** The largest message that the relay takes. Who was held for another reason may be tried again, too. */
  set limit(bytes: number) {
    this.#limit = bytes;
    this.#culprits = new Map();
    this.rewind();
  }

  has(replica: ReplicaId): boolean {
    return this.#counts.has(replica);
  }

  /** Begins anew with what the relay lacks; nothing of it counts as sent. */
  reset(changes: readonly Change[]): void {
    this.#place(changes);
    this.#counts.clear();
    for (const { replica } of changes) this.#count(replica, 1);
  }

  add(changes: readonly Change[]): void {
    const waiting = this.#next === 0 ? (this.#waiting as Change[]) : this.#waiting.slice(this.#next);
    this.#next = 0;
    for (const change of changes) {
      waiting.push(change);
      this.#count(change.replica, 1);
    }
    this.#waiting = waiting;
  }

  /** Nothing counts as sent any more. */
  rewind(): void {
    const order = [...this.#sent, ...this.#waiting.slice(this.#next)];
    this.#place(this.#held.length === 0 ? order : inOrder([...this.#held, ...order]));
  }

  /** The relay will not take this change: it and what follows of its replica stay here. */
  hold({ replica, from }: Culprit): void {
    this.#culprits.set(replica, Math.min(from, this.#culprits.get(replica) ?? from));
    this.rewind();
  }

  /** Forgets what `version` covers. Returns true if that was anything. */
  acknowledge(version: VersionVector): boolean {
    const before = this.size;
    const reach = new Map<ReplicaId, number>();
    for (const { replica, to } of this.#sent) reach.set(replica, to);
    const isLeft = (change: Change): boolean => {
      if (change.to > (version.get(change.replica) ?? 0)) return true;
      this.#count(change.replica, -1);
      return false;
    };
    this.#sent = this.#sent.filter(isLeft);
    this.#bytesSent = this.#sent.reduce((sum, change) => sum + sizeOf(change), 0);
    this.#held = this.#held.filter(isLeft);
    // Another tab may have sent what waits here. It may be long, and is mostly not looked through.
    const isBeyond = ([replica, next]: readonly [ReplicaId, number]): boolean =>
      this.#counts.has(replica) && next > (reach.get(replica) ?? 0);
    if ([...version].some(isBeyond)) {
      this.#waiting = this.#waiting.slice(this.#next).filter(isLeft);
      this.#next = 0;
    }
    return this.size < before;
  }

  /** What to send now; it counts as sent from here on. */
  take(allowed: Allowance = NO_BOUND): readonly Change[] {
    const taken: Change[] = [];
    let bytes = 0;
    this.#isPaced = false;
    for (let next = this.#waiting[this.#next]; next; next = this.#waiting[++this.#next]) {
      if (this.#isHeld(next)) {
        this.#held.push(next);
        continue;
      }
      const size = sizeOf(next);
      if (this.#sent.length > 0 && this.#bytesSent + size > WINDOW) break;
      this.#isPaced = taken.length >= allowed.changes || (taken.length > 0 && bytes + size > allowed.bytes);
      if (this.#isPaced) break;
      taken.push(next);
      bytes += size;
      this.#sent.push(next);
      this.#bytesSent += size;
    }
    return taken;
  }

  get #unsent(): number {
    return this.#waiting.length - this.#next;
  }

  #isHeld(change: Change): boolean {
    if (!fits(change, this.#limit) && !this.#culprits.has(change.replica)) {
      this.#culprits.set(change.replica, change.from);
    }
    return change.from >= (this.#culprits.get(change.replica) ?? Number.POSITIVE_INFINITY);
  }

  #place(waiting: readonly Change[]): void {
    this.#sent = [];
    this.#bytesSent = 0;
    this.#held = [];
    this.#waiting = [...waiting];
    this.#next = 0;
  }

  #count(replica: ReplicaId, by: number): void {
    const count = (this.#counts.get(replica) ?? 0) + by;
    if (count === 0) this.#counts.delete(replica);
    else this.#counts.set(replica, count);
  }
}

/** Each replica's changes in the order of their ids; held ones come back among those sent meanwhile. */
function inOrder(changes: readonly Change[]): readonly Change[] {
  const byReplica = Map.groupBy(changes, ({ replica }) => replica);
  return [...byReplica.values()].flatMap((list) => list.sort((a, b) => a.from - b.from));
}
