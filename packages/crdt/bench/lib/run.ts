import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WORKS } from '../works/index.ts';
import type { WorkSpec } from './cell.ts';
import type { Order, Said } from './child.ts';
import type { Options } from './options.ts';
import { PEERS, type PeerName } from './peer.ts';
import { Results, type Row } from './rows.ts';
import { readTrace, traceName } from './trace.ts';

const ENTRY = fileURLToPath(new URL('../crdt.ts', import.meta.url));
/** A cell whose process took longer than this many milliseconds is not run again in later rounds: noise no longer matters. */
const LONG = 8_000;

/** One work on one input, for all peers. */
interface Task {
  readonly name: string;
  readonly spec: WorkSpec;
  /** Figures that were asked for. */
  readonly figures: ReadonlySet<string>;
  readonly trace: string | null;
  readonly label: string;
  readonly size: number;
  readonly peers: readonly PeerName[];
}

/** Runs every cell in a process of its own, peers taking turns within each round. */
export function runAll(options: Options, progress: (line: string) => void): Row[] {
  const tasks = tasksOf(options);
  const folder = mkdtempSync(join(tmpdir(), 'crdt-bench-'));
  const results = new Results();
  const done = new Set<string>();
  const failedStores = new Map<string, string>();
  const keyOf = (task: Task, peer: PeerName) => `${task.name} ${task.label} ${peer}`;
  try {
    for (let round = 0; round < options.rounds; round++) {
      for (const task of tasks) {
        const rounds =
          task.spec.on === 'sizes' || task.name === 'bundle' || task.name === 'stored' ? 1 : options.rounds;
        if (round >= rounds) continue;
        const turn = task.peers.map((_, i) => task.peers[(i + round) % task.peers.length] as PeerName);
        for (const peer of turn) {
          if (done.has(keyOf(task, peer))) continue;
          const stored = join(folder, `${peer} ${task.label}`);
          const fail = (why: string): void => {
            for (const figure of task.figures) results.fail(figure, task.label, peer, why);
            done.add(keyOf(task, peer));
          };
          if (task.spec.needsStored && !existsSync(`${stored}.updates`)) {
            const why = failedStores.get(stored) ?? makeStored(task, peer, stored, options);
            if (why !== null) {
              failedStores.set(stored, why);
              fail(why);
              continue;
            }
          }
          const order = { work: task.name, peer, trace: task.trace, size: task.size, stored };
          const { said, error, took } = runChild(order, limitOf(task.spec, options));
          const figures = said.flatMap((line) => ('lacks' in line ? [] : [line]));
          for (const { work, unit, value } of figures) {
            if (task.figures.has(work)) results.add(work, task.label, peer, unit, value);
          }
          const lacks = said.some((line) => 'lacks' in line);
          if (error !== null) {
            const got = new Set(figures.map(({ work }) => work));
            for (const figure of task.figures)
              if (!got.has(figure)) results.fail(figure, task.label, peer, error);
          }
          if (error !== null || lacks || took > LONG) done.add(keyOf(task, peer));
          // What is too slow at one size is not tried at a larger one.
          if (error !== null && task.spec.on === 'sizes') {
            for (const larger of tasks) {
              if (larger.name !== task.name || larger.size <= task.size) continue;
              for (const figure of larger.figures)
                results.fail(figure, larger.label, peer, `not tried: ${error} at ${task.label}`);
              done.add(keyOf(larger, peer));
            }
          }
          const shown = figures.filter(({ work }) => task.figures.has(work));
          const what = lacks
            ? 'not offered'
            : (error ?? shown.map(({ value, unit }) => `${short(value)} ${unit}`).join(', '));
          progress(`${round + 1}/${rounds}  ${task.name} ${task.label}  ${peer}: ${what}`);
        }
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return results.rows();
}

export function short(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

/** Milliseconds of the clock; more of them while others keep the processors busy. */
function limitOf(spec: WorkSpec, { limit }: Options): number {
  const crowd = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
  return Math.round(Math.max(limit, spec.limit ?? 0) * crowd) * 1000;
}

/** Null, or why it did not work. */
function makeStored({ trace, spec }: Task, peer: PeerName, stored: string, options: Options): string | null {
  const { error } = runChild({ work: 'stored', peer, trace, size: 0, stored }, limitOf(spec, options));
  return error === null ? null : `its document: ${error}`;
}

function runChild(order: Order, limit: number): { said: Said[]; error: string | null; took: number } {
  const began = performance.now();
  const memory = order.work === 'x100' || order.size >= 1e6 ? ['--max-old-space-size=12000'] : [];
  const args = ['--expose-gc', '--no-warnings', ...memory, ENTRY, '--cell', JSON.stringify(order)];
  const child = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: limit,
    killSignal: 'SIGKILL',
    maxBuffer: 1e8,
  });
  const said = child.stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Said);
  let error: string | null = null;
  if (child.signal === 'SIGKILL' && performance.now() - began >= limit)
    error = `timed out after ${limit / 1000} s`;
  else if (child.status !== 0) error = reasonOf(child.stderr) || `ended with ${child.signal ?? child.status}`;
  return { said, error, took: performance.now() - began };
}

/** The line of a crashed process that says why. */
function reasonOf(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const why = lines.find((line) =>
    /^(\w*Error|WrongContent)\b|heap out of memory|panicked|failed/.test(line),
  );
  return (why ?? lines.find((line) => line !== '') ?? '').slice(0, 200);
}

function tasksOf({ works, traces, peers }: Options): Task[] {
  const known = new Set(Object.entries(WORKS).flatMap(([name, { figures }]) => [name, ...figures]));
  for (const asked of works ?? []) {
    if (!known.has(asked)) throw new Error(`no work is called ${asked}; there are ${[...known].join(', ')}`);
  }
  const files = traces.map((file) => ({
    file,
    label: traceName(file),
    concurrent: readTrace(file).concurrent,
  }));
  return Object.entries(WORKS).flatMap(([name, spec]): Task[] => {
    const asked = spec.figures.filter((figure) =>
      works === null ? !spec.onlyAsked : works.includes(figure) || works.includes(name),
    );
    // A work's name stands for its figures; 'local' is both, and then the cold one belongs to it.
    const figures = new Set(
      works?.includes(name) || works === null ? (asked.length > 0 ? spec.figures : []) : asked,
    );
    if (figures.size === 0) return [];
    const own = peers ?? (spec.ours ? (['concord'] as const) : PEERS);
    const task = { name, spec, figures, peers: own, trace: null, label: '', size: 0 };
    if (spec.on === 'itself') return [task];
    if (spec.on === 'sizes')
      return (spec.sizes ?? []).map((size) => ({
        ...task,
        size,
        label: size.toExponential().replace('+', ''),
      }));
    return files
      .filter(({ concurrent }) => concurrent === (spec.on === 'concurrent'))
      .map(({ file, label }) => ({ ...task, trace: file, label }));
  });
}
