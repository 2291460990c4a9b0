import { DecodeError, Reader, Writer } from '../../bytes/index.ts';
import { readReplica, writeReplica } from '../../core/ids.ts';
import type { ColumnSource } from '../../core/journal.ts';
import { NIL } from '../../sequence/run-table.ts';
import { decodeOp, encodeOp } from './codec.ts';
import { AHEAD, BACK, DELETE, EXPLICIT, GOES_ON, HIDDEN, INSERT, LEFT_CHILD, OTHER } from './op-log.ts';
import type { TextState } from './state.ts';

/*
 * A text on disk, in columns that compress well each for itself. `text` is what people read, alone: nothing else is
 * looked at until somebody edits. The log goes by visible index, so ids, parents and Lamport times take no room where
 * replaying finds them:
 * - text: flags (1: rich, 2: UTF-16, 4: deleted text is UTF-16), the number of deleted units, the text.
 * - dead: deleted text, backspaced stretches turned round. Left out without history.
 * - runs: length and kind of each entry. index: the distance from where the entry before ended, zigzag.
 * - peers: replica ids. ids: where author or seq are not the next ones: entries since the last such place, peer,
 *   distance from the peer's next seq.
 * - refs: parents of explicit inserts, elements of hidden deletes. others: all other ops.
 */

/** Without history a file says only how much text was deleted: so much room, in units, is made on its word. */
const MAX_DEAD = 2 ** 27;

/** So many entries room is made for at once, before it is known whether a file has them. */
const MAX_RESERVED = 2 ** 20;

const RICH = 1;
const WIDE = 2;
const DEAD_WIDE = 4;

/** The two low bits of an item of `runs`. */
const SPECIAL = 3;
/** What a SPECIAL item is; its length follows. */
const SPECIALS = [
  [AHEAD, 0],
  [HIDDEN, 0],
  [OTHER, 0],
  [INSERT, EXPLICIT],
  [INSERT, EXPLICIT | LEFT_CHILD],
  [DELETE, GOES_ON],
  [HIDDEN, GOES_ON],
] as const;

export function saveColumns(state: TextState, history: boolean): ReadonlyMap<string, Uint8Array> {
  if (state.unread !== null) readLog(state);
  const { log, rope, dead } = state;
  const columns = new Map<string, Uint8Array>();
  const text = rope.toString();
  const lost = history ? deadText(state) : '';
  const head = new Writer();
  head.u8((state.rich ? RICH : 0) | (text.isWellFormed() ? 0 : WIDE) | (lost.isWellFormed() ? 0 : DEAD_WIDE));
  head.varint(dead.length);
  writeUnits(head, text);
  columns.set('text', head.finish());
  if (log.count === 0) return columns;
  if (lost !== '') {
    const w = new Writer();
    writeUnits(w, lost);
    columns.set('dead', w.finish());
  }

  const [runs, index, ids, refs, others, peers] = Array.from({ length: 6 }, () => new Writer()) as [
    Writer,
    Writer,
    Writer,
    Writer,
    Writer,
    Writer,
  ];
  const numbers: number[] = [];
  let used = 0;
  const number = (peer: number): number => {
    let known = numbers[peer];
    if (known === undefined) {
      known = used++;
      numbers[peer] = known;
      writeReplica(peers, state.env.peers.replica(peer));
    }
    return known;
  };
  const next: number[] = [];
  let author = NIL;
  let since = 0;
  let end = 0;
  for (let entry = 0; entry < log.count; entry++) {
    const kind = log.kind[entry] as number;
    const flags = log.flags[entry] as number;
    const length = log.length[entry] as number;
    const peer = log.peer[entry] as number;
    const seq = log.seq[entry] as number;
    const goesOn = (flags & GOES_ON) !== 0;
    const explicit = (flags & EXPLICIT) !== 0;
    if (kind === AHEAD || kind >= HIDDEN || explicit || goesOn) {
      const wanted = explicit ? EXPLICIT | (flags & LEFT_CHILD) : flags & GOES_ON;
      const special = SPECIALS.findIndex(([k, f]) => k === kind && f === wanted);
      runs.varint(special * 4 + SPECIAL);
      runs.varint(length);
    } else runs.varint(length * 4 + (kind === DELETE ? 2 : kind));

    if (kind <= DELETE) {
      const start = (log.index[entry] as number) + (kind === BACK ? length : 0);
      index.zigzag(start - end);
      end = kind === INSERT ? start + length : (log.index[entry] as number);
    }
    if (!goesOn) {
      if (peer !== author || seq !== next[peer]) {
        ids.varint(since);
        ids.varint(number(peer));
        ids.zigzag(seq - (next[peer] ?? 0));
        since = 0;
        author = peer;
      } else since++;
      next[peer] = seq + log.ids(entry);
    }
    if (explicit || kind === HIDDEN) {
      const ref = log.refPeer[entry] as number;
      refs.varint(ref === NIL ? 0 : number(ref) + 1);
      if (ref !== NIL) refs.zigzag(seq - (log.refSeq[entry] as number));
    } else if (kind === OTHER) {
      const op = log.others[log.refSeq[entry] as number];
      if (op !== undefined) {
        encodeOp(op, others, {
          write(w, id) {
            w.varint(number(state.peer(id.replica)));
            w.varint(id.seq);
          },
        });
      }
    }
  }
  for (const [name, w] of Object.entries({ peers, runs, index, ids, refs, others })) {
    if (w.length > 0) columns.set(name, w.finish());
  }
  return columns;
}

/** Takes the text; the log is read when somebody needs it. */
export function loadColumns(state: TextState, columns: ColumnSource): void {
  const bytes = columns.get('text');
  if (bytes === null) throw new DecodeError('a text without its text');
  const r = new Reader(bytes);
  const flags = r.u8();
  if (flags > 7) throw new DecodeError('unknown flags of a text');
  const dead = r.varint();
  if (dead > MAX_DEAD) throw new DecodeError('too much deleted text');
  state.rope.load(readUnits(r, (flags & WIDE) !== 0));
  state.dead.reserve(dead);
  state.rich = (flags & RICH) !== 0;
  state.unread = { columns, deadIsWide: (flags & DEAD_WIDE) !== 0 };
}

/** Reads the log that `loadColumns` left; what was logged since then comes after it. Throws DecodeError. */
export function readLog(state: TextState): void {
  if (state.unread === null) return;
  const { columns, deadIsWide } = state.unread;
  const known = columns.get('runs');
  if (known === null && state.rope.length > 0) {
    // The log is damaged and only the letters are left: plain text, for reading.
    state.unread = null;
    state.rich = false;
    return;
  }
  const column = (name: string): Reader => new Reader(columns.get(name) ?? new Uint8Array(0));
  const runs = new Reader(known ?? new Uint8Array(0));
  const peers: number[] = [];
  for (let r = column('peers'); r.remaining > 0; ) peers.push(state.env.peers.intern(readReplica(r)));
  const peerAt = (r: Reader): number => {
    const peer = peers[r.varint()];
    if (peer === undefined) throw new DecodeError('unknown replica');
    return peer;
  };
  const { log } = state;
  const later = log.takeAll();
  log.reserve(Math.min(runs.remaining, MAX_RESERVED));
  const [index, ids, refs, others] = ['index', 'ids', 'refs', 'others'].map(column) as [
    Reader,
    Reader,
    Reader,
    Reader,
  ];
  const next: number[] = [];
  let author = NIL;
  let until = ids.remaining > 0 ? ids.varint() : -1;
  let end = 0;
  let dead = 0;
  while (runs.remaining > 0) {
    const item = runs.varint();
    const code = item % 4;
    let kind = code === 2 ? DELETE : code;
    let flags = 0;
    let length = (item - code) / 4;
    if (code === SPECIAL) {
      const special = SPECIALS[length];
      if (special === undefined) throw new DecodeError('unknown entry');
      [kind, flags] = special;
      length = runs.varint();
    }
    if (length < 1 || length > 2 ** 31) throw new DecodeError('entry of nothing');
    let at = 0;
    if (kind <= DELETE) {
      const start = end + index.zigzag();
      at = kind === BACK ? start - length : start;
      if (at < 0 || at > 2 ** 31) throw new DecodeError('index out of range');
      end = kind === INSERT ? start + length : at;
      if (kind !== INSERT) dead += length;
      if (dead > MAX_DEAD) throw new DecodeError('too much deleted text');
    }
    let seq: number;
    if ((flags & GOES_ON) !== 0) {
      if (log.count === 0) throw new DecodeError('nothing to go on with');
      seq = log.seq[log.count - 1] as number;
    } else {
      if (until === 0) {
        author = peerAt(ids);
        next[author] = (next[author] ?? 0) + ids.zigzag();
        until = ids.remaining > 0 ? ids.varint() : -1;
      } else if (until > 0) until--;
      if (author === NIL) throw new DecodeError('an entry of nobody');
      seq = next[author] as number;
    }
    const entry = log.add(kind, author, seq, NIL, at, length);
    log.flags[entry] = flags;
    if ((flags & GOES_ON) === 0) next[author] = seq + log.ids(entry);
    if ((flags & EXPLICIT) !== 0 || kind === HIDDEN) {
      const ref = refs.varint();
      if (ref > 0) {
        const peer = peers[ref - 1];
        if (peer === undefined) throw new DecodeError('unknown replica');
        log.refPeer[entry] = peer;
        log.refSeq[entry] = seq - refs.zigzag();
      }
    } else if (kind === OTHER) {
      const op = decodeOp(others, {
        read(r) {
          const peer = peerAt(r);
          return state.idOf(peer, r.varint());
        },
      });
      log.refSeq[entry] = log.others.length;
      log.others.push(op);
    }
  }
  fillDead(state, columns.get('dead'), deadIsWide, dead);
  log.putBack(later);
  state.unread = null;
}

/** Deleted text with backspaced stretches the right way round, which compresses better. */
function deadText(state: TextState): string {
  const { log, dead } = state;
  let text = '';
  let at = 0;
  for (let entry = 0; entry < log.count; entry++) {
    const kind = log.kind[entry] as number;
    if (kind < BACK || kind > DELETE) continue;
    const length = log.length[entry] as number;
    text += kind === BACK ? dead.read(at + length - 1, length, true) : dead.read(at, length, false);
    at += length;
  }
  return text;
}

function fillDead(state: TextState, bytes: Uint8Array | null, isWide: boolean, length: number): void {
  const { log, dead } = state;
  if (bytes === null) {
    dead.fill('', length);
    return;
  }
  const text = readUnits(new Reader(bytes), isWide);
  if (text.length !== length) throw new DecodeError('deleted text does not add up');
  dead.fill(text, length);
  let at = 0;
  for (let entry = 0; entry < log.count; entry++) {
    const kind = log.kind[entry] as number;
    if (kind < BACK || kind > DELETE) continue;
    const run = log.length[entry] as number;
    if (kind === BACK) dead.reverse(at, at + run);
    at += run;
  }
}

function writeUnits(w: Writer, text: string): void {
  if (text.isWellFormed()) {
    w.raw(new TextEncoder().encode(text));
    return;
  }
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    w.u8(unit & 0xff);
    w.u8(unit >>> 8);
  }
}

function readUnits(r: Reader, wide: boolean): string {
  if (!wide) return r.utf8(r.remaining);
  const bytes = r.raw(r.remaining - (r.remaining % 2));
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) {
    const units: number[] = [];
    for (let i = at; i < Math.min(at + 8192, bytes.length); i += 2) {
      units.push((bytes[i] as number) | ((bytes[i + 1] as number) << 8));
    }
    pieces.push(String.fromCharCode(...units));
  }
  return pieces.join('');
}
