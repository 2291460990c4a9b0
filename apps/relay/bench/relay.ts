/*
 * The relay under load, side by side with Hocuspocus, y-websocket's server and a bare `ws` broadcast. Every cell is a fresh
 * server and a fresh generator, each in a process of its own on loopback; the servers take turns in interleaved rounds.
 *
 *   npm run bench -- relay [--work a,b] [--servers a,b] [--rounds 1] [--full] [--json FILE] [--cpu-prof FOLDER]
 *
 * Without `--full` the works are small: a change shows within minutes. The CPU counted is that of the server's process,
 * all its threads; a delivery is an edit that arrived at somebody other than its author.
 */
import { execFileSync, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DialectName } from './load/dialects.ts';
import { type Cell, type Row, rowsOf } from './load/figures.ts';
import { WORKS, type Work } from './load/works.ts';

/** Milliseconds that one cell may take. */
const LIMIT = 15 * 60_000;
const FIRST_PORT = Number(process.env.BENCH_PORT ?? 7400);

const GENERATOR = fileURLToPath(new URL('load/generator.ts', import.meta.url));

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}

/** The files a process may have open must be more than the connections it is to hold. */
function checkFiles(works: readonly Work[]): void {
  const needed = 500 + Math.max(...works.map((work) => ('connections' in work ? work.connections : 200)));
  const limit = execFileSync('sh', ['-c', 'ulimit -n']).toString().trim();
  if (limit !== 'unlimited' && Number(limit) < needed)
    stop(
      `This needs ${needed} open files and the limit is ${limit}: run \`ulimit -n ${needed}\` in this shell first, or leave out --full.`,
    );
}

async function measure(server: DialectName, work: Work, port: number): Promise<Cell> {
  const profile = option('--cpu-prof');
  const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
  const child = fork(GENERATOR, [server, String(port), JSON.stringify(work), ...flags], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--max-old-space-size=6000'],
  });
  const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT);
  const orphan = (): boolean => child.kill('SIGKILL');
  process.once('exit', orphan);
  return new Promise((resolve, reject) => {
    let cell: Cell | null = null;
    child.on('message', (message) => {
      cell = message as Cell;
    });
    child.on('exit', (code) => {
      clearTimeout(limit);
      process.off('exit', orphan);
      if (cell) resolve(cell);
      else reject(new Error(`${server}: the generator ended with ${code ?? 'a signal'} and no figures`));
    });
  });
}

function print(work: string, rows: readonly Row[], servers: readonly string[]): void {
  console.log(`\n${work.padEnd(38)}${servers.map((name) => name.padStart(20)).join('')}   (median / p99)`);
  const show = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1));
  const names = [...new Set(rows.map((row) => row.work))];
  for (const name of names) {
    const cells = servers.map((server) => {
      const row = rows.find((other) => other.work === name && other.server === server);
      if (!row) return '–'.padStart(20);
      return (row.n > 1 ? `${show(row.median)} / ${show(row.p99)}` : show(row.median)).padStart(20);
    });
    const unit = rows.find((row) => row.work === name)?.unit ?? '';
    console.log(`  ${`${name.slice(work.length + 2)}, ${unit}`.padEnd(36)}${cells.join('')}`);
  }
}

const isFull = process.argv.includes('--full');
const chosen = option('--work')?.split(',') ?? Object.keys(WORKS);
const only = option('--servers')?.split(',');
const rounds = Number(option('--rounds') ?? 1);
const works = chosen.map((name) => {
  const sizes =
    WORKS[name] ?? stop(`No work is called ${name}. There are: ${Object.keys(WORKS).join(', ')}.`);
  const servers = sizes.servers.filter((server) => !only || only.includes(server));
  return { name, work: isFull ? sizes.full : sizes.small, servers };
});
checkFiles(works.map(({ work }) => work));

const all: Row[] = [];
let cells = 0;
for (const { name, work, servers } of works) {
  const seen = new Map<DialectName, Cell[]>(servers.map((server) => [server, []]));
  for (let round = 0; round < rounds; round++) {
    for (const server of round % 2 === 0 ? servers : [...servers].reverse()) {
      // A port each: those of a cell just ended may still be waiting to be forgotten.
      const port = FIRST_PORT + (cells++ % 60);
      try {
        seen.get(server)?.push(await measure(server, work, port));
      } catch (error) {
        console.error(`${name}: ${error instanceof Error ? error.message : error}`);
        process.exitCode = 1;
      }
    }
  }
  const rows = [...seen].flatMap(([server, done]) => rowsOf(name, server, done));
  print(name, rows, servers);
  all.push(...rows);
}
const json = option('--json');
if (json) writeFileSync(json, `${JSON.stringify(all, null, 2)}\n`);
