import type { Reader, Writer } from '../bytes/index.ts';

/** How the log holds a segment of a change to several containers. */
export const SEGMENT = {
  /** One op of an ordinary type, as its bytes. */
  op: 0,
  /** Ops that a journal holds: no bytes here. */
  journaled: 1,
  /** Ops that could not be read, as the bytes that came. */
  unread: 2,
} as const;

/** The ops of a change that go to one container in a row. */
export interface Segment {
  /** The index of the target in this document. */
  readonly target: number;
  readonly form: number;
  /** How many ids it takes. */
  readonly width: number;
  /** Its bytes in the log's heap; empty if a journal holds them. */
  readonly from: number;
  readonly to: number;
}

export function writeSegment(w: Writer, segment: Segment, bytes: Uint8Array): void {
  w.varint(segment.target * 4 + segment.form);
  w.varint(segment.width);
  if (segment.form === SEGMENT.journaled) return;
  w.varint(segment.to - segment.from);
  w.copy(bytes, segment.from, segment.to);
}

/** The segments in the body of an entry of the log. `r` reads that body in the heap. */
export function readSegments(r: Reader): Segment[] {
  const segments: Segment[] = [];
  while (r.remaining > 0) {
    const head = r.varint();
    const form = head % 4;
    const width = r.varint();
    const length = form === SEGMENT.journaled ? 0 : r.varint();
    const from = r.position;
    r.skip(length);
    segments.push({ target: Math.floor(head / 4), form, width, from, to: from + length });
  }
  return segments;
}
