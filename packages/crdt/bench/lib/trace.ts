import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** At `position`, in UTF-16 units: `deleted` units go, then `inserted` comes. */
export type Patch = readonly [position: number, deleted: number, inserted: string];

export interface Txn {
  readonly patches: readonly Patch[];
  /** In a concurrent trace: the transactions that this one builds on, and who wrote it. */
  readonly parents?: readonly number[];
  readonly agent?: number;
}

/** An editing session in the format of josephg/editing-traces, sequential or concurrent. */
export interface Trace {
  readonly name: string;
  readonly concurrent: boolean;
  readonly startContent: string;
  readonly endContent: string;
  readonly txns: readonly Txn[];
  readonly agents: number;
}

const FOLDER = fileURLToPath(new URL('../../../../../shared/traces/', import.meta.url));
const SEQUENTIAL = ['automerge-paper', 'rustcode', 'sveltecomponent', 'friendsforever_flat'];
const SYNTHETIC = 'synthetic';

/** The files of the traces that are there; the synthetic session if there are none. */
export function defaultTraces(): string[] {
  if (!existsSync(FOLDER)) return [SYNTHETIC];
  return [...SEQUENTIAL, 'friendsforever'].map((name) => `${FOLDER}${name}.json.gz`);
}

export function traceName(file: string): string {
  return basename(file).replace(/\.json(\.gz)?$/, '');
}

/** Reads a .json or .json.gz file, or makes the synthetic session. Throws Error on another format. */
export function readTrace(file: string): Trace {
  if (file === SYNTHETIC) return synthetic();
  const bytes = readFileSync(file);
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  const read = JSON.parse(plain.toString()) as Partial<Trace> & { kind?: string; numAgents?: number };
  if (!Array.isArray(read.txns) || typeof read.endContent !== 'string')
    throw new Error(`not an editing trace: ${file}`);
  const agents = read.numAgents ?? 1 + Math.max(0, ...read.txns.slice(0, 1e5).map((txn) => txn.agent ?? 0));
  return {
    name: traceName(file),
    concurrent:
      read.kind === 'concurrent' || agents > 1 || read.txns.some((txn) => (txn.parents?.length ?? 0) > 1),
    startContent: read.startContent ?? '',
    endContent: read.endContent,
    txns: read.txns,
    agents,
  };
}

/** Typing with a few corrections, the same on every machine. */
function synthetic(): Trace {
  const txns: Txn[] = [];
  let content = '';
  for (let i = 0; i < 50_000; i++) {
    const at = i % 97 === 0 ? (i * 7919) % (content.length + 1) : content.length;
    const patch: Patch = i % 11 === 10 && at > 0 ? [at - 1, 1, ''] : [at, 0, 'abcdefghij '[i % 11] as string];
    content = content.slice(0, patch[0]) + patch[2] + content.slice(patch[0] + patch[1]);
    txns.push({ patches: [patch] });
  }
  return { name: SYNTHETIC, concurrent: false, startContent: '', endContent: content, txns, agents: 1 };
}
