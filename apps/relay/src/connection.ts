import {
  Assembler,
  CloseCode,
  DecodeError,
  decodeFrame,
  type Fragment,
  type Frame,
  type Handle,
  type Hello,
  type Join,
  MAX_ROOMS,
  MAX_SNAPSHOT,
  packets,
  type ReplicaId,
  VERSIONS,
} from '@concord/sync/protocol';
import { Access } from './access.ts';
import { Allowance, type ConnectionLimits, toldLimits } from './allowance.ts';
import { AuthError, type Authenticate, askNobody, type Identity, NOBODY } from './auth.ts';
import type { Metrics } from './metrics.ts';
import { Outgoing, type Socket } from './outgoing.ts';
import { type Line, Place } from './place.ts';
import { type Holder, Replicas } from './replicas.ts';
import type { Rooms } from './rooms.ts';

export type { Socket } from './outgoing.ts';

/** What connections are measured against. */
export interface Rules {
  readonly access: Access;
  readonly authenticate: Authenticate;
  /** Whether everybody has to say who they are, or to come by a link. */
  readonly asks: boolean;
  readonly replicas: Replicas;
  /** Null: nothing is limited. */
  readonly limits: ConnectionLimits | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Is told of mistakes in this code. */
  readonly report?: (error: unknown) => void;
}

/** Milliseconds that a client has to say who it is. */
const GREETED_WITHIN = 10_000;
/** How long before a token's end a fresh one is asked for, and how long after it one may still only read. */
const WARNED_BEFORE = 60_000;
const READS_AFTER = 60_000;
/** Packets that may come while a token is being checked. */
const MOST_EARLY = 64;

/** One client's side of the protocol: from packets to rooms and back. Knows no sockets and no timers. */
export class Connection implements Line, Holder {
  readonly socket: Socket;
  readonly out: Outgoing;
  readonly rooms: Rooms;
  readonly metrics: Metrics;
  readonly allowance: Allowance;
  readonly #rules: Rules;
  readonly #since: number;
  /** Made when the first fragment comes: most clients never send one. */
  #assembler: Assembler | null = null;
  readonly #places = new Map<Handle, Place>();
  /** While a token is being checked. */
  #greeting: Promise<void> | null = null;
  #early = 0;
  #replica: ReplicaId | null = null;
  #version: number = VERSIONS.newest;
  #identity = NOBODY;
  #warned = false;
  #expired = false;
  #wanted = 0;
  /** Bytes of a snapshot that was asked for: they may come as fast as they do. */
  #asked = 0;
  #closed = false;

  constructor(socket: Socket, rooms: Rooms, metrics: Metrics, rules: Rules = openRules()) {
    this.socket = socket;
    this.rooms = rooms;
    this.metrics = metrics;
    this.#rules = rules;
    this.#since = rules.now();
    this.allowance = new Allowance(rules.limits);
    this.out = new Outgoing(socket, () => this.close(CloseCode.tooSlow, 'too far behind'));
  }

  get access(): Access {
    return this.#rules.access;
  }

  get version(): number {
    return this.#version;
  }

  get replica(): ReplicaId {
    if (this.#replica === null) throw new Error('no HELLO came yet');
    return this.#replica;
  }

  get identity(): Identity {
    return this.#identity;
  }

  get user(): string | null {
    return this.#identity.user;
  }

  get isExpired(): boolean {
    return this.#expired;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  now(): number {
    return this.#rules.now();
  }

  /** Takes a packet. Anything malformed ends this connection and nothing else. */
  receive(packet: Uint8Array): void {
    if (this.#closed) return;
    if (this.#greeting) {
      this.#wait(this.#greeting, packet);
      return;
    }
    const now = this.now();
    const asked = Math.min(this.#asked, packet.length);
    this.#asked -= asked;
    const isFlood =
      this.allowance.take('packets', 1, now) > 0 ||
      this.allowance.take('bytes', packet.length - asked, now) > 0;
    if (isFlood) {
      this.close(CloseCode.tooMany, 'too much at once');
      return;
    }
    try {
      const frame = this.#whole(packet);
      if (frame) this.#handle(frame);
    } catch (error) {
      if (error instanceof DecodeError) this.close(CloseCode.malformed, error.message);
      else this.#failed(error);
    }
  }

  /** A mistake of this code costs one connection, not all of them. Where nobody is told, it is thrown: tests see it. */
  #failed(error: unknown): void {
    const { report } = this.#rules;
    if (!report) throw error;
    report(error);
    this.close(CloseCode.unavailable, 'this went wrong');
  }

  /** What came is no packet. */
  malformed(reason: string): void {
    this.close(CloseCode.malformed, reason);
  }

  /** Ends the connection from this side. */
  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.metrics.count(`concord_closed_total{code="${code}"}`);
    this.socket.close(code, reason);
    this.ended();
  }

  /** Whether somebody still answers at the other end. */
  probe(): Promise<boolean> {
    return this.socket.probe?.() ?? Promise.resolve(false);
  }

  /** Another line took over: nobody is at the other end of this one. */
  abandon(): void {
    this.close(CloseCode.silent, 'another line took over');
  }

  /** To be called when the line is gone: the seats are given back. */
  ended(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.out.close();
    if (this.#replica !== null) this.#rules.replicas.release(this.#replica, this);
    for (const handle of [...this.#places.keys()]) this.dropped(handle);
  }

  /** To be called about once a second: what has not been said in time, and what ends by itself. */
  tick(): void {
    const now = this.now();
    if (now - this.#since > GREETED_WITHIN) this.#isSomebodyOrGoes();
    const { user, expires } = this.#identity;
    if (expires === null) return;
    if (now > expires + READS_AFTER) {
      this.close(CloseCode.unauthorized, 'the token is past its time');
    } else if (now > expires && !this.#expired) {
      this.#expired = true;
      for (const place of this.#places.values()) place.tellRole();
    } else if (now > expires - WARNED_BEFORE && !this.#warned) {
      this.#warned = true;
      this.#tell({ type: 'auth', user, expires, warn: true });
    }
  }

  dropped(handle: Handle): void {
    const place = this.#places.get(handle);
    this.#places.delete(handle);
    place?.leave();
  }

  expectSnapshot(isExpected: boolean): void {
    this.#wanted = Math.max(0, this.#wanted + (isExpected ? 1 : -1));
    this.#assembler ??= new Assembler();
    this.#assembler.snapshotLimit = this.#wanted > 0 ? MAX_SNAPSHOT : 0;
    this.#asked = this.#wanted > 0 ? MAX_SNAPSHOT : 0;
  }

  /** The frame that this packet is or completes, or null. Throws DecodeError. */
  #whole(packet: Uint8Array): Exclude<Frame, Fragment> | null {
    if (this.#assembler) return this.#assembler.take(packet);
    const frame = decodeFrame(packet);
    if (frame.type !== 'fragment' && frame.type !== 'snapshot') return frame;
    this.#assembler = new Assembler();
    return this.#assembler.take(packet);
  }

  #handle(frame: Exclude<Frame, { type: 'fragment' }>): void {
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
        this.#join(frame);
        break;
      case 'leave':
        this.dropped(frame.handle);
        break;
      case 'auth-refresh':
        void this.#authenticate(frame.token, (identity) => this.#refresh(identity));
        break;
      case 'ops':
      case 'presence':
      case 'snapshot':
      case 'attest': {
        const place = this.#places.get(frame.handle);
        if (place) place.receive(frame);
        else this.#reject(frame.handle, 'not-joined', `no room under ${frame.handle}`);
        break;
      }
      default:
        this.close(CloseCode.malformed, `a client does not send ${frame.type}`);
    }
  }

  #greet(hello: Hello): void {
    if (this.#replica !== null) {
      this.close(CloseCode.malformed, 'HELLO came twice');
      return;
    }
    const version = Math.min(hello.newest, VERSIONS.newest);
    if (version < Math.max(hello.oldest, VERSIONS.oldest)) {
      this.close(CloseCode.versionUnsupported, `this relay speaks ${VERSIONS.oldest} to ${VERSIONS.newest}`);
      return;
    }
    this.#version = version;
    const { replica, token } = hello;
    const greeting =
      token === null || !this.#rules.asks
        ? this.#claim(replica, NOBODY)
        : this.#authenticate(token, (identity) => this.#claim(replica, identity));
    if (greeting) this.#hold(greeting);
  }

  /** Speaks for the replica from here on, unless another connection does. */
  #claim(replica: ReplicaId, identity: Identity): void | Promise<void> {
    this.#identity = identity;
    const claimed = this.#rules.replicas.claim(replica, this);
    const decide = (isMine: boolean): void => {
      if (this.#closed && isMine) this.#rules.replicas.release(replica, this);
      else if (isMine) this.#welcome(replica);
      else this.close(CloseCode.unavailable, 'this replica is connected elsewhere');
    };
    return typeof claimed === 'boolean' ? decide(claimed) : claimed.then(decide);
  }

  #welcome(replica: ReplicaId): void {
    this.#replica = replica;
    const { user, expires } = this.#identity;
    this.#tell({
      type: 'welcome',
      version: this.#version,
      session: crypto.randomUUID(),
      limits: toldLimits(this.#rules.limits),
      user,
      expires,
    });
  }

  #join(join: Join): void {
    const { handle, room } = join;
    const retryAfter = this.allowance.take('joins', 1, this.now());
    if (retryAfter > 0) {
      this.#tell({ type: 'reject', handle, code: 'rate', retryAfter, detail: '' });
      return;
    }
    const place = this.#places.get(handle);
    if (place) {
      if (place.name === room) place.catchUp(join);
      else this.close(CloseCode.malformed, 'the handle is taken');
    } else if (this.#places.size >= MAX_ROOMS) {
      this.close(CloseCode.tooManyRooms, `${MAX_ROOMS} rooms at most`);
    } else this.#places.set(handle, new Place(this, join));
  }

  async #authenticate(token: string, then: (identity: Identity) => void | Promise<void>): Promise<void> {
    try {
      const identity = await this.#rules.authenticate(token);
      if (!this.#closed) await then(identity);
    } catch (error) {
      if (error instanceof AuthError) this.close(CloseCode.unauthorized, error.message);
      else this.close(CloseCode.unavailable, 'tokens cannot be checked');
    }
  }

  async #refresh(identity: Identity): Promise<void> {
    if (identity.user !== this.#identity.user) {
      this.close(CloseCode.unauthorized, 'the token is of somebody else');
      return;
    }
    this.#identity = identity;
    this.#warned = false;
    const { user, expires } = identity;
    this.#tell({ type: 'auth', user, expires, warn: false });
    const places = [...this.#places.values()];
    await Promise.all(places.map((place) => place.review()));
    if (!this.#expired) return;
    this.#expired = false;
    for (const place of places) place.tellRole();
  }

  #isSomebodyOrGoes(): void {
    if (this.#replica === null) this.close(CloseCode.helloExpected, 'no HELLO came');
    else if (!this.#rules.asks || this.#identity.user !== null) return;
    else if (![...this.#places.values()].some(({ isEntered }) => isEntered))
      this.close(CloseCode.unauthorized, 'no token came, and no link');
  }

  /** What comes meanwhile waits. */
  #hold(greeting: Promise<void>): void {
    this.#greeting = greeting.finally(() => {
      this.#greeting = null;
    });
  }

  #wait(greeting: Promise<void>, packet: Uint8Array): void {
    if (++this.#early > MOST_EARLY) this.close(CloseCode.malformed, 'too much before WELCOME');
    else void greeting.then(() => this.receive(packet));
  }

  #reject(handle: Handle, code: 'not-joined', detail: string): void {
    this.#tell({ type: 'reject', handle, code, culprit: null, detail });
  }

  #tell(frame: Frame): void {
    this.out.send(packets(frame, this.#version));
  }
}

/** Without rules everybody is an owner, and nothing is limited. */
function openRules(): Rules {
  const now = (): number => 0;
  return {
    access: new Access(null, { open: true, newRooms: true, now }),
    authenticate: askNobody,
    asks: false,
    replicas: new Replicas(),
    limits: null,
    now,
  };
}
