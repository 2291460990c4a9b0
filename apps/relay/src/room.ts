import {
  Capability,
  type Change,
  covers,
  opsPackets,
  packets,
  type ReplicaId,
  type VersionVector,
} from '@concord/sync/protocol';
import { AwaitedAcks } from './awaited-acks.ts';
import { ColdStart } from './cold-start.ts';
import { Compaction } from './compaction.ts';
import type { GroupCommit } from './group-commit.ts';
import {
  DamagedError,
  type LogStore,
  type RoomRecord,
  type Snapshot,
  type SnapshotStore,
} from './log-store.ts';
import { Encoded, type Member } from './member.ts';
import type { Metrics } from './metrics.ts';
import type { TokenBucket } from './token-bucket.ts';

/** What a room works with. */
export interface RoomPorts {
  readonly log: LogStore;
  readonly commit: GroupCommit;
  readonly metrics: Metrics;
  /** Without, all changes are kept for ever. */
  readonly snapshots: SnapshotStore | null;
  /** How many presences may be passed on, in all rooms together. */
  readonly presence: TokenBucket | null;
  /** Milliseconds. */
  readonly now: () => number;
  /** Called once if the room may have lost what it accepted: it must not be entered again. */
  failed(): void;
}

/** What this client lacks is only to be had in a snapshot, and it takes none. */
export class NeedsSnapshots extends Error {
  override name = 'NeedsSnapshots';
}

interface Seat {
  /** The newest presence, for those who come later. */
  state: Uint8Array | null;
  /** Whether the others have not been shown it yet. */
  isUnshown: boolean;
}

/** Most rooms are idle and hold next to nothing: what is empty in all of them is one. */
const NOTHING: VersionVector = new Map();
const NOBODY: ReadonlyMap<ReplicaId, string> = new Map();

/**
 * One open document: who is here, what has been seen and what is on disk. Peers get a change at once, before the
 * disk has it; its author hears of it only after.
 */
export class Room {
  readonly name: string;
  #epoch: string;
  readonly #ports: RoomPorts;
  /** What was accepted: the next id expected of each replica. Runs ahead of `#durable`. */
  readonly #seen: Map<ReplicaId, number>;
  readonly #durable: Map<ReplicaId, number>;
  /** To which users replicas belong. */
  #owners: ReadonlyMap<ReplicaId, string>;
  readonly #seats = new Map<Member, Seat>();
  readonly #acks = new AwaitedAcks();
  /** Accepted, sent on, and on the way to disk. */
  #pending: Change[] = [];
  /** How many batches were given to the log, of how many the end is known, and who waits for that. */
  #given = 0;
  #ended = 0;
  #resting: { readonly until: number; readonly resolve: () => void }[] | null = null;
  #failed = false;
  #isNew: boolean;
  #floor: VersionVector;
  readonly #compaction: Compaction | null;
  #coldStarts: Map<string, ColdStart> | null = null;
  /** How many changes are on disk since the room was opened. For measuring only. */
  #head = 0;

  private constructor(name: string, record: RoomRecord | null, ports: RoomPorts) {
    this.name = name;
    this.#isNew = record === null;
    this.#epoch = record?.epoch ?? crypto.randomUUID();
    this.#seen = new Map(record?.version);
    this.#durable = new Map(record?.version);
    this.#owners = record?.owners?.size ? record.owners : NOBODY;
    this.#floor = record?.floor?.size ? record.floor : NOTHING;
    this.#ports = ports;
    const { snapshots: store, metrics, now } = ports;
    const room = this;
    this.#compaction =
      store &&
      new Compaction(
        {
          room: name,
          get epoch() {
            return room.epoch;
          },
          store,
          metrics,
          now,
        },
        record?.snapshot ?? null,
        record?.weight ?? 0,
      );
  }

  static async open(name: string, ports: RoomPorts): Promise<Room> {
    return new Room(name, await ports.log.find(name), ports);
  }

  /** Which life of the room this is. It changes only when what was there is meant to be forgotten. */
  get epoch(): string {
    return this.#epoch;
  }

  /** Resolves when all that was accepted until now is on disk, or known not to be. */
  get settled(): Promise<void> {
    if (this.#ended === this.#given) return Promise.resolve();
    return new Promise((resolve) => {
      this.#resting ??= [];
      this.#resting.push({ until: this.#given, resolve });
    });
  }

  /** What is on disk. */
  get version(): VersionVector {
    return this.#durable;
  }

  get head(): number {
    return this.#head;
  }

  get members(): Iterable<Member> {
    return this.#seats.keys();
  }

  /** A room of which nothing is stored goes on where its first visitor left it: the disk was lost, not the room. */
  adopt(epoch: string): void {
    if (this.#isNew && epoch !== '' && this.#seen.size === 0) this.#epoch = epoch;
    this.#isNew = false;
  }

  /** Changes below this are gone from the log: who lacks any of them needs the snapshot. */
  raiseFloor(floor: VersionVector): void {
    this.#floor = floor;
    this.#coldStarts = null;
  }

  /** Takes a seat. From now on the member gets what others send. */
  enter(member: Member): void {
    if (this.#failed) {
      member.evict('the room is being reopened');
      return;
    }
    if (this.#seats.has(member)) return;
    this.#seats.set(member, { state: null, isUnshown: false });
    for (const [peer, { state }] of this.#seats) {
      if (peer !== member && state) member.send(peerPackets(peer, state).for(member), 'shed');
    }
  }

  leave(member: Member): void {
    const seat = this.#seats.get(member);
    this.#seats.delete(member);
    this.#acks.forget(member);
    const stays = [...this.#seats.keys()].some((other) => other.replica === member.replica);
    if (seat?.state && !stays) this.#toOthers(member, peerPackets(member, null));
  }

  /** Packets with what a client at `since` lacks: first what is on disk, then what is on the way there. */
  async *missing(member: Member, since: VersionVector): AsyncGenerator<readonly Uint8Array[]> {
    // Taken before the disk is read: a change that gets there meanwhile comes twice rather than never.
    const pending = this.#pending.filter(({ replica, to }) => to > (since.get(replica) ?? 0));
    try {
      yield* this.#stored(member, since);
    } catch (error) {
      if (error instanceof DamagedError && !this.#failed) {
        this.#ports.metrics.count('concord_quarantined_total');
        this.#fail('something stored was damaged');
      }
      throw error;
    }
    if (pending.length > 0) yield opsPackets(member.handle, pending, member.protocol);
  }

  /** Whether the changes of this replica are taken from this user. Once somebody's, it is nobody else's. */
  owns(user: string | null, replica: ReplicaId): boolean {
    return (this.#owners.get(replica) ?? user) === user;
  }

  /** Takes what is new, sends it on at once, and acknowledges when it is durable. Never takes past a gap. */
  append(member: Member, changes: readonly Change[]): void {
    if (!this.#seats.has(member) || this.#failed) return;
    const { metrics } = this.#ports;
    const fresh: Change[] = [];
    let gaps: Set<ReplicaId> | null = null;
    for (const change of changes) {
      const { replica, from, to } = change;
      const expected = this.#seen.get(replica) ?? 0;
      if (from > expected) {
        gaps = (gaps ?? new Set<ReplicaId>()).add(replica);
        continue;
      }
      this.#acks.add(member, replica, to);
      if (to <= expected) {
        metrics.count('concord_duplicates_total');
        continue;
      }
      this.#seen.set(replica, to);
      fresh.push(change);
    }
    for (const replica of gaps ?? []) {
      metrics.count('concord_gaps_total');
      const expected = this.#seen.get(replica) ?? 0;
      const { handle } = member;
      member.tell({ type: 'reject', handle, code: 'gap', replica, expected, detail: '' });
    }
    if (fresh.length > 0) {
      const ops = new Encoded((handle, protocol) => opsPackets(handle, fresh, protocol));
      const deliveries = this.#toOthers(member, ops);
      metrics.count('concord_deliveries_total', fresh.length * deliveries);
      this.#store(fresh, this.#claim(member, fresh));
    }
    // What came before may be on disk already.
    if (fresh.length < changes.length) this.#acks.tell(this.#durable);
  }

  /** Shows the others what this member shows; a little later, if there is too much to show. */
  show(member: Member, state: Uint8Array): void {
    const seat = this.#seats.get(member);
    if (!seat) return;
    seat.state = state;
    seat.isUnshown = true;
    this.#showTo(member, seat);
  }

  /** Shows what could not be shown before. To be called about once a second. */
  showWaiting(): void {
    for (const [member, seat] of this.#seats) if (seat.isUnshown) this.#showTo(member, seat);
  }

  /** Whether a snapshot of this member was asked for. */
  expectsSnapshot(member: Member): boolean {
    return this.#compaction?.expects(member) ?? false;
  }

  async takeSnapshot(member: Member, snapshot: Snapshot): Promise<void> {
    // What it holds may still be on its way to the disk.
    await this.settled;
    const others = [...this.#seats.keys()];
    if (!this.#failed) await this.#compaction?.offered(member, snapshot, this.#durable, others);
  }

  async takeAttest(member: Member, version: VersionVector, stateHash: string): Promise<void> {
    await this.#compaction?.attested(member, version, stateHash);
  }

  async *#stored(member: Member, since: VersionVector): AsyncGenerator<readonly Uint8Array[]> {
    const { handle, protocol } = member;
    let known = since;
    const isBelow = !covers(since, this.#floor);
    if (isBelow && (member.capabilities & Capability.snapshots) === 0) throw new NeedsSnapshots();
    if (since.size === 0 || isBelow) {
      const cold = this.#coldStart(member);
      try {
        yield* cold.parts();
      } finally {
        this.#forget(cold);
      }
      this.#compaction?.seekWitness(member);
      known = join(since, cold.version);
    }
    const floor = this.#floor;
    const isBehind = (): boolean => !covers(known, this.#durable);
    if (!isBehind()) return;
    for await (const page of this.#ports.log.read(this.name, known)) {
      yield opsPackets(handle, page, protocol);
    }
    // The log was trimmed while it was read, and what this client lacks may have gone.
    if (floor !== this.#floor && !covers(known, this.#floor)) yield* this.#stored(member, known);
  }

  #coldStart(member: Member): ColdStart {
    const { log, snapshots } = this.#ports;
    const { handle, protocol, capabilities } = member;
    const takesSnapshots = (capabilities & Capability.snapshots) > 0;
    const key = `${handle}/${protocol}/${takesSnapshots}`;
    const running = this.#coldStarts?.get(key);
    if (running && running.readers > 0) return running;
    const source = {
      snapshot: async () =>
        (takesSnapshots && this.#compaction?.mark && snapshots?.snapshot(this.name)) || null,
      read: (since: VersionVector) => log.read(this.name, since),
    };
    const cold = new ColdStart(source, this.#durable, handle, protocol);
    this.#coldStarts ??= new Map();
    this.#coldStarts.set(key, cold);
    return cold;
  }

  #forget(cold: ColdStart): void {
    if (cold.readers > 0) return;
    const left = [...(this.#coldStarts ?? [])].filter(([, one]) => one !== cold);
    this.#coldStarts = left.length > 0 ? new Map(left) : null;
  }

  /** A replica that is new belongs to the user whose connection it names. */
  #claim({ user, replica }: Member, changes: readonly Change[]): ReadonlyMap<ReplicaId, string> | undefined {
    if (user === null || this.#owners.has(replica)) return undefined;
    if (!changes.some((change) => change.replica === replica && change.from === 0)) return undefined;
    this.#owners = new Map(this.#owners).set(replica, user);
    return new Map([[replica, user]]);
  }

  #store(changes: readonly Change[], owners?: ReadonlyMap<ReplicaId, string>): void {
    for (const change of changes) this.#pending.push(change);
    this.#given++;
    const { name: room, epoch } = this;
    const batch = owners ? { room, epoch, changes, owners } : { room, epoch, changes };
    this.#ports.commit.add(batch, (error) => {
      this.#ended++;
      if (error !== null) this.#fail('the log cannot be written');
      // Commits end in the order in which they were added.
      else if (!this.#failed) this.#isDurable(changes);
      this.#rest();
    });
  }

  #isDurable(changes: readonly Change[]): void {
    this.#pending.splice(0, changes.length);
    let size = 0;
    for (const { replica, to, bytes } of changes) {
      this.#durable.set(replica, to);
      size += bytes.length;
    }
    this.#head += changes.length;
    this.#ports.metrics.count('concord_changes_total', changes.length);
    this.#acks.tell(this.#durable);
    this.#compaction?.stored(size, this.#durable, this.#seats.keys());
  }

  /** Tells who waited for what has ended now. */
  #rest(): void {
    while (this.#resting?.[0] && this.#resting[0].until <= this.#ended) this.#resting.shift()?.resolve();
    if (this.#resting?.length === 0) this.#resting = null;
  }

  /**
   * The disk failed: what was accepted may be lost, so nothing of it may be acknowledged, ever. All must come again to
   * a room that is read afresh, and bring what it lacks.
   */
  #fail(why: string): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#pending = [];
    this.#ports.failed();
    for (const member of [...this.#seats.keys()]) member.evict(why);
  }

  #showTo(member: Member, seat: Seat): void {
    const { presence, now, metrics } = this.#ports;
    const wait = presence?.take(this.#seats.size - 1, now()) ?? 0;
    if (wait > 0 || !seat.state) {
      metrics.count('concord_presence_postponed_total');
      return;
    }
    seat.isUnshown = false;
    this.#toOthers(member, peerPackets(member, seat.state), 'shed');
  }

  #toOthers(from: Member, encoded: Encoded, shed?: 'shed'): number {
    let sent = 0;
    for (const member of this.#seats.keys()) {
      if (member === from) continue;
      member.send(encoded.for(member), shed);
      sent++;
    }
    return sent;
  }
}

function peerPackets({ replica, user }: Member, state: Uint8Array | null): Encoded {
  return new Encoded((handle, protocol) => packets({ type: 'peer', handle, replica, user, state }, protocol));
}

/** What either knows. */
function join(a: VersionVector, b: VersionVector): VersionVector {
  const both = new Map(a);
  for (const [replica, next] of b) both.set(replica, Math.max(next, both.get(replica) ?? 0));
  return both;
}
