import type { Session } from '@concord/sync';
import { covers, type Frame, type ReplicaId } from '@concord/sync/protocol';
import type { Schema } from './schema.ts';
import type { SimulatedLog } from './simulated-log.ts';

/** What has been promised in one run, held against what is so. A broken promise is thrown where it shows. */
export class Promises {
  readonly #room: string;
  readonly #log: SimulatedLog;
  /** False where the disk is replaced under a running relay: no relay could know. */
  readonly #isDiskItsOwn: boolean;
  /** Up to where each replica was said to be on the relay's disk. */
  readonly #durable = new Map<ReplicaId, number>();
  /** Up to where each replica was said to be on its own device's. */
  readonly #onDevice = new Map<ReplicaId, number>();
  /** Noted, and thrown later: it would be thrown into the code under test. */
  readonly #broken: string[] = [];

  constructor(room: string, log: SimulatedLog, isDiskItsOwn: boolean) {
    this.#room = room;
    this.#log = log;
    this.#isDiskItsOwn = isDiskItsOwn;
  }

  /** A frame leaves the relay. An ACK, or a JOINED's version, is a claim about the disk at this moment. */
  heard(frame: Frame): void {
    const isClaim = (frame.type === 'ack' && frame.level === 'durable') || frame.type === 'joined';
    if (!isClaim || !this.#isDiskItsOwn) return;
    if (!covers(this.#log.version(this.#room), frame.version))
      this.#broken.push(`${frame.type.toUpperCase()} claims what is not on disk`);
    raise(this.#durable, frame.version);
  }

  /** The relay's disk was replaced: what it had is no longer promised. */
  diskReplaced(): void {
    this.#durable.clear();
  }

  /** To be called at every moment. `log`: whether to look for writes that a relay should not ask for; `status`: at claims of tabs. */
  check(tabs: Iterable<Session<Schema>>, also: { readonly log: boolean; readonly status: boolean }): void {
    if (this.#broken[0]) throw new Error(this.#broken[0]);
    if (also.log && this.#log.needless[0]) throw new Error(this.#log.needless[0]);
    if (!covers(this.#log.version(this.#room), this.#durable))
      throw new Error('what was acknowledged is not on disk any more');
    for (const tab of tabs) this.#checkStatus(tab, also.status);
  }

  /** At the end: what a device said it had, everybody has. */
  checkKept(version: ReadonlyMap<ReplicaId, number>): void {
    if (!covers(version, this.#onDevice)) throw new Error('what was said to be on a device is lost');
  }

  /** A status is a claim about this tab's own changes. */
  #checkStatus({ doc, status }: Session<Schema>, remote: boolean): void {
    const { badge, waiting, local } = status.get();
    const own = doc.version.get(doc.replica) ?? 0;
    if (local === 'saved' && own > 0) raise(this.#onDevice, new Map([[doc.replica, own]]));
    const isDurable = (this.#log.version(this.#room).get(doc.replica) ?? 0) >= own;
    if (remote && !isDurable && (badge === 'saved' || waiting === 0))
      throw new Error(`${doc.replica}: "${badge}", ${waiting} waiting, but not on disk`);
  }
}

function raise(into: Map<ReplicaId, number>, version: ReadonlyMap<ReplicaId, number>): void {
  for (const [replica, next] of version) into.set(replica, Math.max(next, into.get(replica) ?? 0));
}
