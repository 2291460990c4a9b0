import {
  Assembler,
  type Change,
  encodeFrame,
  type Frame,
  type Handle,
  MAX_SNAPSHOT,
  opsPackets,
  packets,
  type ReplicaId,
  type VersionVector,
} from '../protocol/index.ts';
import type { Accept, MemoryLine } from '../transports/memory.ts';

interface Room {
  readonly epoch: string;
  changes: Change[];
  readonly version: Map<ReplicaId, number>;
  readonly seats: Map<Seat, Handle>;
}

interface Seat {
  readonly replica: ReplicaId;
  say(frame: Frame): void;
}

/**
 * The relay's side of the protocol in its simplest form: one process, no disk, everybody an editor, nothing limited. For
 * tests of transports and of apps; the real one is `apps/relay`.
 */
export class TinyRelay {
  readonly #rooms = new Map<string, Room>();
  /** Every frame that a client sent. */
  readonly heard: Frame[] = [];
  /** How often a change came that was there already. */
  duplicates = 0;

  /** For `memoryNetwork`, or whatever else carries packets. */
  readonly accept: Accept = (line) => {
    const assembler = new Assembler({ snapshot: MAX_SNAPSHOT });
    const places = new Map<Handle, Room>();
    let seat: Seat | null = null;
    const leave = (): void => {
      if (!seat) return;
      for (const room of places.values()) room.seats.delete(seat);
    };
    return {
      packet: (bytes) => {
        const frame = assembler.take(bytes);
        if (!frame) return;
        this.heard.push(frame);
        if (frame.type === 'hello') seat = greet(line, frame.replica);
        else if (seat) this.#hear(seat, places, frame);
      },
      closed: leave,
    };
  };

  /** What is kept of a room. */
  room(name: string): { readonly changes: readonly Change[]; readonly version: VersionVector } {
    return this.#room(name);
  }

  /** Says something to everyone in a room. */
  tell(name: string, frame: (handle: Handle) => Frame): void {
    for (const [seat, handle] of this.#room(name).seats) seat.say(frame(handle));
  }

  #room(name: string): Room {
    const room = this.#rooms.get(name) ?? {
      epoch: `epoch of ${name}`,
      changes: [],
      version: new Map(),
      seats: new Map(),
    };
    this.#rooms.set(name, room);
    return room;
  }

  #hear(seat: Seat, places: Map<Handle, Room>, frame: Frame): void {
    if (frame.type === 'join') {
      const { handle, room: name, version } = frame;
      const room = this.#room(name);
      places.set(handle, room);
      room.seats.set(seat, handle);
      const { epoch } = room;
      seat.say({ type: 'joined', handle, epoch, role: 'editor', version: room.version, head: 0 });
      const changes = room.changes.filter(({ replica, to }) => to > (version.get(replica) ?? 0));
      seat.say({ type: 'ops', handle, changes });
      seat.say({ type: 'caught-up', handle });
      return;
    }
    const room = 'handle' in frame ? places.get(frame.handle) : undefined;
    if (!room || !('handle' in frame)) return;
    const { handle } = frame;
    if (frame.type === 'ops') this.#append(room, seat, handle, frame.changes);
    else if (frame.type === 'presence') {
      const { replica } = seat;
      const { state } = frame;
      toOthers(room, seat, (their) => ({ type: 'peer', handle: their, replica, user: null, state }));
    }
  }

  #append(room: Room, seat: Seat, handle: Handle, changes: readonly Change[]): void {
    const version = new Map<ReplicaId, number>();
    const fresh: Change[] = [];
    for (const change of changes) {
      const { replica, from, to } = change;
      const expected = room.version.get(replica) ?? 0;
      if (from > expected) {
        seat.say({ type: 'reject', handle, detail: '', code: 'gap', replica, expected });
        continue;
      }
      if (from === expected) {
        fresh.push(change);
        room.version.set(replica, to);
      } else this.duplicates++;
      version.set(replica, room.version.get(replica) ?? 0);
    }
    room.changes.push(...fresh);
    if (fresh.length > 0) toOthers(room, seat, (their) => ({ type: 'ops', handle: their, changes: fresh }));
    if (version.size > 0) seat.say({ type: 'ack', handle, level: 'durable', version });
  }
}

function greet(line: MemoryLine, replica: ReplicaId): Seat {
  const say = (frame: Frame): void => {
    const ready = frame.type === 'ops' ? opsPackets(frame.handle, frame.changes) : packets(frame);
    for (const packet of ready) line.send(packet);
  };
  const limits = { frame: 0, message: 0, changes: 0, bytes: 0, presence: 0 };
  line.send(
    encodeFrame({ type: 'welcome', version: 2, session: replica, limits, user: null, expires: null }),
  );
  return { replica, say };
}

function toOthers(room: Room, seat: Seat, frame: (handle: Handle) => Frame): void {
  for (const [other, handle] of room.seats) if (other !== seat) other.say(frame(handle));
}
