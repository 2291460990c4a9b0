import { crc32c, DecodeError, Reader, Writer } from '../bytes/index.ts';

// "CNCD", then the format's version.
const MAGIC = 0x44434e43;
const VERSION = 1;

/** A saved document: magic u32 · version u8 · changes [bytes] · CRC-32C u32 over all before. */
export function writeFile(changes: readonly Uint8Array[]): Uint8Array {
  const w = new Writer();
  w.u32(MAGIC);
  w.u8(VERSION);
  w.varint(changes.length);
  for (const change of changes) w.bytes(change);
  w.u32(crc32c(w.finish()));
  return w.finish();
}

/** The changes in a saved document. Throws DecodeError if it is anything else, or damaged. */
export function readFile(bytes: Uint8Array): Uint8Array[] {
  if (bytes.length < 10) throw new DecodeError('not a Concord document');
  const end = bytes.length - 4;
  const r = new Reader(bytes, 0, end);
  if (r.u32() !== MAGIC) throw new DecodeError('not a Concord document');
  if (r.u8() !== VERSION) throw new DecodeError('unknown document version');
  if (new Reader(bytes, end).u32() !== crc32c(bytes, 0, end)) throw new DecodeError('bad checksum');
  const changes: Uint8Array[] = [];
  for (let n = r.count(); n > 0; n--) changes.push(r.bytes());
  r.end();
  return changes;
}
