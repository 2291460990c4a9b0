import type { ReplicaId, VersionVector } from '@concord/sync/protocol';
import type { Member } from './member.ts';

interface Awaited {
  readonly member: Member;
  readonly replica: ReplicaId;
  readonly upTo: number;
}

/** Who waits to hear that which changes are on disk. */
export class AwaitedAcks {
  /** Null most of the time: most rooms are idle, and keep nothing for this. */
  #waiting: Awaited[] | null = null;

  add(member: Member, replica: ReplicaId, upTo: number): void {
    const one = { member, replica, upTo };
    if (this.#waiting) this.#waiting.push(one);
    else this.#waiting = [one];
  }

  /** This member has gone, or the room failed: nothing is told any more. */
  forget(member: Member): void {
    this.#waiting = this.#waiting?.filter((one) => one.member !== member) ?? null;
  }

  /** Tells all whose changes are on disk, which holds `durable`: one ACK for each of them. */
  tell(durable: VersionVector): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = null;
    let told: Map<Member, Map<ReplicaId, number>> | null = null;
    for (const one of waiting) {
      const { member, replica, upTo } = one;
      const next = durable.get(replica) ?? 0;
      if (next < upTo) {
        if (this.#waiting) (this.#waiting as Awaited[]).push(one);
        else this.#waiting = [one];
        continue;
      }
      told ??= new Map();
      const version = told.get(member);
      if (version) version.set(replica, next);
      else told.set(member, new Map([[replica, next]]));
    }
    for (const [member, version] of told ?? [])
      member.tell({ type: 'ack', handle: member.handle, level: 'durable', version });
  }
}
