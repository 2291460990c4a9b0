import type { Id } from '../../core/ids.ts';
import type { PeerRange } from '../../core/journal.ts';
import { NIL } from '../../sequence/run-table.ts';
import { applyText } from './apply.ts';
import { opsOf } from './as-data.ts';
import { stretchesOf } from './erase.ts';
import { remark } from './marks.ts';
import type { TextOp } from './op.ts';
import { GOES_ON, INSERT, OTHER } from './op-log.ts';
import type { Registers } from './registers.ts';
import { settle } from './settle.ts';
import { TextState } from './state.ts';

type Knows = (peer: number, seq: number) => boolean;

/**
 * A text with those ops alone that `knows` tells: they are replayed in the order in which they came, which is causal.
 * Into `past`, if it was made by a call with `had`, of which `knows` tells more.
 */
export function replayText(state: TextState, knows: Knows, past: TextState | null, had: Knows): TextState {
  settle(state);
  const { log } = state;
  const replayed = past ?? new TextState(state.env, state.specs, state.order);
  for (let entry = 0; entry < log.count; entry++) {
    if (((log.flags[entry] as number) & GOES_ON) !== 0) continue;
    const peer = log.peer[entry] as number;
    const first = log.seq[entry] as number;
    const end = first + log.ids(entry);
    const from = past === null ? first : firstWithout(had, peer, first, end);
    const to = firstWithout(knows, peer, from, end);
    if (to <= from) continue;
    const lamport = (log.lamport[entry] as number) + (from - first);
    let seq = from;
    for (const op of opsOf(state, peer, from, to)) {
      applyText(replayed, op, { id: state.idOf(peer, seq), lamport: lamport + (seq - from) });
      seq += op.type === 'insert' ? op.text.length : 1;
    }
  }
  return replayed;
}

/** The first of [from, to) that is not known: what is known of a peer comes first. */
function firstWithout(knows: Knows, peer: number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (knows(peer, middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The ids of the visible elements [start, end), as runs. */
export function idsOf(state: TextState, start: number, end: number): PeerRange[] {
  settle(state);
  const last = Number.isFinite(end) ? end : state.rope.length;
  if (start < 0 || last > state.rope.length || start >= last) return [];
  const { table, list } = state.runs;
  const found: PeerRange[] = [];
  let run = list.seek(start);
  let { offset } = list;
  for (let rest = last - start; rest > 0; run = table.next[run] as number) {
    const length = Math.min(table.visible(run) - offset, rest);
    if (length > 0) {
      found.push({ peer: table.peer[run] as number, seq: (table.seq[run] as number) + offset, length });
      rest -= length;
    }
    offset = 0;
  }
  return found;
}

/**
 * The ops that make the text what it is in `past`, which is this one with fewer ops. Deletes are retracted, so nothing
 * comes back as a copy; each op is judged when it is asked for, after the one before it was applied.
 */
export function* restoreText(state: TextState, past: TextState): Generator<TextOp> {
  settle(state);
  settle(past);
  const visible = new Elements(idsOf(past, 0, past.rope.length));
  for (const target of deletesSince(state, past, visible)) yield { type: 'retract', target };
  for (const mark of state.marks.values()) {
    const before = past.marks.get(mark.stamp.id);
    if (before === undefined && mark.retracted === null) yield { type: 'retract', target: mark.stamp.id };
  }
  for (const mark of state.marks.values()) {
    const before = past.marks.get(mark.stamp.id);
    if (before !== undefined && before.retracted === null && mark.retracted !== null)
      yield* remark(state, mark);
  }
  yield* attributes(state.origin, past.origin, null);
  for (const [run, { registers }] of past.elements) {
    const id = past.idAt(run, 0);
    const now = state.elements.get(state.find(id));
    if (now !== undefined) yield* attributes(now.registers, registers, id);
  }
  settle(state);
  const ranges = [...visible.without(idsOf(state, 0, state.rope.length))].map(({ peer, seq, length }) => ({
    ...state.idOf(peer, seq),
    length,
  }));
  if (ranges.length > 0) yield { type: 'delete', ranges };
}

/** The deletes that hide what is visible in `past`. */
function deletesSince(state: TextState, past: TextState, visible: Elements): Id[] {
  const { log } = state;
  const found: Id[] = [];
  for (let entry = 0; entry < log.count; entry++) {
    const kind = log.kind[entry];
    if (kind === INSERT || kind === OTHER || ((log.flags[entry] as number) & GOES_ON) !== 0) continue;
    const peer = log.peer[entry] as number;
    const first = log.seq[entry] as number;
    for (let seq = first; seq < first + log.ids(entry); seq++) {
      if (past.log.find(peer, seq) !== NIL) continue;
      const id = state.idOf(peer, seq);
      if (state.retracted.get(id) !== undefined) continue;
      if (
        stretchesOf(state, peer, seq).some(([target, from, length]) => visible.touches(target, from, length))
      )
        found.push(id);
    }
  }
  return found;
}

function* attributes(now: Registers, before: Registers, element: Id | null): Generator<TextOp> {
  const keys = new Set([...now.entries(), ...before.entries()].map(([key]) => key));
  for (const key of keys) {
    const value = before.get(key);
    if (JSON.stringify(now.get(key)) !== JSON.stringify(value)) yield { type: 'attr', element, key, value };
  }
}

/** A set of elements, as ranges of ids. */
class Elements {
  readonly #byPeer = new Map<number, { readonly seq: number; end: number }[]>();

  constructor(ranges: readonly PeerRange[]) {
    for (const { peer, seq, length } of ranges) {
      const list = this.#byPeer.get(peer);
      if (list === undefined) this.#byPeer.set(peer, [{ seq, end: seq + length }]);
      else list.push({ seq, end: seq + length });
    }
    for (const list of this.#byPeer.values()) list.sort((a, b) => a.seq - b.seq);
  }

  touches(peer: number, seq: number, length: number): boolean {
    const next = this.#after(peer, seq);
    return next !== undefined && next.seq < seq + length;
  }

  /** What of `ranges` is not in the set. */
  *without(ranges: Iterable<PeerRange>): Generator<PeerRange> {
    for (const { peer, seq, length } of ranges) {
      for (let at = seq; at < seq + length; ) {
        const next = this.#after(peer, at);
        const end = Math.min(next?.seq ?? seq + length, seq + length);
        if (end > at) yield { peer, seq: at, length: end - at };
        at = Math.max(end, next?.end ?? end);
      }
    }
  }

  /** The first range that ends behind `seq`. */
  #after(peer: number, seq: number): { readonly seq: number; readonly end: number } | undefined {
    const list = this.#byPeer.get(peer) ?? [];
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((list[middle] as { end: number }).end <= seq) low = middle + 1;
      else high = middle;
    }
    return list[low];
  }
}
