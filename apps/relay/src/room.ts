import {
  type Change,
  type Frame,
  type Handle,
  opsPackets,
  packets,
  type ReplicaId,
  type VersionVector,
} from '@concord/sync/protocol';
import type { GroupCommit } from './group-commit.ts';
import type { LogStore, RoomRecord } from './log-store.ts';
import type { Metrics } from './metrics.ts';

/** One connection's seat in one room. */
export interface Member {
  readonly handle: Handle;
  readonly replica: ReplicaId;
  /** Sends packets; `shed` ones may be dropped when the line is slow. Never throws. */
  send(packets: readonly Uint8Array[], shed?: 'shed'): void;
  /** Ends the connection: come back later. */
  evict(reason: string): void;
}

/** What a room works with. */
export interface RoomPorts {
  readonly log: LogStore;
  readonly commit: GroupCommit;
  readonly metrics: Metrics;
  /** Called once if the room may have lost what it accepted: it must not be entered again. */
  failed(): void;
}

interface Seat {
  /** The newest presence, for those who come later. */
  state: Uint8Array | null;
  /** Up to where this member waits to hear that its changes are durable. */
  readonly awaits: Map<ReplicaId, number>;
}

/**
 * One open document: who is here, what has been seen and what is on disk. Peers get a change at once, before the
 * disk has it; its author hears of it only after.
 */
export class Room {
  readonly name: string;
  readonly epoch: string;
  readonly #ports: RoomPorts;
  /** What was accepted: the next id expected of each replica. Runs ahead of `#durable`. */
  readonly #seen: Map<ReplicaId, number>;
  readonly #durable: Map<ReplicaId, number>;
  readonly #seats = new Map<Member, Seat>();
  /** Accepted, sent on, and on the way to disk. */
  #pending: Change[] = [];
  #storing = Promise.resolve();
  #failed = false;

  private constructor(name: string, record: RoomRecord, ports: RoomPorts) {
    this.name = name;
    this.epoch = record.epoch;
    this.#seen = new Map(record.version);
    this.#durable = new Map(record.version);
    this.#ports = ports;
  }

  static async open(name: string, ports: RoomPorts): Promise<Room> {
    const record = (await ports.log.find(name)) ?? { epoch: crypto.randomUUID(), version: new Map() };
    return new Room(name, record, ports);
  }

  /** Resolves when all that was accepted until now is on disk, or known not to be. */
  get settled(): Promise<void> {
    return this.#storing;
  }

  /** What is on disk. */
  get version(): VersionVector {
    return this.#durable;
  }

  /** Takes a seat. From now on the member gets what others send. */
  enter(member: Member): void {
    if (this.#failed) {
      member.evict('the room is being reopened');
      return;
    }
    if (this.#seats.has(member)) return;
    this.#seats.set(member, { state: null, awaits: new Map() });
    for (const [peer, { state }] of this.#seats) {
      if (peer !== member && state) {
        member.send(
          packets({ type: 'peer', handle: member.handle, replica: peer.replica, user: null, state }),
          'shed',
        );
      }
    }
  }

  leave(member: Member): void {
    const seat = this.#seats.get(member);
    this.#seats.delete(member);
    const stays = [...this.#seats.keys()].some((other) => other.replica === member.replica);
    if (seat?.state && !stays) this.#announce(member, null);
  }

  /** What a client at `since` lacks: first what is on disk, then what is on the way there. */
  async *missing(since: VersionVector): AsyncGenerator<readonly Change[]> {
    const isMissing = (change: Change) => change.to > (since.get(change.replica) ?? 0);
    // Taken before the disk is read: a change that gets there meanwhile comes twice rather than never.
    const pending = this.#pending.filter(isMissing);
    const behind = [...this.#durable].some(([replica, next]) => (since.get(replica) ?? 0) < next);
    if (behind) yield* this.#ports.log.read(this.name, since);
    if (pending.length > 0) yield pending;
  }

  /** Takes what is new, sends it on at once, and acknowledges when it is durable. Never takes past a gap. */
  append(member: Member, changes: readonly Change[]): void {
    const seat = this.#seats.get(member);
    if (!seat || this.#failed) return;
    const fresh: Change[] = [];
    const gaps = new Set<ReplicaId>();
    for (const change of changes) {
      const expected = this.#seen.get(change.replica) ?? 0;
      if (change.from > expected) {
        gaps.add(change.replica);
      } else if (change.to > expected && change.from < expected) {
        this.#ports.metrics.count('concord_overlaps_total');
        const detail = `${change.replica} ${change.from}–${change.to} overlaps what ends at ${expected}`;
        member.send(
          packets({ type: 'reject', handle: member.handle, code: 'invalid', culprit: change, detail }),
        );
      } else {
        seat.awaits.set(change.replica, Math.max(seat.awaits.get(change.replica) ?? 0, change.to));
        if (change.from === expected) {
          this.#seen.set(change.replica, change.to);
          fresh.push(change);
        } else this.#ports.metrics.count('concord_duplicates_total');
      }
    }
    for (const replica of gaps) {
      this.#ports.metrics.count('concord_gaps_total');
      const expected = this.#seen.get(replica) ?? 0;
      member.send(
        packets({ type: 'reject', handle: member.handle, code: 'gap', replica, expected, detail: '' }),
      );
    }
    if (fresh.length > 0) {
      this.#broadcast(member, fresh);
      this.#storing = this.#store(fresh);
    }
    this.#acknowledge(member, seat);
  }

  /** Shows the others what this member shows. */
  show(member: Member, state: Uint8Array): void {
    const seat = this.#seats.get(member);
    if (!seat) return;
    seat.state = state;
    this.#announce(member, state);
  }

  async #store(changes: readonly Change[]): Promise<void> {
    this.#pending.push(...changes);
    try {
      await this.#ports.commit.add({ room: this.name, epoch: this.epoch, changes });
    } catch {
      return this.#fail();
    }
    // Commits end in the order in which they were added.
    if (this.#failed) return;
    this.#pending = this.#pending.slice(changes.length);
    for (const { replica, to } of changes) this.#durable.set(replica, to);
    this.#ports.metrics.count('concord_changes_total', changes.length);
    for (const [member, seat] of this.#seats) this.#acknowledge(member, seat);
  }

  /**
   * The disk failed: what was accepted may be lost, so nothing of it may be acknowledged, ever. All must come again to
   * a room that is read afresh, and bring what it lacks.
   */
  #fail(): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#pending = [];
    this.#ports.failed();
    for (const member of [...this.#seats.keys()]) member.evict('the log cannot be written');
  }

  #acknowledge(member: Member, seat: Seat): void {
    const version = new Map<ReplicaId, number>();
    for (const [replica, upTo] of seat.awaits) {
      const durable = this.#durable.get(replica) ?? 0;
      if (durable < upTo) continue;
      version.set(replica, durable);
      seat.awaits.delete(replica);
    }
    if (version.size > 0)
      member.send(packets({ type: 'ack', handle: member.handle, level: 'durable', version }));
  }

  #broadcast(from: Member, changes: readonly Change[]): void {
    this.#toOthers(from, (handle) => opsPackets(handle, changes));
    this.#ports.metrics.count('concord_deliveries_total', changes.length * (this.#seats.size - 1));
  }

  #announce(from: Member, state: Uint8Array | null): void {
    const frame = (handle: Handle): Frame => ({
      type: 'peer',
      handle,
      replica: from.replica,
      user: null,
      state,
    });
    this.#toOthers(from, (handle) => packets(frame(handle)), state === null ? undefined : 'shed');
  }

  /** Most clients choose the same handle, so a frame is mostly encoded once for all. */
  #toOthers(from: Member, encode: (handle: Handle) => readonly Uint8Array[], shed?: 'shed'): void {
    const encoded = new Map<Handle, readonly Uint8Array[]>();
    for (const member of this.#seats.keys()) {
      if (member === from) continue;
      let ready = encoded.get(member.handle);
      if (!ready) {
        ready = encode(member.handle);
        encoded.set(member.handle, ready);
      }
      member.send(ready, shed);
    }
  }
}
