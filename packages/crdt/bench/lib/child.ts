import { loadPeer } from '../peers/index.ts';
import { WORKS } from '../works/index.ts';
import { watchWasm } from './measure.ts';
import type { PeerName } from './peer.ts';
import { readTrace, type Trace } from './trace.ts';

/** What a cell's process is told, as JSON in its arguments. */
export interface Order {
  readonly work: string;
  readonly peer: PeerName;
  /** A file; null for works without a trace. */
  readonly trace: string | null;
  readonly size: number;
  readonly stored: string;
}

/** What a cell's process prints, one a line: figures as they are found, or that the peer lacks what it takes. */
export type Said =
  | { readonly work: string; readonly unit: string; readonly value: number }
  | { readonly lacks: true };

const NO_TRACE: Trace = {
  name: '',
  concurrent: false,
  startContent: '',
  endContent: '',
  txns: [],
  agents: 1,
};

/** Runs one cell in this process. */
export async function runCell({ work, peer: name, trace, size, stored }: Order): Promise<void> {
  const spec = WORKS[work];
  if (spec === undefined) throw new Error(`no such work: ${work}`);
  watchWasm();
  const peer = await loadPeer(name);
  if (spec.can?.(peer) === false) {
    say({ lacks: true });
    return;
  }
  const run = await spec.load();
  const cell = {
    name,
    peer,
    size,
    trace: trace === null ? NO_TRACE : readTrace(trace),
    stored: { path: stored },
  };
  for await (const figure of run(cell)) say(figure);
}

function say(said: Said): void {
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
