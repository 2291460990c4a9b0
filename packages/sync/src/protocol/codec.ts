import { DecodeError, Reader } from '@concord/crdt/bytes';
import { decodeVersion, readReplica } from '@concord/crdt/core';
import { readChanges, snapshotCrc, writeChange } from './changes.ts';
import { FrameWriter } from './frame-writer.ts';
import type { AckLevel, Frame, Role, WantSnapshot } from './frames.ts';
import { isRoomName, MAX_FRAME, MAX_PRESENCE, MAX_SNAPSHOT, MAX_TEXT, VERSIONS } from './limits.ts';
import { readReject, writeReject } from './reject.ts';
import { pick, readOptional, readText, writeOptional } from './values.ts';

/*
 * A frame's first bytes: `version u8 | type u8 | flags u8 | handle varint | body`. The version is the one that WELCOME
 * named, so every frame tells by itself how to read it. HELLO comes before that: it is version 1 for ever.
 */

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
  'gap', // version 1 only: a REJECT of today
  'presence',
  'peer',
  'error', // version 1 only: a REJECT of today
  'fragment',
  'reject',
  'role',
  'auth-refresh',
  'auth',
  'want-snapshot',
  'snapshot',
  'attest',
] as const;
type WireType = (typeof TYPES)[number];
const SINCE_2: readonly WireType[] = TYPES.slice(TYPES.indexOf('reject'));
const ONLY_1: readonly WireType[] = ['gap', 'error'];

const LEVELS = ['received', 'edge', 'durable'] as const satisfies readonly AckLevel[];
const ROLES = ['viewer', 'commenter', 'editor', 'owner'] as const satisfies readonly Role[];
const WANTS = ['snapshot', 'hash'] as const satisfies readonly WantSnapshot['want'][];
const writer = new FrameWriter();
const NO_LIMITS = { frame: 0, message: 0, changes: 0, bytes: 0, presence: 0 } as const;

/** False for what version 1 has no word for: it is not sent there. */
export function canSay(frame: Frame, version: number): boolean {
  return version > 1 || frame.type === 'reject' || !(SINCE_2 as readonly string[]).includes(frame.type);
}

/** The frame as bytes of that version. One larger than MAX_FRAGMENT must go through `packets`. */
export function encodeFrame(frame: Frame, version: number = VERSIONS.newest): Uint8Array {
  if (!canSay(frame, version)) throw new RangeError(`version ${version} has no ${frame.type}`);
  const w = writer;
  // What a frame that could not be written left behind.
  w.reset();
  w.u8(frame.type === 'hello' ? 1 : version);
  w.u8(TYPES.indexOf(wireType(frame, version)));
  w.u8(0);
  w.varint('handle' in frame ? frame.handle : 0);
  writeBody(w, frame, version);
  return w.finish();
}

function wireType(frame: Frame, version: number): WireType {
  if (frame.type !== 'reject' || version > 1) return frame.type;
  return frame.code === 'gap' ? 'gap' : 'error';
}

function writeBody(w: FrameWriter, frame: Frame, version: number): void {
  switch (frame.type) {
    case 'hello':
      w.varint(frame.oldest);
      w.varint(frame.newest);
      w.replica(frame.replica);
      w.string(frame.token ?? '');
      break;
    case 'welcome':
      w.varint(frame.version);
      w.string(frame.session);
      if (version < 2) break;
      for (const key of LIMIT_KEYS) w.varint(frame.limits[key]);
      writeOptional(w, frame.user, (user) => w.string(user));
      writeOptional(w, frame.expires, (expires) => w.varint(expires));
      break;
    case 'join':
      w.string(frame.room);
      w.string(frame.epoch);
      w.version(frame.version);
      if (version < 2) break;
      w.string(frame.grant ?? '');
      w.varint(frame.capabilities ?? 0);
      break;
    case 'joined':
      w.string(frame.epoch);
      w.u8(ROLES.indexOf(frame.role));
      w.version(frame.version);
      if (version > 1) w.varint(frame.head);
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
      w.version(frame.version);
      break;
    case 'reject':
      writeReject(w, frame, version);
      break;
    case 'role':
      writeOptional(w, frame.role, (role) => w.u8(ROLES.indexOf(role)));
      break;
    case 'auth-refresh':
      w.string(frame.token);
      break;
    case 'auth':
      writeOptional(w, frame.user, (user) => w.string(user));
      writeOptional(w, frame.expires, (expires) => w.varint(expires));
      w.u8(frame.warn ? 1 : 0);
      break;
    case 'want-snapshot':
      w.u8(WANTS.indexOf(frame.want));
      w.version(frame.version);
      break;
    case 'snapshot':
      w.version(frame.version);
      w.string(frame.stateHash);
      w.bytes(frame.bytes);
      w.u32(snapshotCrc(frame.version, frame.stateHash, frame.bytes));
      break;
    case 'attest':
      w.version(frame.version);
      w.string(frame.stateHash);
      break;
    case 'presence':
      w.bytes(frame.state);
      break;
    case 'peer':
      w.replica(frame.replica);
      if (version > 1) writeOptional(w, frame.user, (user) => w.string(user));
      writeOptional(w, frame.state, (state) => w.bytes(state));
      break;
    case 'fragment':
      w.varint(frame.total);
      w.varint(frame.offset);
      w.bytes(frame.bytes);
      break;
  }
}

/** Throws DecodeError on anything that `encodeFrame` does not write. Byte fields are views into `bytes`. */
export function decodeFrame(bytes: Uint8Array, limit = MAX_FRAME): Frame {
  if (bytes.length > limit) throw new DecodeError(`frame of ${bytes.length} bytes`);
  const r = new Reader(bytes);
  const version = r.u8();
  if (version < VERSIONS.oldest || version > VERSIONS.newest)
    throw new DecodeError(`unknown version ${version}`);
  const type = pick(TYPES, r.u8());
  const isKnown = version === 1 ? !SINCE_2.includes(type) : !ONLY_1.includes(type) && type !== 'hello';
  if (!isKnown) throw new DecodeError(`version ${version} has no ${type}`);
  if (r.u8() !== 0) throw new DecodeError('unknown flags');
  const frame = readBody(r, type, r.varint(), bytes, version);
  r.end();
  return frame;
}

/** The type of the frame that begins with these bytes, or null if they are too few to tell. */
export function peekType(bytes: Uint8Array): WireType | null {
  const type = bytes[1];
  return type === undefined ? null : (TYPES[type] ?? null);
}

/** Whether a packet is a piece of a larger frame: its neighbours are worth nothing without it. */
export function isFragment(packet: Uint8Array): boolean {
  return peekType(packet) === 'fragment';
}

function readBody(r: Reader, type: WireType, handle: number, bytes: Uint8Array, version: number): Frame {
  const isNew = version > 1;
  switch (type) {
    case 'hello':
      return {
        type,
        oldest: r.varint(),
        newest: r.varint(),
        replica: readReplica(r),
        token: readText(r, MAX_TEXT.token) || null,
      };
    case 'welcome':
      return {
        type,
        version: r.varint(),
        session: readText(r, MAX_TEXT.name),
        limits: isNew ? readLimits(r) : NO_LIMITS,
        user: isNew ? readUser(r) : null,
        expires: isNew ? readOptional(r, () => r.varint()) : null,
      };
    case 'join': {
      const join = { type, handle, room: readRoom(r), epoch: readName(r), version: readVersion(r) };
      if (!isNew) return join;
      const grant = readText(r, MAX_TEXT.grant);
      const capabilities = r.varint();
      return { ...join, ...(grant && { grant }), ...(capabilities && { capabilities }) };
    }
    case 'joined':
      return {
        type,
        handle,
        epoch: readName(r),
        role: pick(ROLES, r.u8()),
        version: readVersion(r),
        head: isNew ? r.varint() : 0,
      };
    case 'caught-up':
    case 'leave':
      return { type, handle };
    case 'ops':
      return { type, handle, changes: readChanges(r, bytes) };
    case 'ack':
      return { type, handle, level: pick(LEVELS, r.u8()), version: readVersion(r) };
    case 'gap':
    case 'error':
    case 'reject':
      return readReject(r, type, handle);
    case 'role':
      return { type, handle, role: readOptional(r, () => pick(ROLES, r.u8())) };
    case 'auth-refresh':
      return { type, token: readText(r, MAX_TEXT.token) };
    case 'auth':
      return {
        type,
        user: readUser(r),
        expires: readOptional(r, () => r.varint()),
        warn: pick([false, true], r.u8()),
      };
    case 'want-snapshot':
      return { type, handle, want: pick(WANTS, r.u8()), version: readVersion(r) };
    case 'snapshot': {
      const snapshot = { type, handle, version: readVersion(r), stateHash: readName(r), bytes: r.bytes() };
      const checksum = snapshotCrc(snapshot.version, snapshot.stateHash, snapshot.bytes);
      if (r.u32() !== checksum) throw new DecodeError('bad checksum');
      return snapshot;
    }
    case 'attest':
      return { type, handle, version: readVersion(r), stateHash: readName(r) };
    case 'presence':
      return { type, handle, state: readPresence(r) };
    case 'peer':
      return {
        type,
        handle,
        replica: readReplica(r),
        user: isNew ? readUser(r) : null,
        state: readOptional(r, () => readPresence(r)),
      };
    case 'fragment':
      return { type, total: readTotal(r), offset: r.varint(), bytes: r.bytes() };
  }
}

const LIMIT_KEYS = ['frame', 'message', 'changes', 'bytes', 'presence'] as const;

function readLimits(r: Reader): Record<(typeof LIMIT_KEYS)[number], number> {
  const limits = { ...NO_LIMITS } as Record<(typeof LIMIT_KEYS)[number], number>;
  for (const key of LIMIT_KEYS) limits[key] = r.varint();
  return limits;
}

const readVersion = (r: Reader) => decodeVersion(r.bytes());
const readName = (r: Reader): string => readText(r, MAX_TEXT.name);
const readUser = (r: Reader): string | null => readOptional(r, () => readText(r, MAX_TEXT.name));

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
  if (total > MAX_SNAPSHOT) throw new DecodeError(`message of ${total} bytes`);
  return total;
}
