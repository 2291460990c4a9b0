import { DecodeError, type Reader } from '@concord/crdt/bytes';
import type { FrameWriter } from './frame-writer.ts';

/** The value that a number on the wire stands for. Throws DecodeError for a number that stands for none. */
export function pick<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new DecodeError(`unknown value ${index}`);
  return value;
}

/** A byte that tells whether there is a value, and the value. */
export function writeOptional<T>(w: FrameWriter, value: T | null, write: (value: T) => void): void {
  w.u8(value === null ? 0 : 1);
  if (value !== null) write(value);
}

export function readOptional<T>(r: Reader, read: () => T): T | null {
  return pick([false, true], r.u8()) ? read() : null;
}

/** Throws DecodeError if the text is longer than `max` UTF-16 units. */
export function readText(r: Reader, max: number): string {
  const text = r.string();
  if (text.length > max) throw new DecodeError(`text of ${text.length} units, ${max} at most`);
  return text;
}
