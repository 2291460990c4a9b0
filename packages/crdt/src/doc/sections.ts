import { deflate, inflate } from '../bytes/deflate.ts';
import { crc32c, DecodeError, Reader, Writer } from '../bytes/index.ts';

/*
 * A file of named sections: magic u32 · version u8 · sections · footer · length of the footer u32 · end u32.
 * A section: mark u8 · name · method u8 (0 as it is, 1 deflated) · length · stored length · bytes · CRC-32C u32 of all of
 * it. The footer: mark u8 · count · [name, offset] · CRC-32C u32. So every bit is covered by a checksum; a section is
 * found through the footer although those before it are damaged, and without it as long as they are whole.
 */

// "CNCD" and "CEND".
const MAGIC = 0x44434e43;
const END = 0x444e4543;
const VERSION = 2;
const HEAD = 5;
const TRAILER = 8;
const SECTION = 0x53;
const FOOTER = 0x46;
/** Shorter ones gain nothing. */
const WORTH_DEFLATING = 32;

/** What is wrong with a part of a file. */
export interface Damage {
  /** Its name; '' if the file as a whole is meant. */
  readonly section: string;
  readonly reason: string;
}

/** A section whose checksum is right. */
export interface Section {
  /** Inflated at each call. Throws DecodeError. */
  read(): Uint8Array;
  /** Uninflated, in bytes. */
  readonly stored: number;
}

interface Sections {
  readonly sections: ReadonlyMap<string, Section>;
  readonly damage: Damage[];
}

export function writeSections(sections: Iterable<readonly [name: string, bytes: Uint8Array]>): Uint8Array {
  const w = new Writer(1 << 14);
  w.u32(MAGIC);
  w.u8(VERSION);
  const offsets: [string, number][] = [];
  for (const [name, bytes] of sections) {
    const small = bytes.length < WORTH_DEFLATING ? bytes : deflate(bytes);
    const stored = small.length < bytes.length ? small : bytes;
    const start = w.length;
    offsets.push([name, start]);
    w.u8(SECTION);
    w.string(name);
    w.u8(stored === bytes ? 0 : 1);
    w.varint(bytes.length);
    w.varint(stored.length);
    w.raw(stored);
    w.u32(crc32c(w.buffer, start, w.length));
  }
  const start = w.length;
  w.u8(FOOTER);
  w.varint(offsets.length);
  for (const [name, offset] of offsets) {
    w.string(name);
    w.varint(offset);
  }
  w.u32(crc32c(w.buffer, start, w.length));
  w.u32(w.length - start);
  w.u32(END);
  return w.finish();
}

/** Never throws on damage: gives what is whole, and says what is not. `limit`: of all sections inflated, in bytes. */
export function readSections(bytes: Uint8Array, limit: number): Sections {
  const sections = new Map<string, Section>();
  const damage: Damage[] = [];
  const lost = (section: string, reason: string) => void damage.push({ section, reason });
  if (bytes.length < HEAD || new Reader(bytes).u32() !== MAGIC) lost('', 'not a Concord document');
  else if (bytes[4] !== VERSION) lost('', 'unknown document version');
  if (damage.length > 0) return { sections, damage };
  let left = limit;
  const take = (offset: number, name: string | null): number => {
    const found = readSection(bytes, offset);
    if (name !== null && found.name !== name) throw new DecodeError('another section in its place');
    if (found.length > left) throw new DecodeError('larger than the limit when inflated');
    left -= found.length;
    sections.set(found.name, found);
    return found.end;
  };
  const footer = readFooter(bytes);
  if (footer === null) lost('', 'the end of the file is missing or damaged');
  const places: readonly (readonly [string | null, number])[] = footer ?? scan(bytes);
  for (const [name, offset] of places) {
    try {
      take(offset, name);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      lost(name ?? 'a section', error.message);
    }
  }
  return { sections, damage };
}

/** Where sections begin, one after the other, as far as their heads can be read. */
function scan(bytes: Uint8Array): [null, number][] {
  const places: [null, number][] = [];
  for (let at = HEAD; at < bytes.length && bytes[at] === SECTION; ) {
    places.push([null, at]);
    try {
      at = readHead(bytes, at).end;
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      break;
    }
  }
  return places;
}

/** Null unless it is there and whole. */
function readFooter(bytes: Uint8Array): [string, number][] | null {
  try {
    const trailer = new Reader(bytes, Math.max(0, bytes.length - TRAILER));
    const start = bytes.length - TRAILER - trailer.u32();
    const end = bytes.length - TRAILER - 4;
    if (trailer.u32() !== END || start < HEAD || end <= start) return null;
    if (new Reader(bytes, end).u32() !== crc32c(bytes, start, end)) return null;
    const r = new Reader(bytes, start, end);
    if (r.u8() !== FOOTER) return null;
    const offsets: [string, number][] = [];
    for (let n = r.count(2); n > 0; n--) offsets.push([r.string(), r.varint()]);
    return offsets;
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}

function readHead(bytes: Uint8Array, offset: number) {
  const r = new Reader(bytes, Math.min(offset, bytes.length));
  if (r.u8() !== SECTION) throw new DecodeError('no section where one should be');
  const name = r.string();
  const method = r.u8();
  const length = r.varint();
  const stored = r.varint();
  const start = r.position;
  r.skip(stored);
  const crc = r.u32();
  return { name, method, length, stored, start, crc, end: r.position };
}

function readSection(bytes: Uint8Array, offset: number) {
  const { name, method, length, stored, start, crc, end } = readHead(bytes, offset);
  if (crc !== crc32c(bytes, offset, end - 4)) throw new DecodeError('bad checksum');
  if (method > 1 || (method === 0 && length !== stored)) throw new DecodeError('unknown method');
  const content = bytes.subarray(start, start + stored);
  return { name, length, stored, end, read: () => (method === 0 ? content : inflate(content, length)) };
}
