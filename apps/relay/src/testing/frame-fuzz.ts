import { counter, Doc, object } from '@concord/crdt';
import {
  type Change,
  canSay,
  DecodeError,
  decodeFrame,
  encodeFrame,
  type Frame,
  opsPackets,
  packets,
  type ReplicaId,
  replicaId,
  VERSIONS,
} from '@concord/sync/protocol';
import { mulberry32 } from '@concord/sync/testing';
import { Connection } from '../connection.ts';
import { Metrics } from '../metrics.ts';
import { Rooms } from '../rooms.ts';
import { MemoryLog } from './memory-log.ts';
import { Dice } from './weather.ts';

export interface FuzzReport {
  readonly cases: number;
  /** Mutated packets that were frames nevertheless. */
  readonly accepted: number;
  /** Connections that were ended for what they sent. */
  readonly closed: number;
}

/** Numbers at which things break: varint widths, limits, and what no number may be. */
const NUMBERS = [
  0,
  1,
  2,
  63,
  64,
  127,
  128,
  16_383,
  16_384,
  65_535,
  65_536,
  2 ** 31,
  2 ** 32,
  2 ** 48,
  2 ** 53 - 1,
];
const CLIENT_SENDS: readonly Frame['type'][] = [
  'join',
  'leave',
  'ops',
  'ops',
  'presence',
  'snapshot',
  'attest',
];
const ROOM = 'docs/fuzz';
/** Packets that one connection is sent at most before the next one comes. */
const PER_CONNECTION = 40;

/** Makes valid frames of every type, and packets that nearly are. All from one seed. */
class FrameFuzz {
  readonly #dice: Dice;
  readonly #changes: readonly Change[];

  constructor(seed: number) {
    this.#dice = new Dice(mulberry32(seed));
    const doc = new Doc(object({ clicks: counter() }), { replica: this.#replica() });
    this.#changes = Array.from({ length: 50 }, () => doc.change(({ clicks }) => clicks.increment(1))).filter(
      (change) => change !== null,
    );
  }

  /** A frame as somebody could send it, with values at the edges; `from` a client, one of those that clients send. */
  frame(from: 'anybody' | 'client' = 'anybody'): Frame {
    const dice = this.#dice;
    const handle = dice.chance(0.7) ? 1 : this.#number();
    const make: Record<Frame['type'], () => Frame> = {
      hello: () => ({
        type: 'hello',
        oldest: this.#number(),
        newest: this.#number(),
        replica: this.#replica(),
        token: dice.chance(0.5) ? null : this.#text(),
      }),
      welcome: () => ({
        type: 'welcome',
        version: this.#number(),
        session: this.#text(),
        limits: {
          frame: this.#number(),
          message: this.#number(),
          changes: this.#number(),
          bytes: this.#number(),
          presence: this.#number(),
        },
        user: dice.chance(0.5) ? null : this.#text(),
        expires: dice.chance(0.5) ? null : this.#number(),
      }),
      join: () => ({
        type: 'join',
        handle,
        room: dice.chance(0.8) ? ROOM : this.#text(),
        epoch: this.#text(),
        version: this.#version(),
        grant: this.#text(),
        capabilities: this.#number(),
      }),
      joined: () => ({
        type: 'joined',
        handle,
        epoch: this.#text(),
        role: dice.of(['viewer', 'commenter', 'editor', 'owner'] as const) ?? 'viewer',
        version: this.#version(),
        head: this.#number(),
      }),
      'caught-up': () => ({ type: 'caught-up', handle }),
      leave: () => ({ type: 'leave', handle }),
      ops: () => ({
        type: 'ops',
        handle,
        changes: Array.from({ length: dice.between(0, 4) }, () => this.#change()),
      }),
      ack: () => ({
        type: 'ack',
        handle,
        level: dice.of(['received', 'edge', 'durable'] as const) ?? 'durable',
        version: this.#version(),
      }),
      reject: () =>
        dice.chance(0.5)
          ? { type: 'reject', handle, code: 'rate', retryAfter: this.#number(), detail: this.#text() }
          : {
              type: 'reject',
              handle,
              code: 'gap',
              replica: this.#replica(),
              expected: this.#number(),
              detail: '',
            },
      role: () => ({ type: 'role', handle, role: dice.chance(0.3) ? null : 'viewer' }),
      'auth-refresh': () => ({ type: 'auth-refresh', token: this.#text() }),
      auth: () => ({ type: 'auth', user: null, expires: this.#number(), warn: dice.chance(0.5) }),
      'want-snapshot': () => ({
        type: 'want-snapshot',
        handle,
        want: dice.chance(0.5) ? 'snapshot' : 'hash',
        version: this.#version(),
      }),
      snapshot: () => ({
        type: 'snapshot',
        handle,
        version: this.#version(),
        stateHash: this.#text(),
        bytes: this.#bytes(200),
      }),
      attest: () => ({ type: 'attest', handle, version: this.#version(), stateHash: this.#text() }),
      presence: () => ({ type: 'presence', handle, state: this.#bytes(300) }),
      peer: () => ({
        type: 'peer',
        handle,
        replica: this.#replica(),
        user: null,
        state: dice.chance(0.5) ? null : this.#bytes(100),
      }),
      fragment: () => ({
        type: 'fragment',
        total: this.#number(),
        offset: dice.chance(0.5) ? 0 : this.#number(),
        bytes: this.#bytes(100),
      }),
    };
    const types = from === 'client' ? CLIENT_SENDS : (Object.keys(make) as Frame['type'][]);
    return make[dice.of(types) ?? 'leave']();
  }

  /** A packet: a frame with values at the edges, and its bytes changed in up to `edits` places. */
  packet(edits = 3, from: 'anybody' | 'client' = 'anybody'): Uint8Array {
    const dice = this.#dice;
    const version = dice.chance(0.3) ? VERSIONS.oldest : VERSIONS.newest;
    let frame = this.frame(from);
    while (!canSay(frame, version)) frame = this.frame(from);
    let bytes = encodeFrame(frame, version);
    if (dice.chance(0.1)) return dice.of(packets(frame, version)) ?? bytes;
    for (let n = dice.between(0, edits + 1); n > 0; n--) bytes = this.#edit(bytes);
    return bytes;
  }

  /** Greets and joins as one should, so that what follows gets further than the door. */
  greeting(replica = this.#replica()): readonly Uint8Array[] {
    return [
      encodeFrame({ type: 'hello', ...VERSIONS, replica, token: null }),
      encodeFrame({ type: 'join', handle: 1, room: ROOM, epoch: '', version: new Map(), capabilities: 3 }),
    ];
  }

  #edit(bytes: Uint8Array): Uint8Array {
    const dice = this.#dice;
    const at = dice.between(0, bytes.length + 1);
    const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
    switch (dice.between(0, 6)) {
      case 0: {
        const flipped = bytes.slice();
        if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << dice.between(0, 8));
        return flipped;
      }
      case 1:
        return head;
      case 2:
        return concat(head, this.#bytes(8), tail);
      case 3:
        return concat(head, tail.subarray(dice.between(0, 8)));
      case 4: {
        // A length or a number far beyond what follows.
        const varint = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f].slice(dice.between(0, 6));
        return concat(head, Uint8Array.from(varint), tail.subarray(1));
      }
      default: {
        const other = encodeFrame(this.frame());
        return concat(head, other.subarray(dice.between(0, other.length)));
      }
    }
  }

  #number(): number {
    return this.#dice.chance(0.5) ? (this.#dice.of(NUMBERS) ?? 0) : this.#dice.between(0, 300);
  }

  #replica(): ReplicaId {
    const digits = Array.from({ length: 16 }, () => this.#dice.between(0, 16).toString(16));
    return replicaId(digits.join(''));
  }

  #text(): string {
    const dice = this.#dice;
    const texts = [
      '',
      'a',
      'docs/x',
      '../..',
      '\u0000',
      'é'.repeat(200),
      '\u{1f600}'.repeat(70),
      'x'.repeat(dice.between(0, 2_000)),
      '{"alg":"none"}',
    ];
    return dice.of(texts) ?? '';
  }

  #bytes(most: number): Uint8Array {
    return Uint8Array.from({ length: this.#dice.between(0, most) }, () => this.#dice.between(0, 256));
  }

  #version(): Map<ReplicaId, number> {
    const entries = Array.from(
      { length: this.#dice.between(0, 4) },
      () => [this.#replica(), Math.min(this.#number() + 1, 2 ** 48)] as const,
    );
    return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** A real change, or one that says other than it is, or bytes that are none. */
  #change(): Change {
    const dice = this.#dice;
    const change = dice.of(this.#changes) as Change;
    if (dice.chance(0.9)) return change;
    const from = dice.chance(0.5) ? change.from : Math.min(this.#number(), 2 ** 48 - 2);
    return {
      replica: dice.chance(0.5) ? change.replica : this.#replica(),
      from,
      to: Math.min(from + 1 + this.#dice.between(0, 5), 2 ** 48),
      bytes: dice.chance(0.5) ? this.#edit(change.bytes) : this.#bytes(60),
    };
  }
}

/** Throws Error if any packet makes the codec do anything but decode it faithfully or refuse it with DecodeError. */
export function fuzzCodec(seed: number, cases: number): FuzzReport {
  const fuzz = new FrameFuzz(seed);
  let accepted = 0;
  for (let i = 0; i < cases; i++) {
    const packet = fuzz.packet();
    let frame: Frame;
    try {
      frame = decodeFrame(packet);
    } catch (error) {
      if (error instanceof DecodeError) continue;
      throw new Error(`seed ${seed}, case ${i}: ${hex(packet)}`, { cause: error });
    }
    accepted++;
    const again = encodeFrame(frame, packet[0]);
    if (hex(encodeFrame(decodeFrame(again), packet[0])) !== hex(again))
      throw new Error(`seed ${seed}, case ${i}: ${hex(packet)} means something else when written again`);
  }
  return { cases, accepted, closed: 0 };
}

/**
 * Throws Error if any packets make a relay's connection throw, or take from somebody else in the room: after every
 * attacker, a change of a bystander must still be acknowledged.
 */
export async function fuzzConnection(seed: number, cases: number): Promise<FuzzReport> {
  const fuzz = new FrameFuzz(seed);
  const rooms = new Rooms(new MemoryLog(), new Metrics());
  const doc = new Doc(object({ clicks: counter() }));
  const heard: Frame[] = [];
  const bystander = connect(rooms, (packet) => heard.push(decodeFrame(packet)));
  for (const packet of fuzz.greeting(doc.replica)) bystander.connection.receive(packet);
  let closed = 0;
  let sent = 0;
  while (sent < cases) {
    const attacker = connect(rooms, () => {});
    const story: Uint8Array[] = [];
    const send = (packet: Uint8Array): void => {
      story.push(packet);
      attacker.connection.receive(packet);
    };
    try {
      for (const packet of fuzz.greeting()) send(packet);
      await turn();
      for (let i = 0; i < PER_CONNECTION && !attacker.isClosed(); i++) {
        // Most are whole frames: what is malformed ends the connection, and nothing behind it is met.
        send(i % 8 === 7 ? fuzz.packet() : fuzz.packet(0, 'client'));
        sent++;
        if (i % 8 === 7) await turn();
      }
    } catch (error) {
      throw new Error(`seed ${seed}: ${story.map(hex).join(' ')}`, { cause: error });
    }
    await turn();
    if (attacker.isClosed()) closed++;
    attacker.connection.ended();
    heard.length = 0;
    const change = doc.change(({ clicks }) => clicks.increment(1));
    if (change) for (const packet of opsPackets(1, [change])) bystander.connection.receive(packet);
    await turn();
    const isHeard = heard.some(
      (frame) => frame.type === 'ack' && frame.version.get(doc.replica) === change?.to,
    );
    if (!isHeard || bystander.isClosed())
      throw new Error(`seed ${seed}: a bystander suffers from ${story.map(hex).join(' ')}`);
  }
  return { cases: sent, accepted: 0, closed };
}

function connect(rooms: Rooms, hear: (packet: Uint8Array) => void) {
  let isClosed = false;
  const socket = {
    buffered: 0,
    send: hear,
    drained: () => Promise.resolve(),
    close: () => {
      isClosed = true;
    },
  };
  return { connection: new Connection(socket, rooms, new Metrics()), isClosed: () => isClosed };
}

/** Everything that can happen without time passing has. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
