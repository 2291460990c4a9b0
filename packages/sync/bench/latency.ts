/*
 * From a key press to the other people's screens, through real browsers: each of the four apps with 2, 5 and 10 people.
 *
 *   npm run bench -- latency [--presses 50] [--users 2,5,10] [--apps docs,board] [--json FILE]
 *
 * Builds the apps, then runs e2e/specs/latency.spec.ts with nothing beside it. All browsers share this machine: with ten
 * people, what is measured is ten browsers more than it is the way between them.
 */
import { figuresOf, option } from './lib/browser-run.ts';

interface Row {
  readonly work: string;
  readonly server: string;
  readonly unit: string;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly n: number;
}

const rows = await figuresOf<Row>({
  spec: 'latency',
  test: 'from a key press',
  rows: 'LATENCY_ROWS',
  env: { LATENCY_PRESSES: option('--presses') ?? '50', LATENCY_USERS: option('--users') ?? '2,5,10' },
});
for (const { work, median, p95, p99, n } of rows)
  console.log(`${work.padEnd(28)} p50 ${median} ms  p95 ${p95} ms  p99 ${p99} ms  (${n} samples)`);
