import { DecodeError, type Reader, type Writer } from '../bytes/index.ts';

declare const brand: unique symbol;

/** One live writer: a tab or a process. 8 random bytes as 16 lower-case hexadecimal digits. */
export type ReplicaId = string & { readonly [brand]: 'ReplicaId' };

/** The string form of an `Id`: `seq@replica`. What views, anchors and apps hold. */
export type OpId = string & { readonly [brand]: 'OpId' };

/** Names one op, or one of the elements that an op inserts: dense `seq` numbers from 0 per replica. */
export interface Id {
  readonly replica: ReplicaId;
  readonly seq: number;
}

/** `length` consecutive ids of one replica. */
export interface IdRange extends Id {
  readonly length: number;
}

/** An op's place in the total order ≺: (lamport, replica id bytes). */
export interface Stamp {
  readonly id: Id;
  readonly lamport: number;
}

/** The random source that mints replica ids: fills the array, as `crypto.getRandomValues` does. */
export type RandomBytes = (into: Uint8Array<ArrayBuffer>) => void;

const HEX = /^[0-9a-f]{16}$/;
const HEX_BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Accepts 16 lower-case hexadecimal digits; throws TypeError otherwise. */
export function replicaId(text: string): ReplicaId {
  if (!HEX.test(text)) throw new TypeError(`not a replica id: ${JSON.stringify(text)}`);
  return text as ReplicaId;
}

/** A fresh random replica id. */
export function newReplicaId(random: RandomBytes = (into) => crypto.getRandomValues(into)): ReplicaId {
  const bytes = new Uint8Array(8);
  random(bytes);
  return toHex(bytes);
}

export function formatId(id: Id): OpId {
  return `${id.seq}@${id.replica}` as OpId;
}

/** Throws TypeError if `text` is not an op id. */
export function parseId(text: string): Id {
  const at = text.indexOf('@');
  const seq = Number(text.slice(0, at));
  if (at < 1 || !Number.isSafeInteger(seq) || seq < 0)
    throw new TypeError(`not an op id: ${JSON.stringify(text)}`);
  return { replica: replicaId(text.slice(at + 1)), seq };
}

/** `text` if it is an op id as `formatId` writes it, else null. For names that a peer chose. */
export function asOpId(text: string): OpId | null {
  return /^(0|[1-9]\d{0,14})@[0-9a-f]{16}$/.test(text) ? (text as OpId) : null;
}

export function sameId(a: Id | null, b: Id | null): boolean {
  return a === b || (a !== null && b !== null && a.seq === b.seq && a.replica === b.replica);
}

/** The total order ≺: negative if `a` comes first. Hexadecimal order is byte order. */
export function compareStamps(a: Stamp, b: Stamp): number {
  if (a.lamport !== b.lamport) return a.lamport - b.lamport;
  if (a.id.replica !== b.id.replica) return a.id.replica < b.id.replica ? -1 : 1;
  return a.id.seq - b.id.seq;
}

/** The replica that was written last, which mostly is the next one too. */
let written = '';
const writtenBytes = new Uint8Array(8);

export function writeReplica(w: Writer, replica: ReplicaId): void {
  if (replica !== written) {
    for (let i = 0; i < 8; i++)
      writtenBytes[i] = digit(replica.charCodeAt(2 * i)) * 16 + digit(replica.charCodeAt(2 * i + 1));
    written = replica;
  }
  w.raw(writtenBytes);
}

export function readReplica(r: Reader): ReplicaId {
  return toHex(r.raw(8));
}

export function writeId(w: Writer, id: Id): void {
  writeReplica(w, id.replica);
  w.varint(id.seq);
}

export function readId(r: Reader): Id {
  const replica = readReplica(r);
  const seq = r.varint();
  if (seq > 2 ** 48) throw new DecodeError('sequence number out of range');
  return { replica, seq };
}

function toHex(bytes: Uint8Array): ReplicaId {
  let text = '';
  for (const byte of bytes) text += HEX_BYTES[byte];
  return text as ReplicaId;
}

/** The value of the code of a lower-case hexadecimal digit. */
function digit(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}
