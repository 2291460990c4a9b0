import type { Reader } from '@concord/crdt/bytes';
import { readReplica } from '@concord/crdt/core';
import type { FrameWriter } from './frame-writer.ts';
import type { Culprit, Handle, Reject, RejectCode } from './frames.ts';
import { MAX_TEXT } from './limits.ts';
import { pick, readOptional, readText, writeOptional } from './values.ts';

const CODES = [
  'gap',
  'rate',
  'forbidden',
  'invalid',
  'too-large',
  'epoch',
  'not-joined',
] as const satisfies readonly RejectCode[];

/** Version 1 told a gap in a frame of its own, and everything else as an error without numbers. */
const ERRORS_1 = [
  'forbidden',
  'invalid',
  'too-large',
  'rate',
  'not-joined',
] as const satisfies readonly RejectCode[];
/** Version 1 did not say how long to wait. */
const RETRY_1 = 1_000;

export function writeReject(w: FrameWriter, reject: Reject, version: number): void {
  const detail = reject.detail.slice(0, MAX_TEXT.detail).toWellFormed();
  if (version === 1) {
    if (reject.code === 'gap') {
      writeId(w, { replica: reject.replica, from: reject.expected });
      return;
    }
    w.u8(ERRORS_1.indexOf(reject.code === 'epoch' ? 'invalid' : reject.code));
    w.string(detail);
    return;
  }
  w.u8(CODES.indexOf(reject.code));
  w.string(detail);
  if (reject.code === 'gap') writeId(w, { replica: reject.replica, from: reject.expected });
  else if (reject.code === 'rate') w.varint(reject.retryAfter);
  else writeOptional(w, reject.culprit, (culprit) => writeId(w, culprit));
}

export function readReject(r: Reader, type: 'gap' | 'error' | 'reject', handle: Handle): Reject {
  if (type === 'gap') return gap(handle, '', readId(r));
  const code = pick<RejectCode>(type === 'error' ? ERRORS_1 : CODES, r.u8());
  const detail = readText(r, MAX_TEXT.detail);
  if (code === 'gap') return gap(handle, detail, readId(r));
  if (code === 'rate') {
    return { type: 'reject', handle, detail, code, retryAfter: type === 'error' ? RETRY_1 : r.varint() };
  }
  const culprit = type === 'error' ? null : readOptional(r, () => readId(r));
  return { type: 'reject', handle, detail, code, culprit };
}

function gap(handle: Handle, detail: string, { replica, from }: Culprit): Reject {
  return { type: 'reject', handle, detail, code: 'gap', replica, expected: from };
}

function writeId(w: FrameWriter, { replica, from }: Culprit): void {
  w.replica(replica);
  w.varint(from);
}

function readId(r: Reader): Culprit {
  return { replica: readReplica(r), from: r.varint() };
}
