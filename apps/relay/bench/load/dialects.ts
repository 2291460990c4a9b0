import { counter, Doc, lww, object, text } from '@concord/crdt';
import {
  Assembler,
  type Change,
  encodeFrame,
  newReplicaId,
  opsPackets,
  packets,
  VERSIONS,
} from '@concord/sync/protocol';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

export type DialectName = 'concord' | 'hocuspocus' | 'y-websocket' | 'ws';

/** What a packet meant to the client that took it. */
export type Heard =
  | { readonly type: 'reply'; readonly packets: readonly Uint8Array[] }
  /** The room is joined and its document here. */
  | { readonly type: 'joined' }
  /** So many of this client's own sends are acknowledged now. */
  | { readonly type: 'acknowledged'; readonly total: number }
  | { readonly type: 'content' }
  | { readonly type: 'nothing' };

/** One client's side of a server's protocol: as little of it as a fair measurement needs. */
export interface Speaker {
  /** Where to connect, after the server's address. */
  readonly path: string;
  greet(): readonly Uint8Array[];
  hear(packet: Uint8Array): Heard;
  /** An edit of a few characters that carries `mark`, ready to be sent. Edits must be sent in the order in which they were made. */
  edit(mark: string): Uint8Array;
  /** A document of `bytes` bytes, written a kilobyte at a time, as packets. */
  document(bytes: number): readonly Uint8Array[];
  /** How many acknowledgements `document` brings, 0 if the server gives none. */
  readonly acknowledges: boolean;
}

const KILOBYTE = 'It was a bright cold day in April, and the clocks were striking. '
  .repeat(16)
  .slice(0, 1000);
const NOTHING: Heard = { type: 'nothing' };
const CONTENT: Heard = { type: 'content' };
const JOINED: Heard = { type: 'joined' };

/** A client of `server` in `room`. */
export function speak(server: DialectName, room: string): Speaker {
  switch (server) {
    case 'concord':
      return concord(room);
    case 'hocuspocus':
      return hocuspocus(room);
    case 'y-websocket':
      return yWebSocket(room);
    case 'ws':
      return bareWs(room);
  }
}

const schema = object({ body: text(), title: lww(''), clicks: counter() });
/** Where a frame's type stands, so that bulk need not be decoded to be counted. */
const TYPE_AT = 1;
const OPS = encodeFrame({ type: 'ops', handle: 1, changes: [] })[TYPE_AT];
const FRAGMENT = encodeFrame({ type: 'fragment', total: 1, offset: 0, bytes: new Uint8Array(1) })[TYPE_AT];

function concord(room: string): Speaker {
  const replica = newReplicaId();
  let doc: Doc<typeof schema> | null = null;
  let length = 0;
  let sent: number[] = [];
  let acknowledged = 0;
  const assembler = new Assembler();
  const make = (words: string): Change => {
    doc ??= new Doc(schema, { replica });
    const change = doc.change(({ body }) => body.insert(length, words));
    if (!change) throw new Error('no change was made');
    length += words.length;
    sent.push(change.to);
    return change;
  };
  return {
    path: '/ws',
    acknowledges: true,
    greet: () => packets({ type: 'hello', ...VERSIONS, replica, token: null }),
    hear: (packet) => {
      if (packet[TYPE_AT] === OPS || packet[TYPE_AT] === FRAGMENT) return CONTENT;
      const frame = assembler.take(packet);
      switch (frame?.type) {
        case 'welcome':
          return {
            type: 'reply',
            packets: packets({ type: 'join', handle: 1, room, epoch: '', version: new Map() }),
          };
        case 'caught-up':
          return JOINED;
        case 'ack': {
          if (frame.level !== 'durable') return NOTHING;
          const upTo = frame.version.get(replica) ?? 0;
          const first = sent.findIndex((to) => to > upTo);
          const count = first < 0 ? sent.length : first;
          sent = sent.slice(count);
          acknowledged += count;
          return { type: 'acknowledged', total: acknowledged };
        }
        case 'reject':
          throw new Error(`the relay answered ${JSON.stringify(frame)}`);
        default:
          return NOTHING;
      }
    },
    edit: (mark) => only(opsPackets(1, [make(mark)])),
    document: (bytes) => {
      const changes: Change[] = [];
      for (let size = 0; size < bytes; size += KILOBYTE.length) changes.push(make(KILOBYTE));
      return opsPackets(1, changes);
    },
  };
}

function yjs(): { edit(words: string): Uint8Array } {
  const doc = new Y.Doc();
  const body = doc.getText('body');
  let last = new Uint8Array();
  doc.on('update', (update: Uint8Array) => {
    last = update as Uint8Array<ArrayBuffer>;
  });
  return {
    edit: (words) => {
      body.insert(body.length, words);
      return last;
    },
  };
}

const Sync = { step1: 0, step2: 1, update: 2 } as const;

function yWebSocket(room: string): Speaker {
  let writer: ReturnType<typeof yjs> | null = null;
  const update = (words: string): Uint8Array =>
    encoding.encode((encoder) => {
      writer ??= yjs();
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint(encoder, Sync.update);
      encoding.writeVarUint8Array(encoder, writer.edit(words));
    });
  return {
    path: `/${room}`,
    acknowledges: false,
    greet: () => [Uint8Array.of(0, Sync.step1, 1, 0)],
    hear: (packet) => {
      if (packet[0] !== 0) return NOTHING;
      return packet[1] === Sync.step2 ? JOINED : packet[1] === Sync.update ? CONTENT : NOTHING;
    },
    edit: update,
    document: (bytes) => kilobytes(bytes, update),
  };
}

const Hocus = { sync: 0, auth: 2, syncReply: 4, syncStatus: 8 } as const;

function hocuspocus(room: string): Speaker {
  let writer: ReturnType<typeof yjs> | null = null;
  let acknowledged = 0;
  const message = (type: number, write: (encoder: encoding.Encoder) => void): Uint8Array =>
    encoding.encode((encoder) => {
      encoding.writeVarString(encoder, room);
      encoding.writeVarUint(encoder, type);
      write(encoder);
    });
  const update = (words: string): Uint8Array =>
    message(Hocus.sync, (encoder) => {
      writer ??= yjs();
      encoding.writeVarUint(encoder, Sync.update);
      encoding.writeVarUint8Array(encoder, writer.edit(words));
    });
  return {
    path: '/',
    acknowledges: true,
    greet: () => [
      message(Hocus.auth, (encoder) => {
        encoding.writeVarUint(encoder, 0);
        encoding.writeVarString(encoder, 'token');
        encoding.writeVarString(encoder, '4.7.0');
      }),
      message(Hocus.sync, (encoder) => {
        encoding.writeVarUint(encoder, Sync.step1);
        encoding.writeVarUint8Array(encoder, Uint8Array.of(0));
      }),
    ],
    hear: (packet) => {
      const decoder = decoding.createDecoder(packet);
      decoding.readVarString(decoder);
      const type = decoding.readVarUint(decoder);
      if (type === Hocus.syncStatus) {
        acknowledged++;
        return { type: 'acknowledged', total: acknowledged };
      }
      if (type !== Hocus.sync && type !== Hocus.syncReply) return NOTHING;
      const step = decoding.readVarUint(decoder);
      return step === Sync.step2 ? JOINED : step === Sync.update ? CONTENT : NOTHING;
    },
    edit: update,
    document: (bytes) => kilobytes(bytes, update),
  };
}

/** The floor: bytes in, the same bytes out to the others. A packet that begins with J asks for what was sent. */
function bareWs(room: string): Speaker {
  const packet = (words: string): Uint8Array => new TextEncoder().encode(`u${words}`);
  return {
    path: `/${room}`,
    acknowledges: false,
    greet: () => [new TextEncoder().encode('J')],
    hear: (bytes) => (bytes[0] === 0x4a ? JOINED : CONTENT),
    edit: (mark) => packet(mark),
    document: (bytes) => kilobytes(bytes, packet),
  };
}

function kilobytes(bytes: number, make: (words: string) => Uint8Array): readonly Uint8Array[] {
  const out: Uint8Array[] = [];
  for (let size = 0; size < bytes; size += KILOBYTE.length) out.push(make(KILOBYTE));
  return out;
}

function only(ready: readonly Uint8Array[]): Uint8Array {
  const [first, ...rest] = ready;
  if (!first || rest.length > 0) throw new Error('an edit must be one packet');
  return first;
}
