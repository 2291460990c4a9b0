import { crc32c, DecodeError, Reader, Writer } from '@concord/crdt/bytes';
import { decodeVersion, encodeVersion, readReplica, writeReplica } from '@concord/crdt/core';
import type { AckLevel, Change, ErrorCode, Frame, Role } from './frames.ts';
import { isRoomName, MAX_FRAME, MAX_MESSAGE, MAX_PRESENCE } from './limits.ts';

/** The format of a frame's first bytes: `format u8 | type u8 | flags u8 | handle varint | body`. */
const FORMAT = 1;
const MAX_SEQ = 2 ** 48;

/** Numbers on the wire. Never reuse one. */
const TYPES = [
  'hello',
  'welcome',
  'join',
  'joined',
  'caught-up',
  'leave',
  'ops',
  'ack',
  'gap',
  'presence',
  'peer',
  'error',
  'fragment',
] as const satisfies readonly Frame['type'][];
const LEVELS = ['received', 'edge', 'durable'] as const satisfies readonly AckLevel[];
const ROLES = ['viewer', 'commenter', 'editor', 'owner'] as const satisfies readonly Role[];
const ERRORS = [
  'forbidden',
  'invalid',
  'too-large',
  'rate',
  'not-joined',
] as const satisfies readonly ErrorCode[];

/** The frame as bytes. One larger than MAX_FRAME must go through `fragments`. */
export function encodeFrame(frame: Frame): Uint8Array {
  const w = new Writer();
  w.u8(FORMAT);
  w.u8(TYPES.indexOf(frame.type));
  w.u8(0);
  w.varint('handle' in frame ? frame.handle : 0);
  switch (frame.type) {
    case 'hello':
      w.varint(frame.oldest);
      w.varint(frame.newest);
      writeReplica(w, frame.replica);
      w.string(frame.token);
      break;
    case 'welcome':
      w.varint(frame.version);
      w.string(frame.session);
      break;
    case 'join':
      w.string(frame.room);
      w.string(frame.epoch);
      w.bytes(encodeVersion(frame.version));
      break;
    case 'joined':
      w.string(frame.epoch);
      w.u8(ROLES.indexOf(frame.role));
      w.bytes(encodeVersion(frame.version));
      break;
    case 'caught-up':
    case 'leave':
      break;
    case 'ops':
      w.varint(frame.changes.length);
      for (const change of frame.changes) writeChange(w, change);
      break;
    case 'ack':
      w.u8(LEVELS.indexOf(frame.level));
      w.bytes(encodeVersion(frame.version));
      break;
    case 'gap':
      writeReplica(w, frame.replica);
      w.varint(frame.expected);
      break;
    case 'presence':
      w.bytes(frame.state);
      break;
    case 'peer':
      writeReplica(w, frame.replica);
      w.u8(frame.state === null ? 0 : 1);
      if (frame.state !== null) w.bytes(frame.state);
      break;
    case 'error':
      w.u8(ERRORS.indexOf(frame.code));
      w.string(frame.detail);
      break;
    case 'fragment':
      w.varint(frame.total);
      w.varint(frame.offset);
      w.bytes(frame.bytes);
      break;
  }
  return w.finish();
}

/** Throws DecodeError on anything that `encodeFrame` does not write. Byte fields are views into `bytes`. */
export function decodeFrame(bytes: Uint8Array, limit = MAX_FRAME): Frame {
  if (bytes.length > limit) throw new DecodeError(`frame of ${bytes.length} bytes`);
  const r = new Reader(bytes);
  const format = r.u8();
  if (format !== FORMAT) throw new DecodeError(`unknown frame format ${format}`);
  const type = pick(TYPES, r.u8());
  if (r.u8() !== 0) throw new DecodeError('unknown flags');
  const frame = readBody(r, type, r.varint(), bytes);
  r.end();
  return frame;
}

function readBody(r: Reader, type: Frame['type'], handle: number, bytes: Uint8Array): Frame {
  switch (type) {
    case 'hello':
      return { type, oldest: r.varint(), newest: r.varint(), replica: readReplica(r), token: r.string() };
    case 'welcome':
      return { type, version: r.varint(), session: r.string() };
    case 'join':
      return { type, handle, room: readRoom(r), epoch: r.string(), version: decodeVersion(r.bytes()) };
    case 'joined':
      return {
        type,
        handle,
        epoch: r.string(),
        role: pick(ROLES, r.u8()),
        version: decodeVersion(r.bytes()),
      };
    case 'caught-up':
    case 'leave':
      return { type, handle };
    case 'ops':
      return { type, handle, changes: readChanges(r, bytes) };
    case 'ack':
      return { type, handle, level: pick(LEVELS, r.u8()), version: decodeVersion(r.bytes()) };
    case 'gap':
      return { type, handle, replica: readReplica(r), expected: r.varint() };
    case 'presence':
      return { type, handle, state: readPresence(r) };
    case 'peer':
      return {
        type,
        handle,
        replica: readReplica(r),
        state: pick([false, true], r.u8()) ? readPresence(r) : null,
      };
    case 'error':
      return { type, handle, code: pick(ERRORS, r.u8()), detail: r.string() };
    case 'fragment':
      return { type, total: readTotal(r), offset: r.varint(), bytes: r.bytes() };
  }
}

/** `replica 8 B | from | length | size | bytes | CRC-32C over all of these`, numbers as varints. */
function writeChange(w: Writer, change: Change): void {
  const entry = new Writer();
  writeReplica(entry, change.replica);
  entry.varint(change.from);
  entry.varint(change.to - change.from);
  entry.bytes(change.bytes);
  const bytes = entry.finish();
  w.raw(bytes);
  w.u32(crc32c(bytes));
}

function readChanges(r: Reader, frame: Uint8Array): readonly Change[] {
  const changes: Change[] = [];
  for (let n = r.count(15); n > 0; n--) {
    const start = r.position;
    const replica = readReplica(r);
    const first = r.varint();
    const to = first + r.varint();
    if (to <= first || to > MAX_SEQ) throw new DecodeError('a change without ids, or beyond the last');
    const bytes = r.bytes();
    const checksum = crc32c(frame, start, r.position);
    if (r.u32() !== checksum) throw new DecodeError('bad checksum');
    changes.push({ replica, from: first, to, bytes });
  }
  return changes;
}

function readRoom(r: Reader): string {
  const room = r.string();
  if (!isRoomName(room)) throw new DecodeError('not a room name');
  return room;
}

function readPresence(r: Reader): Uint8Array {
  const state = r.bytes();
  if (state.length > MAX_PRESENCE) throw new DecodeError('presence too large');
  return state;
}

function readTotal(r: Reader): number {
  const total = r.varint();
  if (total > MAX_MESSAGE) throw new DecodeError(`message of ${total} bytes`);
  return total;
}

function pick<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new DecodeError(`unknown value ${index}`);
  return value;
}
