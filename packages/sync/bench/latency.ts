/*
 * From a key press to the other people's screens, through real browsers: each of the four apps with 2, 5 and 10 people.
 *
 *   npm run bench -- latency [--presses 50] [--users 2,5,10] [--apps docs,board] [--json FILE]
 *
 * Builds the apps, then runs e2e/specs/latency.spec.ts with nothing beside it. All browsers share this machine: with ten
 * people, what is measured is ten browsers more than it is the way between them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Row {
  readonly work: string;
  readonly server: string;
  readonly unit: string;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly n: number;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

const folder = mkdtempSync(join(tmpdir(), 'concord-latency-'));
const rows = join(folder, 'rows.jsonl');
const apps = option('--apps')?.split(',') ?? [];
const only = apps.length > 0 ? ['--grep', `(${apps.join('|')}): from a key press`] : [];
const run = spawn(
  process.execPath,
  ['scripts/test.mjs', '--e2e', 'specs/latency.spec.ts', '--workers', '1', ...only],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: {
      ...process.env,
      LATENCY_ROWS: rows,
      LATENCY_PRESSES: option('--presses') ?? '50',
      LATENCY_USERS: option('--users') ?? '2,5,10',
    },
  },
);
const [code] = (await once(run, 'exit')) as [number | null];
const found = existsSync(rows)
  ? readFileSync(rows, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Row)
  : [];
rmSync(folder, { recursive: true, force: true });
for (const { work, median, p95, p99, n } of found)
  console.log(`${work.padEnd(28)} p50 ${median} ms  p95 ${p95} ms  p99 ${p99} ms  (${n} samples)`);
const json = option('--json');
if (json) writeFileSync(json, `${JSON.stringify(found, null, 2)}\n`);
process.exitCode = code === 0 && found.length > 0 ? 0 : 1;
