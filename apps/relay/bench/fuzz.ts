/*
 * Frames that are nearly right, against the codec and against the relay's connections.
 *
 *   npm run bench -- fuzz [--cases 1000000] [--seed 1] [--json FILE]
 *
 * Half of the cases go to the codec alone, half through connections beside a bystander. Ends with 1, and the packets, at the
 * first that does harm.
 */
import { writeFileSync } from 'node:fs';
import { type FuzzReport, fuzzCodec, fuzzConnection } from '../src/testing/frame-fuzz.ts';

/** Cases on one seed: a failure is then found again soon, and no room grows large. */
const CHUNK = 2_000;

function option(name: string, usual: number): number {
  const at = process.argv.indexOf(name);
  return at < 0 ? usual : Number(process.argv[at + 1]);
}

const cases = option('--cases', 1_000_000);
const rows: object[] = [];
let seed = option('--seed', 1);
const targets: Record<string, (seed: number, cases: number) => FuzzReport | Promise<FuzzReport>> = {
  codec: fuzzCodec,
  connection: fuzzConnection,
};
for (const [name, fuzz] of Object.entries(targets)) {
  const began = performance.now();
  let [done, accepted, closed] = [0, 0, 0];
  while (done < cases / 2) {
    const report = await fuzz(seed++, CHUNK);
    done += report.cases;
    accepted += report.accepted;
    closed += report.closed;
  }
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `${name}: ${done} cases, ${accepted} accepted, ${closed} connections closed, 0 crashes, ${seconds.toFixed(0)} s`,
  );
  rows.push({ work: `fuzz: ${name}`, server: 'concord', unit: 'cases', median: done, p99: done, n: 1 });
}
const file = process.argv.indexOf('--json');
if (file > 0) writeFileSync(String(process.argv[file + 1]), `${JSON.stringify(rows, null, 2)}\n`);
