/*
 * How much code the relay is: lines of each file, in parts, found by following the imports.
 *
 *   npm run bench -- size [--json FILE]
 *
 * The core is what a change passes through, from a packet to an ACK, and knows neither sockets nor SQLite.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));
/** Each part is what its entries reach and no part before it does. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  'core: rooms, seats, order, ACKs': ['connection.ts', 'rooms.ts'],
  'log: SQLite on its thread': ['threaded-log.ts', 'log-worker.ts'],
  'around it: HTTP, tokens, limits, metrics, start and stop': ['main.ts'],
  'command line': ['cli.ts'],
};

/** The files that a file imports from beside it, without those of which it only takes types. */
function imports(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'/gms);
  return [...found].map(([, path]) => join(dirname(file), path as string));
}

function reach(file: string, seen: Set<string>, into: string[]): void {
  if (seen.has(file)) return;
  seen.add(file);
  into.push(file);
  for (const next of imports(file)) reach(next, seen, into);
}

const seen = new Set<string>();
const rows: object[] = [];
let all = 0;
for (const [part, entries] of Object.entries(PARTS)) {
  const files: string[] = [];
  for (const entry of entries) reach(join(SRC, entry), seen, files);
  const sizes = files.map((file) => ({
    name: basename(file),
    lines: readFileSync(file, 'utf8').split('\n').length - 1,
  }));
  const lines = sizes.reduce((sum, each) => sum + each.lines, 0);
  all += lines;
  sizes.sort((a, b) => b.lines - a.lines);
  console.log(`${part}: ${lines} lines\n  ${sizes.map(({ name, lines: n }) => `${name} ${n}`).join(', ')}`);
  rows.push({ work: `size: ${part}`, server: 'concord', unit: 'lines', median: lines, p99: lines, n: 1 });
}
console.log(`all: ${all} lines`);
const json = process.argv.indexOf('--json');
if (json > 0) writeFileSync(String(process.argv[json + 1]), `${JSON.stringify(rows, null, 2)}\n`);
