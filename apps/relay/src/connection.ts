import {
  Assembler,
  CloseCode,
  DecodeError,
  type Frame,
  type Handle,
  isWhole,
  type Join,
  MAX_ROOMS,
  opsPackets,
  packets,
  type ReplicaId,
  VERSIONS,
} from '@concord/sync/protocol';
import type { Metrics } from './metrics.ts';
import type { Member, Room } from './room.ts';
import type { Lease, Rooms } from './rooms.ts';

/** The line to one client. */
export interface Socket {
  send(packet: Uint8Array): void;
  /** Bytes that the client has not taken yet. */
  readonly buffered: number;
  /** Resolves when most of what was sent is taken, or the line is closed. */
  drained(): Promise<void>;
  close(code: number, reason: string): void;
}

/** A client further behind than this, in bytes, is cut off; it comes back and catches up. */
const TOO_SLOW = 1024 * 1024;
/** Presence is dropped for a client further behind than this. */
const SHED = 64 * 1024;

interface Place {
  readonly lease: Lease;
  readonly name: string;
  readonly member: Member;
  /** Ends when the running catch-up does, so that the next waits for it. */
  catchUp: Promise<void>;
}

/** One client's side of the protocol: from packets to rooms and back. Knows no sockets and no timers. */
export class Connection {
  readonly #socket: Socket;
  readonly #rooms: Rooms;
  readonly #metrics: Metrics;
  readonly #assembler = new Assembler();
  readonly #places = new Map<Handle, Place>();
  #replica: ReplicaId | null = null;
  #closed = false;

  constructor(socket: Socket, rooms: Rooms, metrics: Metrics) {
    this.#socket = socket;
    this.#rooms = rooms;
    this.#metrics = metrics;
  }

  /** False until the client has said who it is. */
  get greeted(): boolean {
    return this.#replica !== null;
  }

  /** Takes a packet. Anything malformed ends this connection and nothing else. */
  receive(packet: Uint8Array): void {
    if (this.#closed) return;
    try {
      const frame = this.#assembler.take(packet);
      if (frame) this.#handle(frame);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.close(CloseCode.malformed, error.message);
    }
  }

  /** Ends the connection from this side. */
  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#metrics.count(`concord_closed_total{code="${code}"}`);
    this.#socket.close(code, reason);
    this.ended();
  }

  /** To be called when the line is gone: the seats are given back. */
  ended(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const handle of [...this.#places.keys()]) this.#leave(handle);
  }

  #handle(frame: Frame): void {
    if (frame.type === 'hello') {
      this.#greet(frame);
      return;
    }
    if (this.#replica === null) {
      this.close(CloseCode.helloExpected, 'say HELLO first');
      return;
    }
    switch (frame.type) {
      case 'join':
        this.#join(frame, this.#replica);
        break;
      case 'leave':
        this.#leave(frame.handle);
        break;
      case 'ops':
        if (!frame.changes.every(isWhole)) {
          this.close(CloseCode.malformed, 'a change that is damaged, or not what its frame says');
          break;
        }
        this.#in(frame.handle, (room, member) => room.append(member, frame.changes));
        break;
      case 'presence':
        this.#in(frame.handle, (room, member) => room.show(member, frame.state));
        break;
      default:
        this.close(CloseCode.malformed, `a client does not send ${frame.type}`);
    }
  }

  #greet(hello: Frame & { type: 'hello' }): void {
    if (this.#replica !== null) {
      this.close(CloseCode.malformed, 'HELLO came twice');
      return;
    }
    const version = Math.min(hello.newest, VERSIONS.newest);
    if (version < Math.max(hello.oldest, VERSIONS.oldest)) {
      this.close(CloseCode.versionUnsupported, `this relay speaks ${VERSIONS.oldest} to ${VERSIONS.newest}`);
      return;
    }
    this.#replica = hello.replica;
    this.#send(
      packets({
        type: 'welcome',
        version,
        session: crypto.randomUUID(),
        limits: { frame: 0, message: 0, changes: 0, bytes: 0, presence: 0 },
        user: null,
        expires: null,
      }),
    );
  }

  #join(join: Join, replica: ReplicaId): void {
    const place = this.#places.get(join.handle) ?? this.#enter(join, replica);
    if (place?.name !== join.room) {
      this.close(CloseCode.malformed, 'the handle is taken');
      return;
    }
    place.catchUp = place.catchUp.then(() => this.#catchUp(place, join));
  }

  #enter({ handle, room: name }: Join, replica: ReplicaId): Place | undefined {
    if (this.#places.size >= MAX_ROOMS)
      return void this.close(CloseCode.tooManyRooms, `${MAX_ROOMS} rooms at most`);
    const member: Member = {
      handle,
      replica,
      send: (ready, shed) => {
        if (shed && this.#socket.buffered > SHED) this.#metrics.count('concord_presence_shed_total');
        else this.#send(ready);
      },
      evict: (reason) => this.close(CloseCode.unavailable, reason),
    };
    const lease = this.#rooms.lease(name);
    // Seated before anything is read: what comes meanwhile arrives by itself.
    const catchUp = lease.room.then((room) => room.enter(member), this.#unavailable);
    const place = { lease, name, member, catchUp };
    this.#places.set(handle, place);
    return place;
  }

  /** Tells what is on disk here, then sends what the client lacks, no faster than it takes it. */
  async #catchUp({ lease, member }: Place, join: Join): Promise<void> {
    const { handle } = member;
    try {
      const room = await lease.room;
      this.#send(
        packets({
          type: 'joined',
          handle,
          epoch: room.epoch,
          role: 'editor',
          version: room.version,
          head: 0,
        }),
      );
      for await (const page of room.missing(join.version)) {
        if (this.#closed) return;
        this.#send(opsPackets(handle, page));
        await this.#socket.drained();
      }
      this.#send(packets({ type: 'caught-up', handle }));
    } catch {
      this.#unavailable();
    }
  }

  #leave(handle: Handle): void {
    const place = this.#places.get(handle);
    if (!place) return;
    this.#places.delete(handle);
    place.lease.room.then(
      (room) => {
        room.leave(place.member);
        place.lease.release();
      },
      () => place.lease.release(),
    );
  }

  #in(handle: Handle, act: (room: Room, member: Member) => void): void {
    const place = this.#places.get(handle);
    if (place) place.lease.room.then((room) => act(room, place.member)).catch(this.#unavailable);
    else
      this.#send(
        packets({
          type: 'reject',
          handle,
          code: 'not-joined',
          culprit: null,
          detail: `no room under ${handle}`,
        }),
      );
  }

  readonly #unavailable = (): void => this.close(CloseCode.unavailable, 'the log cannot be read');

  #send(ready: readonly Uint8Array[]): void {
    if (this.#closed) return;
    if (this.#socket.buffered > TOO_SLOW) {
      this.close(CloseCode.tooSlow, 'too far behind');
      return;
    }
    for (const packet of ready) this.#socket.send(packet);
  }
}
