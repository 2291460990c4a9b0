import {
  type Attest,
  CloseCode,
  type Frame,
  type Handle,
  isWhole,
  type Join,
  type Ops,
  type Presence,
  packets,
  type Reject,
  type ReplicaId,
  type Role,
  type Snapshot,
} from '@concord/sync/protocol';
import type { Access, Permit } from './access.ts';
import type { Allowance } from './allowance.ts';
import type { Identity } from './auth.ts';
import { ErasedError } from './log-store.ts';
import type { Member } from './member.ts';
import type { Metrics } from './metrics.ts';
import type { Outgoing, Socket } from './outgoing.ts';
import { may } from './roles.ts';
import { NeedsSnapshots, type Room } from './room.ts';
import type { Lease, Rooms } from './rooms.ts';

/** What a room's place needs of its connection. */
export interface Line {
  readonly socket: Socket;
  readonly out: Outgoing;
  readonly rooms: Rooms;
  readonly access: Access;
  readonly allowance: Allowance;
  readonly metrics: Metrics;
  readonly version: number;
  readonly replica: ReplicaId;
  readonly identity: Identity;
  /** Past the end of its token a connection may only read. */
  readonly isExpired: boolean;
  readonly isClosed: boolean;
  now(): number;
  close(code: number, reason: string): void;
  /** The room under this handle is left. */
  dropped(handle: Handle): void;
  /** More or less of a snapshot is expected now. */
  expectSnapshot(isExpected: boolean): void;
}

/** What a client sends into a room that it has joined. */
export type RoomFrame = Ops | Presence | Snapshot | Attest;

interface Entered {
  readonly room: Room;
  readonly permit: Permit;
  readonly lease: Lease;
}

/** One room that a connection is in, or on its way into. It is the connection's seat there. */
export class Place implements Member {
  readonly handle: Handle;
  readonly name: string;
  readonly capabilities: number;
  readonly #line: Line;
  /** Null until the client is let in. */
  #entered: Entered | null = null;
  #left = false;
  /** Ends when what was asked for so far is done, so that what follows waits for it. */
  #busy: Promise<void>;

  constructor(line: Line, join: Join) {
    this.handle = join.handle;
    this.name = join.room;
    this.capabilities = join.capabilities ?? 0;
    this.#line = line;
    this.#busy = this.#enter(join)
      .then(() => this.#sendMissing(join))
      .catch(this.#trouble);
  }

  get protocol(): number {
    return this.#line.version;
  }

  get replica(): ReplicaId {
    return this.#line.replica;
  }

  get user(): string | null {
    return this.#line.identity.user;
  }

  get mayWrite(): boolean {
    return this.#entered !== null && may(this.#role, this.name, 'ops');
  }

  /** Whether the client has been let in. */
  get isEntered(): boolean {
    return this.#entered !== null;
  }

  send(ready: readonly Uint8Array[], shed?: 'shed'): void {
    if (!this.#line.out.send(ready, shed)) this.#line.metrics.count('concord_presence_shed_total');
  }

  tell(frame: Frame): void {
    if (frame.type === 'want-snapshot' && frame.want === 'snapshot') this.#line.expectSnapshot(true);
    this.send(packets(frame, this.protocol));
  }

  evict(reason: string): void {
    this.#line.close(CloseCode.unavailable, reason);
  }

  /** Tells what is on disk, then sends what the client lacks. One after the other, if asked again meanwhile. */
  catchUp(join: Join): void {
    this.#busy = this.#busy
      .then(() => {
        this.#tellJoined();
        return this.#sendMissing(join);
      })
      .catch(this.#trouble);
  }

  /** Takes a frame for this room, in its turn. */
  receive(frame: RoomFrame): void {
    if (this.#entered) this.#take(this.#entered, frame);
    else void this.#busy.then(() => this.#entered && this.#take(this.#entered, frame));
  }

  /** Tells the client its role, which is another now. */
  tellRole(): void {
    if (this.#entered) this.tell({ type: 'role', handle: this.handle, role: this.#role });
  }

  /** The identity has changed. */
  async review(): Promise<void> {
    await this.#entered?.permit.review();
  }

  leave(): void {
    if (this.#left) return;
    this.#left = true;
    const entered = this.#entered;
    if (!entered) return;
    this.#entered = null;
    entered.room.leave(this);
    entered.permit.release();
    entered.lease.release();
  }

  get #role(): Role {
    return this.#line.isExpired ? 'viewer' : (this.#entered?.permit.role ?? 'viewer');
  }

  async #enter({ room: name, grant, epoch }: Join): Promise<void> {
    const line = this.#line;
    const request = {
      room: name,
      grant: grant ?? null,
      get identity() {
        return line.identity;
      },
    };
    const permit = await line.access.admit(request, (role) => this.#changed(role));
    if (!permit) {
      this.#refuse('forbidden', 'this room is not open to you');
      return;
    }
    const lease = this.#left ? null : line.rooms.lease(name);
    try {
      const room = await lease?.room;
      if (!room || !lease || this.#left) {
        permit.release();
        lease?.release();
        return;
      }
      room.adopt(epoch);
      this.#entered = { room, permit, lease };
      this.#tellJoined();
      // Seated before anything is read: what comes meanwhile arrives by itself.
      room.enter(this);
    } catch (error) {
      permit.release();
      lease?.release();
      if (!(error instanceof ErasedError)) throw error;
      this.#refuse('epoch', 'this room was erased');
    }
  }

  #tellJoined(): void {
    if (!this.#entered) return;
    const { epoch, version, head } = this.#entered.room;
    this.tell({ type: 'joined', handle: this.handle, epoch, role: this.#role, version, head });
  }

  async #sendMissing(join: Join): Promise<void> {
    const line = this.#line;
    if (!this.#entered) return;
    const { room } = this.#entered;
    const began = performance.now();
    for await (const page of room.missing(this, join.version)) {
      if (line.isClosed || this.#left) return;
      await line.out.stream(page);
      await line.socket.drained();
    }
    this.tell({ type: 'caught-up', handle: this.handle });
    line.metrics.observe('concord_catch_up_seconds', (performance.now() - began) / 1000);
  }

  #take({ room }: Entered, frame: RoomFrame): void {
    const line = this.#line;
    if (!may(this.#role, this.name, frame.type)) {
      const culprit = frame.type === 'ops' ? (frame.changes[0] ?? null) : null;
      this.#reject({ code: 'forbidden', culprit }, `a ${this.#role} may not send ${frame.type} here`);
      return;
    }
    switch (frame.type) {
      case 'ops':
        this.#append(room, frame);
        break;
      case 'presence':
        if (line.allowance.take('presence', 1, line.now()) > 0)
          line.metrics.count('concord_presence_shed_total');
        else room.show(this, frame.state);
        break;
      case 'snapshot': {
        const { version, stateHash, bytes } = frame;
        line.expectSnapshot(false);
        void room.takeSnapshot(this, { version, stateHash, bytes }).catch(this.#trouble);
        break;
      }
      case 'attest':
        void room.takeAttest(this, frame.version, frame.stateHash).catch(this.#trouble);
        break;
    }
  }

  #append(room: Room, { changes }: Ops): void {
    const line = this.#line;
    const retryAfter = line.rooms.retryAfter || line.allowance.take('changes', changes.length, line.now());
    if (retryAfter > 0) {
      this.#reject({ code: 'rate', retryAfter }, '');
      return;
    }
    const wrong = changes.find((change) => !isWhole(change));
    const foreign = changes.find(({ replica }) => !room.owns(this.user, replica));
    if (wrong) this.#reject({ code: 'invalid', culprit: wrong }, 'damaged, or not what its frame says');
    if (foreign) this.#reject({ code: 'forbidden', culprit: foreign }, 'changes of somebody else');
    // What else came is taken. What builds on these is not: it would leave a gap.
    room.append(
      this,
      wrong || foreign ? changes.filter((c) => isWhole(c) && room.owns(this.user, c.replica)) : changes,
    );
  }

  #changed(role: Role | null): void {
    if (role !== null) {
      this.tellRole();
      return;
    }
    this.#line.metrics.count('concord_revoked_total');
    this.tell({ type: 'role', handle: this.handle, role: null });
    this.#line.dropped(this.handle);
  }

  #refuse(code: 'forbidden' | 'epoch', detail: string): void {
    this.#line.dropped(this.handle);
    this.#reject({ code, culprit: null }, detail);
  }

  #reject(what: RejectBody, detail: string): void {
    this.#line.metrics.count(`concord_rejected_total{code="${what.code}"}`);
    this.tell({ type: 'reject', handle: this.handle, detail, ...what });
  }

  readonly #trouble = (error: unknown): void => {
    if (this.#line.isClosed) return;
    if (error instanceof NeedsSnapshots)
      this.#line.close(CloseCode.versionUnsupported, 'this room is only to be had as a snapshot');
    else this.evict('the log cannot be read');
  };
}

type Distribute<T> = T extends unknown ? Omit<T, 'type' | 'handle' | 'detail'> : never;
type RejectBody = Distribute<Reject>;
