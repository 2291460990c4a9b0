import type { Writer } from '../../bytes/index.ts';
import type { RefWriter } from '../../core/journal.ts';
import { deleteAt, fits, typeOn } from './apply.ts';
import type { TextPatch } from './op.ts';
import { AHEAD, BACK, DELETE, INSERT } from './op-log.ts';
import type { TextState } from './state.ts';
import { traceElement, traceHit } from './trace.ts';
import { writeRef } from './wire-ids.ts';
import { BACKSPACES, DELETES, TYPE } from './wire-kinds.ts';

/*
 * One keystroke that goes on where the one before left off, which is what nearly all changes are: an ASCII letter typed
 * on, or a delete beside the last place. In the form of `wire.ts`, but written and read without settling ids.
 */

const LETTER = TYPE | (1 << 4);
const BACKSPACE = BACKSPACES | (1 << 4);
const FORWARD = DELETES | (1 << 4);

/** Writes the op, if it is such a part of the last thing that happened. */
export function writeKey(state: TextState, peer: number, seq: number, w: Writer, refs: RefWriter): boolean {
  const { log, rope } = state;
  const last = log.count - 1;
  if (last < 0 || log.peer[last] !== peer) return false;
  const done = seq - (log.seq[last] as number);
  if (done < 0 || done >= (log.length[last] as number)) return false;
  const kind = log.kind[last] as number;
  if (kind !== INSERT) {
    if (kind > DELETE || (kind === DELETE && !log.isLone(last)) || !traceHit(state, done)) return false;
    w.u8(kind === AHEAD ? FORWARD : BACKSPACE);
    writeRef(w, peer, seq, log.hitPeer, log.hitSeq, refs);
    return true;
  }
  if (done === 0) return false;
  const unit = rope.unitAt((log.index[last] as number) + done);
  if (unit > 127) return false;
  w.u8(LETTER);
  w.u8(unit);
  return true;
}

/** Takes the op that is all of `bytes` from `at` on, if it is such a keystroke; see `Journal.readKey`. */
export function readKey(
  state: TextState,
  bytes: Uint8Array,
  at: number,
  peer: number,
  seq: number,
  lamport: number,
  patches: TextPatch[] | null,
): boolean {
  const head = bytes[at];
  if (head === LETTER) {
    const unit = bytes[at + 1] as number;
    return (
      at + 2 === bytes.length &&
      unit < 128 &&
      fits(seq, lamport, 1) &&
      typeOn(state, peer, seq, lamport, String.fromCharCode(unit), patches)
    );
  }
  if ((head !== BACKSPACE && head !== FORWARD) || !fits(seq, lamport, 1)) return false;
  const distance = ownDistance(bytes, at + 1);
  if (distance < 1 || distance > seq) return false;
  const index = placeOf(state, peer, seq - distance);
  if (index < 0) return false;
  deleteAt(state, index, 1, peer, seq, lamport, patches);
  const { log } = state;
  log.traced.entry = log.count - 1;
  log.traced.done = (log.length[log.count - 1] as number) - 1;
  return true;
}

/** Where the element is visible, if that is beside the last place; then it is what `log.traced` tells of. Otherwise −1. */
function placeOf(state: TextState, peer: number, seq: number): number {
  const { log } = state;
  const { traced } = log;
  const last = log.count - 1;
  const kind = log.kind[last];
  const index = log.index[last] as number;
  const length = log.length[last] as number;
  if (kind === INSERT) return isAt(state, index + length - 1, peer, seq) ? index + length - 1 : -1;
  if ((kind as number) > DELETE || (kind === DELETE && !log.isLone(last))) return -1;
  const down = kind !== AHEAD && index > 0;
  const up = kind !== BACK && index < state.rope.length;
  if (traced.entry === last && traced.peer === peer) {
    const further = length - traced.done;
    if (down && further <= traced.down && traced.seq - further === seq) {
      go(state, -further);
      return index - 1;
    }
    if (up && further <= traced.up && traced.seq + further === seq) {
      go(state, further);
      return index;
    }
  }
  if (down && isAt(state, index - 1, peer, seq)) return index - 1;
  return up && isAt(state, index, peer, seq) ? index : -1;
}

/** Moves what `log.traced` tells of by some elements. */
function go(state: TextState, by: number): void {
  const { traced } = state.log;
  traced.seq += by;
  traced.down += by;
  traced.up -= by;
}

function isAt(state: TextState, index: number, peer: number, seq: number): boolean {
  const { log } = state;
  log.traced.entry = -1;
  return traceElement(state, index, log.count) && log.traced.peer === peer && log.traced.seq === seq;
}

/** The number of an id that the author gave, as its distance down; −1 for anything else than all of what is left. */
function ownDistance(bytes: Uint8Array, from: number): number {
  let value = 0;
  for (let at = from, shift = 0; shift < 28 && at < bytes.length; at++, shift += 7) {
    const byte = bytes[at] as number;
    value |= (byte & 127) << shift;
    if (byte >= 128) continue;
    const isWhole = at + 1 === bytes.length && (byte > 0 || at === from);
    return isWhole && (value & 1) === 0 ? value >> 1 : -1;
  }
  return -1;
}
