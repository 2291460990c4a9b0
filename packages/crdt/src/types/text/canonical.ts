import { type Writer, writeJson } from '../../bytes/index.ts';
import { compareStamps, type Id, type Stamp, writeReplica } from '../../core/ids.ts';
import { LEFT, NIL } from '../../sequence/run-table.ts';
import type { Mark } from './cover.ts';
import { stretchesOf } from './erase.ts';
import type { AnchorSlot } from './op.ts';
import { INSERT, OTHER } from './op-log.ts';
import type { Registers } from './registers.ts';
import { settle } from './settle.ts';
import type { TextState } from './state.ts';

/**
 * The state as bytes: the replicas, the live marks, the origin's attributes, the elements in order as the longest runs
 * that there are, however they are cut in memory; the live deletes by their ids; the visible text. Ids name their
 * replica by its place in a sorted table.
 */
export function writeText(state: TextState, w: Writer): void {
  settle(state);
  const marks: Mark[] = [];
  for (const mark of state.marks.values()) if (mark.retracted === null) marks.push(mark);
  marks.sort((a, b) => compareStamps(a.stamp, b.stamp));

  const ids = new Ids(state, w);
  w.varint(marks.length);
  for (const mark of marks) {
    ids.stamp(mark.stamp);
    w.string(mark.key);
    writeJson(w, mark.value);
    ids.slot(mark.start);
    ids.slot(mark.end);
  }
  writeRegisters(state.origin, ids, w);
  const { table, list } = state.runs;
  for (let run = list.first; run !== NIL; ) run = writeRun(state, run, ids, w);
  for (const peer of ids.peers) writeDeletes(state, peer, ids, w);
  w.string(state.rope.toString());

  /** Writes the run that starts with `first` and returns the one after it. */
  function writeRun(from: TextState, first: number, names: Ids, to: Writer): number {
    const element = from.elements.get(first);
    const peer = table.peer[first] as number;
    names.element(peer, table.seq[first] as number);
    to.varint(table.lamport[first] as number);
    const parent = table.parentPeer[first] as number;
    to.u8(parent === NIL ? 0 : ((table.flags[first] as number) & LEFT) === 0 ? 1 : 2);
    if (parent !== NIL) names.element(parent, table.parentSeq[first] as number);
    let length = table.length[first] as number;
    let next = table.next[first] as number;
    if (element !== undefined) {
      to.u8(element.type === 'block' ? 1 : 2);
      writeRegisters(element.registers, names, to);
      return next;
    }
    while (next !== NIL && goesOn(from, first, length, next)) {
      length += table.length[next] as number;
      next = table.next[next] as number;
    }
    to.u8(0);
    to.varint(length);
    return next;
  }
}

function goesOn(state: TextState, first: number, length: number, next: number): boolean {
  const { table } = state.runs;
  const peer = table.peer[first] as number;
  const seq = (table.seq[first] as number) + length;
  return (
    table.peer[next] === peer &&
    table.seq[next] === seq &&
    table.lamport[next] === (table.lamport[first] as number) + length &&
    table.parentPeer[next] === peer &&
    table.parentSeq[next] === seq - 1 &&
    ((table.flags[next] as number) & LEFT) === 0 &&
    !state.elements.has(next)
  );
}

/** The live deletes of a peer: op after op the ranges that it names, in the order of ids. */
function writeDeletes(state: TextState, peer: number, ids: Ids, w: Writer): void {
  const { log } = state;
  for (const entry of log.entriesOf(peer)) {
    if (log.kind[entry] === INSERT || log.kind[entry] === OTHER) continue;
    for (let i = 0; i < log.ids(entry); i++) {
      const seq = (log.seq[entry] as number) + i;
      if (state.retracted.size > 0 && state.retracted.get(state.idOf(peer, seq)) !== undefined) continue;
      ids.element(peer, seq);
      for (const [target, first, length] of sorted(state, stretchesOf(state, peer, seq))) {
        ids.element(target, first);
        w.varint(length);
      }
    }
  }
}

/** In the order of ids, and as long as can be. */
function sorted(state: TextState, stretches: [number, number, number][]): [number, number, number][] {
  if (stretches.length === 1) return stretches;
  stretches.sort((a, b) => state.env.peers.compare(a[0], b[0]) || a[1] - b[1]);
  const joined: [number, number, number][] = [];
  for (const stretch of stretches) {
    const last = joined[joined.length - 1];
    if (last !== undefined && last[0] === stretch[0] && last[1] + last[2] >= stretch[1]) {
      last[2] = Math.max(last[2], stretch[1] + stretch[2] - last[1]);
    } else joined.push(stretch);
  }
  return joined;
}

function writeRegisters(registers: Registers, ids: Ids, w: Writer): void {
  const entries = registers.entries();
  w.varint(entries.length);
  for (const [key, { value, stamp }] of entries) {
    ids.stamp(stamp);
    w.string(key);
    writeJson(w, value);
  }
}

class Ids {
  readonly #state: TextState;
  readonly #w: Writer;
  readonly #numbers: number[] = [];
  /** Everybody who wrote here, in the order of their ids. */
  readonly peers: readonly number[];

  /** Writes the table. */
  constructor(state: TextState, w: Writer) {
    this.#state = state;
    this.#w = w;
    const { peers } = state.env;
    const authors: number[] = [];
    for (let peer = 0; peer < peers.size; peer++)
      if (state.log.entriesOf(peer).length > 0) authors.push(peer);
    this.peers = authors.sort((a, b) => peers.compare(a, b));
    w.varint(authors.length);
    for (const peer of authors) {
      this.#numbers[peer] = this.#numbers[peer] ?? authors.indexOf(peer);
      writeReplica(w, peers.replica(peer));
    }
  }

  element(peer: number, seq: number): void {
    this.#w.varint(this.#numbers[peer] as number);
    this.#w.varint(seq);
  }

  id(id: Id): void {
    this.element(this.#state.peer(id.replica), id.seq);
  }

  stamp({ id, lamport }: Stamp): void {
    this.id(id);
    this.#w.varint(lamport);
  }

  slot({ id, side }: AnchorSlot): void {
    this.#w.u8((side === 'after' ? 1 : 0) + (id === null ? 0 : 2));
    if (id !== null) this.id(id);
  }
}
