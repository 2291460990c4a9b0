import { keepLayout } from '../core/layout.ts';
import { NIL, type RunTable } from './run-table.ts';

/** A replica's runs are cut into chunks of at most this many, so that one more in the middle moves few. */
const CHUNK_SIZE = 128;

/** The runs of one replica by their ids. */
class PeerRuns {
  // A replica that wrote one word needs no more than one word's room.
  readonly chunks: Int32Array[] = [new Int32Array(4)];
  readonly counts = [0];
  /** The run that was found last. */
  hit: number;

  constructor(hit: number) {
    this.hit = hit;
  }
}

keepLayout(new PeerRuns(0));

/**
 * Finds the run that holds an id: for each replica its runs in the order of their ids. Only run numbers are kept, so a
 * run may give elements to its neighbour in that order without being moved here.
 */
export class RunIndex {
  readonly #table: RunTable;
  readonly #peers: (PeerRuns | undefined)[] = [];

  constructor(table: RunTable) {
    this.#table = table;
  }

  /** The run with element (peer, seq), or NIL. */
  find(peer: number, seq: number): number {
    const runs = this.#peers[peer];
    if (runs === undefined) return NIL;
    const table = this.#table;
    let run = runs.hit;
    let from = table.seq[run] as number;
    if (seq >= from && seq < from + (table.length[run] as number) && table.peer[run] === peer) return run;
    const chunk = this.#chunkOf(runs, seq);
    const at = this.#upTo(runs.chunks[chunk] as Int32Array, runs.counts[chunk] as number, seq);
    if (at < 0) return NIL;
    run = (runs.chunks[chunk] as Int32Array)[at] as number;
    from = table.seq[run] as number;
    if (seq >= from + (table.length[run] as number)) return NIL;
    runs.hit = run;
    return run;
  }

  add(run: number): void {
    const table = this.#table;
    const peer = table.peer[run] as number;
    const seq = table.seq[run] as number;
    let runs = this.#peers[peer];
    if (runs === undefined) {
      runs = new PeerRuns(run);
      this.#peers[peer] = runs;
    }
    let at = this.#chunkOf(runs, seq);
    let chunk = runs.chunks[at] as Int32Array;
    let count = runs.counts[at] as number;
    if (count === chunk.length && count < CHUNK_SIZE) {
      const wider = new Int32Array(Math.min(count * 4, CHUNK_SIZE));
      wider.set(chunk);
      chunk = wider;
      runs.chunks[at] = chunk;
    }
    let place = this.#upTo(chunk, count, seq) + 1;
    if (count === CHUNK_SIZE) {
      // Ids mostly come at the end: a full last chunk stays full.
      const keep = at === runs.chunks.length - 1 && place === count ? count : CHUNK_SIZE / 2;
      const right = new Int32Array(CHUNK_SIZE);
      right.set(chunk.subarray(keep, count));
      runs.chunks.splice(at + 1, 0, right);
      runs.counts.splice(at + 1, 0, count - keep);
      runs.counts[at] = keep;
      count = keep;
      if (place > keep || keep === CHUNK_SIZE) {
        place -= keep;
        at++;
        chunk = right;
        count = runs.counts[at] as number;
      }
    }
    if (place < count) chunk.copyWithin(place + 1, place, count);
    chunk[place] = run;
    runs.counts[at] = count + 1;
  }

  remove(run: number): void {
    const table = this.#table;
    const runs = this.#peers[table.peer[run] as number] as PeerRuns;
    const seq = table.seq[run] as number;
    const at = this.#chunkOf(runs, seq);
    const chunk = runs.chunks[at] as Int32Array;
    const count = runs.counts[at] as number;
    const place = this.#upTo(chunk, count, seq);
    chunk.copyWithin(place, place + 1, count);
    runs.counts[at] = count - 1;
    if (count === 1 && runs.chunks.length > 1) {
      runs.chunks.splice(at, 1);
      runs.counts.splice(at, 1);
    }
  }

  /** The last chunk whose first run starts at or before `seq`, or 0. */
  #chunkOf({ chunks }: PeerRuns, seq: number): number {
    const seqs = this.#table.seq;
    let low = 0;
    let high = chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((seqs[(chunks[middle] as Int32Array)[0] as number] as number) <= seq) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The place of the last run that starts at or before `seq`, or −1. */
  #upTo(chunk: Int32Array, count: number, seq: number): number {
    const seqs = this.#table.seq;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((seqs[chunk[middle] as number] as number) <= seq) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
