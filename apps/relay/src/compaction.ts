import { Capability, covers, type VersionVector } from '@concord/sync/protocol';
import type { Snapshot, SnapshotMark, SnapshotStore } from './log-store.ts';
import type { Member } from './member.ts';
import type { Metrics } from './metrics.ts';

/** Changes are worth a snapshot when they weigh more than this, in bytes, and more than the last snapshot. */
const WORTH = 256 * 1024;
/** How long a client that was asked has to answer, in milliseconds. */
const PATIENCE = 30_000;

export interface CompactionPorts {
  readonly room: string;
  readonly epoch: string;
  readonly store: SnapshotStore;
  readonly metrics: Metrics;
  readonly now: () => number;
}

/**
 * Has a room's history replaced by a snapshot. The relay cannot make one: it asks a client, keeps what comes, and asks
 * another one for the hash of its state. Only what two sessions agree on lets changes go, and that not at once.
 */
export class Compaction {
  readonly #ports: CompactionPorts;
  #mark: SnapshotMark | null;
  #weight: number;
  #asked: { readonly member: Member; readonly version: VersionVector; readonly at: number } | null = null;
  /** Who made the newest snapshot: another one has to attest it. */
  #author: Member | null = null;
  /** Who was asked and gave nothing of use, so that the next time others are. */
  #tried: WeakSet<Member> | null = null;

  constructor(ports: CompactionPorts, mark: SnapshotMark | null, weight: number) {
    this.#ports = ports;
    this.#mark = mark;
    this.#weight = weight;
  }

  get mark(): SnapshotMark | null {
    return this.#mark;
  }

  /** Changes of so many bytes are on disk, which has `version` now. */
  stored(bytes: number, version: VersionVector, members: Iterable<Member>): void {
    this.#weight += bytes;
    if (this.#weight <= Math.max(WORTH, this.#mark?.size ?? 0)) return;
    const now = this.#ports.now();
    if (this.#asked && now - this.#asked.at < PATIENCE) return;
    const able = [...members].filter((m) => m.mayWrite && (m.capabilities & Capability.snapshots) > 0);
    const member = able.find((m) => !this.#tried?.has(m)) ?? able[0];
    if (!member) return;
    this.#tried ??= new WeakSet();
    this.#tried.add(member);
    // The one before went, or what it made is larger than any receiver takes.
    if (this.#asked) this.#ports.metrics.count('concord_snapshots_missed_total');
    this.#asked = { member, version: new Map(version), at: now };
    member.tell({ type: 'want-snapshot', handle: member.handle, want: 'snapshot', version });
  }

  /** True if this member was asked for a snapshot and has not answered: only then is one taken. */
  expects(member: Member): boolean {
    return this.#asked?.member === member;
  }

  /** Keeps what an asked member made, if it holds what it should and nothing that is not on disk. */
  async offered(
    member: Member,
    snapshot: Snapshot,
    onDisk: VersionVector,
    others: Iterable<Member>,
  ): Promise<void> {
    const asked = this.#asked;
    if (asked?.member !== member) return;
    this.#asked = null;
    const { room, epoch, store, metrics } = this.#ports;
    if (!covers(snapshot.version, asked.version) || !covers(onDisk, snapshot.version)) {
      metrics.count('concord_snapshots_refused_total');
      return;
    }
    const id = await store.install(room, epoch, this.#mark?.id ?? 0, snapshot);
    if (id === null) {
      metrics.count('concord_snapshots_refused_total');
      return;
    }
    metrics.count('concord_snapshots_total');
    const { version, stateHash, bytes } = snapshot;
    this.#mark = { id, version, stateHash, size: bytes.length, attested: false };
    this.#weight = 0;
    this.#author = member;
    this.#tried = null;
    for (const other of others) this.seekWitness(other);
  }

  /** Asks for the hash of the newest snapshot's state, if a second opinion is wanting. */
  seekWitness(member: Member): void {
    const mark = this.#mark;
    if (!mark || mark.attested || member === this.#author || !member.mayWrite) return;
    if ((member.capabilities & Capability.attests) === 0) return;
    member.tell({ type: 'want-snapshot', handle: member.handle, want: 'hash', version: mark.version });
  }

  /** A member tells the hash of its state. */
  async attested(member: Member, version: VersionVector, stateHash: string): Promise<void> {
    const mark = this.#mark;
    if (!mark || mark.attested || member === this.#author) return;
    if (!covers(version, mark.version) || !covers(mark.version, version)) return;
    if (stateHash !== mark.stateHash) {
      this.#ports.metrics.count('concord_attest_mismatches_total');
      return;
    }
    this.#mark = { ...mark, attested: true };
    await this.#ports.store.attest(this.#ports.room, mark.id);
  }
}
