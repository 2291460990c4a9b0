import type { Peer, PeerName } from './peer.ts';
import type { Trace } from './trace.ts';

/** One measured figure. */
export interface Figure {
  readonly work: string;
  readonly unit: string;
  readonly value: number;
}

/** What a work gets: a process of its own with one library in it. */
export interface Cell {
  readonly name: PeerName;
  readonly peer: Peer;
  /** Throws Error for works without a trace. */
  readonly trace: Trace;
  /** For growth curves: how many elements. */
  readonly size: number;
  /** What the `stored` cell of the same peer and trace left: a saved document and its updates. */
  readonly stored: Stored;
}

export interface Stored {
  readonly path: string;
}

/** Gives its figures one by one, so that those before a timeout count. Throws Error if the content came out wrong. */
export type Work = (cell: Cell) => Iterable<Figure> | AsyncIterable<Figure>;

/** A work and what it is done on. */
export interface WorkSpec {
  /** Imported by the cell's process alone, so that no library or bundler disturbs another's figures. */
  readonly load: () => Promise<Work>;
  /** All figures that it gives, before it is run. */
  readonly figures: readonly string[];
  readonly on: 'sequential' | 'concurrent' | 'itself' | 'sizes';
  readonly sizes?: readonly number[];
  /** Reads what the `stored` cell wrote. */
  readonly needsStored?: boolean;
  /** Whether the peer has what it takes. Not asked: every peer has. */
  readonly can?: (peer: Peer) => boolean;
  /** Only when it is named. */
  readonly onlyAsked?: boolean;
  /** Seconds, where the usual limit does not suffice. */
  readonly limit?: number;
  /** Measured at our library alone, unless peers are named. */
  readonly ours?: boolean;
}

class WrongContent extends Error {}

/** Throws WrongContent unless both are the same. */
export function expectSame(is: string, due: string, what = 'the end content'): void {
  if (is === due) return;
  let at = 0;
  while (at < is.length && is[at] === due[at]) at++;
  throw new WrongContent(`${what} differs at ${at}: length ${is.length} instead of ${due.length}`);
}
