import { newReplicaId, type ReplicaId, type VersionVector } from '@concord/crdt/core';
import { SyncClient } from '../client.ts';
import type { ClientEvent, ClientOptions, Effect } from '../client-types.ts';
import {
  Assembler,
  type Change,
  type Frame,
  type Limits,
  MAX_SNAPSHOT,
  type Role,
} from '../protocol/index.ts';

export const ANA = newReplicaId();
export const BO = newReplicaId();

export const change = (replica: ReplicaId, from: number, size = 10): Change => ({
  replica,
  from,
  to: from + 1,
  bytes: new Uint8Array(size),
});

/** A document that is only a list of changes. */
class Changes {
  readonly list: Change[] = [];

  get version(): VersionVector {
    return new Map(this.list.map(({ replica, to }) => [replica, to]));
  }

  changesSince(version: VersionVector): readonly Change[] {
    return this.list.filter(({ replica, to }) => to > (version.get(replica) ?? 0));
  }
}

/** A client between a user and a relay that are both the test. */
export class ClientDriver {
  readonly source = new Changes();
  now = 1_000_000;
  /** What the last event led to. */
  effects: readonly Effect[] = [];
  client = this.make();

  /** Another client over the same document. */
  make(relay: VersionVector | null = null, options: Partial<ClientOptions> = {}): SyncClient {
    this.client = new SyncClient({
      room: 'docs/a',
      replica: ANA,
      source: this.source,
      relay: relay && { epoch: 'old', version: relay },
      random: () => 0.5,
      ...options,
    });
    return this.client;
  }

  tell(event: ClientEvent): readonly Effect[] {
    this.effects = this.client.handle(event, this.now);
    return this.effects;
  }

  hear(frame: Frame): readonly Effect[] {
    return this.tell({ type: 'frame', frame });
  }

  /** The frames that the last event sent. */
  sent(): readonly Frame[] {
    const assembler = new Assembler({ snapshot: MAX_SNAPSHOT, message: MAX_SNAPSHOT });
    return this.packets().flatMap((packet) => assembler.take(packet) ?? []);
  }

  packets(): readonly Uint8Array[] {
    return this.effects.flatMap((effect) => (effect.type === 'send' ? effect.packets : []));
  }

  sentChanges(): readonly Change[] {
    return this.sent().flatMap((frame) => (frame.type === 'ops' ? frame.changes : []));
  }

  edit(...changes: Change[]): readonly Effect[] {
    this.source.list.push(...changes);
    return this.tell({ type: 'changes', changes });
  }

  welcome(limits: Partial<Limits> = {}, version = 2): readonly Effect[] {
    return this.hear({
      type: 'welcome',
      version,
      session: 's',
      limits: { frame: 0, message: 0, changes: 0, bytes: 0, presence: 0, ...limits },
      user: null,
      expires: null,
    });
  }

  /** The relay has the ids of ANA below `next`. */
  joined(next: number, epoch = 'e', role: Role = 'editor'): readonly Effect[] {
    return this.hear({ type: 'joined', handle: 1, epoch, role, version: versionOf(next), head: 0 });
  }

  ack(next: number, level: 'received' | 'durable' = 'durable'): readonly Effect[] {
    return this.hear({ type: 'ack', handle: 1, level, version: versionOf(next) });
  }

  /** Comes back after a line was lost, up to and with WELCOME. */
  reconnect(limits: Partial<Limits> = {}): void {
    this.wake();
    this.tell({ type: 'opened' });
    this.welcome(limits);
  }

  goLive(next = 0, role: Role = 'editor'): void {
    this.tell({ type: 'start' });
    this.tell({ type: 'opened' });
    this.welcome();
    this.joined(next, 'e', role);
    this.hear({ type: 'caught-up', handle: 1 });
  }

  /** Lets time pass until the deadline, or the time given. */
  wake(time: number = this.client.deadline ?? 0): readonly Effect[] {
    this.now = time;
    return this.tell({ type: 'wake' });
  }

  /** Milliseconds until the deadline. */
  get due(): number {
    return (this.client.deadline ?? 0) - this.now;
  }
}

export const versionOf = (next: number): VersionVector => new Map(next === 0 ? [] : [[ANA, next]]);
