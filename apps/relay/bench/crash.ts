/*
 * Kills a relay with SIGKILL under load again and again, and looks for every change that it had acknowledged as durable.
 *
 *   npm run bench -- crash [--kills 1000] [--ops 1000] [--minutes 60] [--seed 1] [--json FILE]
 *
 * `--ops`: changes to be acknowledged between two kills. A thousand kills with a thousand each take about
 * twenty minutes on an idle machine; after `--minutes` no more are made.
 * Ends with 1 if anything is lost.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crash } from '../src/testing/crashes.ts';

function option(name: string, usual: number): number {
  const at = process.argv.indexOf(name);
  return at < 0 ? usual : Number(process.argv[at + 1]);
}

const folder = mkdtempSync(join(tmpdir(), 'concord-crash-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const began = performance.now();
const report = await crash({
  folder,
  kills: option('--kills', 1_000),
  within: option('--minutes', 60) * 60_000,
  opsPerKill: option('--ops', 1_000),
  seed: option('--seed', 1),
  tell: (line) =>
    console.log(`${((performance.now() - began) / 60_000).toFixed(1).padStart(6)} min  ${line}`),
});
console.log(report);
const file = process.argv.indexOf('--json');
if (file > 0) {
  const rows = Object.entries(report).flatMap(([work, value]) =>
    typeof value === 'number'
      ? [{ work: `crash: ${work}`, server: 'concord', unit: 'count', median: value, p99: value, n: 1 }]
      : [],
  );
  writeFileSync(String(process.argv[file + 1]), `${JSON.stringify(rows, null, 2)}\n`);
}
if (report.lost + report.foreign + report.broken.length > 0) process.exitCode = 1;
