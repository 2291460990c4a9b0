import { parseArgs } from 'node:util';
import { PEERS, type PeerName } from './peer.ts';
import { defaultTraces } from './trace.ts';

export interface Options {
  /** Files; the recorded sessions, unless told. */
  readonly traces: readonly string[];
  /** Names of works or of figures; null: all but the longest. */
  readonly works: readonly string[] | null;
  /** Null: all. */
  readonly peers: readonly PeerName[] | null;
  readonly rounds: number;
  readonly json: string | null;
  /** Seconds that a cell may take. */
  readonly limit: number;
}

export const USAGE = `npm run bench -- crdt [options]

  --trace FILE    an editing trace, .json or .json.gz, sequential or concurrent; may be given several times
  --work A,B      works or figures, 'local' or 'load-warm' for example; growth curves and structures too
  --peers A,B     of ${PEERS.join(', ')}
  --rounds N      how often each cell is run, peers taking turns (3)
  --limit S       seconds that a cell may take (60)
  --json FILE     writes [{work, trace, peer, unit, median, min, max, n}]; what failed has n 0 and an error`;

/** Throws Error with a message for the user. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      trace: { type: 'string', multiple: true },
      work: { type: 'string', multiple: true },
      works: { type: 'string', multiple: true },
      peers: { type: 'string', multiple: true },
      rounds: { type: 'string', default: '3' },
      limit: { type: 'string', default: '60' },
      json: { type: 'string' },
    },
  });
  const works = listed([...(values.work ?? []), ...(values.works ?? [])]);
  return {
    traces: listed(values.trace ?? []) ?? defaultTraces(),
    works,
    peers: listed(values.peers ?? [])?.map(peerName) ?? null,
    rounds: positive('rounds', values.rounds),
    json: values.json ?? null,
    limit: positive('limit', values.limit),
  };
}

function listed(values: readonly string[]): string[] | null {
  const all = values.flatMap((value) => value.split(',')).filter((value) => value !== '');
  return all.length === 0 ? null : all;
}

function peerName(name: string): PeerName {
  const peer = PEERS.find((known) => known === name);
  if (peer === undefined) throw new Error(`no peer is called ${name}; there are ${PEERS.join(', ')}`);
  return peer;
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new Error(`--${name} takes a positive number, not ${value}`);
  return number;
}
