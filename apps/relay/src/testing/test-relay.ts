import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Assembler,
  type Frame,
  type Join,
  MAX_SNAPSHOT,
  newReplicaId,
  packets,
  type ReplicaId,
} from '@concord/sync/protocol';
import { Access, type AccessOptions } from '../access.ts';
import type { ConnectionLimits } from '../allowance.ts';
import { AuthError, type Identity } from '../auth.ts';
import { Connection, type Rules, type Socket } from '../connection.ts';
import { type LogService, logService } from '../log-service.ts';
import { Metrics } from '../metrics.ts';
import { Replicas } from '../replicas.ts';
import { Rooms, type RoomsOptions } from '../rooms.ts';
import { SqliteLog } from '../sqlite-log.ts';

// What tests of connections share: a relay without sockets, on a log in a folder of its own, at a time of its own.

/** A line that a test can clog. */
export class TestSocket implements Socket {
  buffered = 0;
  closed: number | null = null;
  readonly frames: Frame[] = [];
  readonly #assembler = new Assembler({ snapshot: MAX_SNAPSHOT });
  #drained: (() => void)[] = [];
  #clogged = false;

  send(packet: Uint8Array): void {
    const frame = this.#assembler.take(packet);
    if (frame) this.frames.push(frame);
  }

  drained(): Promise<void> {
    return this.#clogged ? new Promise((resolve) => this.#drained.push(resolve)) : Promise.resolve();
  }

  close(code: number): void {
    this.closed = code;
  }

  clog(): void {
    this.#clogged = true;
  }

  /** Lets one wait for room end. */
  drain(): void {
    this.#drained.shift()?.();
  }

  count(type: Frame['type']): number {
    return this.frames.filter((frame) => frame.type === type).length;
  }
}

/** All that needs no time to pass has happened. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
}

export interface TestRelayOptions extends Partial<AccessOptions> {
  readonly asks?: boolean;
  readonly limits?: ConnectionLimits;
  readonly report?: (error: unknown) => void;
  readonly retention?: number;
  readonly log?: (log: LogService) => LogService;
  readonly rooms?: Omit<RoomsOptions, 'snapshots' | 'retention' | 'now'>;
}

/** A client as a test plays it. */
export interface Person {
  readonly socket: TestSocket;
  readonly replica: ReplicaId;
  readonly connection: Connection;
  say(frame: Frame): void;
  join(room: string, more?: Partial<Join>): Promise<void>;
}

/** Tokens in tests are the identity itself, as JSON. */
export function tokenOf(user: string, more: Partial<Identity> = {}): string {
  return JSON.stringify({ user, expires: null, rooms: {}, ...more });
}

/** A relay without sockets. */
export class TestRelay {
  now = 1_700_000_000_000;
  readonly folder = mkdtempSync(join(tmpdir(), 'concord-'));
  readonly #sqlite = new SqliteLog(this.folder);
  readonly log: LogService;
  readonly metrics = new Metrics();
  readonly rooms: Rooms;
  readonly access: Access;
  readonly rules: Rules;
  readonly people: Person[] = [];

  constructor(options: TestRelayOptions = {}) {
    const now = (): number => this.now;
    const log = logService(this.folder, this.#sqlite);
    this.log = options.log?.(log) ?? log;
    this.rooms = new Rooms(this.log, this.metrics, {
      snapshots: this.log,
      retention: options.retention ?? 0,
      now,
      ...options.rooms,
    });
    const asks = options.asks ?? false;
    this.access = new Access(this.log, { open: !asks, newRooms: options.newRooms ?? true, now });
    const authenticate = async (token: string): Promise<Identity> => {
      if (!token.startsWith('{')) throw new AuthError('the token is not genuine');
      return JSON.parse(token) as Identity;
    };
    this.rules = {
      access: this.access,
      authenticate,
      asks,
      replicas: new Replicas(),
      limits: options.limits ?? null,
      now,
      ...(options.report && { report: options.report }),
    };
  }

  /** Someone connects and says HELLO. */
  async person(token: string | null = null, replica: ReplicaId = newReplicaId()): Promise<Person> {
    const person = this.silent(replica);
    person.say({ type: 'hello', oldest: 1, newest: 2, replica, token });
    await settle();
    return person;
  }

  /** Someone connects and says nothing. */
  silent(replica: ReplicaId = newReplicaId()): Person {
    const socket = new TestSocket();
    const connection = new Connection(socket, this.rooms, this.metrics, this.rules);
    const say = (frame: Frame): void => {
      for (const packet of packets(frame)) connection.receive(packet);
    };
    const person: Person = {
      socket,
      replica,
      connection,
      say,
      join: async (room, more) => {
        say({ type: 'join', handle: 1, room, epoch: '', version: new Map(), ...more });
        await settle();
      },
    };
    this.people.push(person);
    return person;
  }

  /** Time passes for everybody. */
  async pass(ms: number): Promise<void> {
    this.now += ms;
    for (const { connection } of this.people) connection.tick();
    this.access.sweep();
    await this.rooms.sweep();
    await settle();
  }

  /** Changes the file behind the log's back. */
  damage(sql: string): void {
    this.#sqlite.fold();
    this.#sqlite.forget();
    this.#sqlite.db.exec(sql);
  }

  /** Bytes of the log's file, once all is in it. */
  fileSize(): { readonly size: number } {
    this.#sqlite.fold();
    this.#sqlite.db.exec('PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)');
    return { size: statSync(join(this.folder, 'log.sqlite')).size };
  }

  async close(): Promise<void> {
    for (const { connection } of this.people) connection.ended();
    await settle();
    await this.log.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
