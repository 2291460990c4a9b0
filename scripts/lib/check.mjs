// Everything that can be judged without running the product. All steps run, even after a failed one.
import { checkExamples, checkLinks, checkSpecs } from './documents.mjs';
import { install } from './install.mjs';
import { runTool } from './processes.mjs';
import { duration, finish, step, title, total } from './report.mjs';

const STEPS = [
  [
    'format, lint, import cycles, layers (biome)',
    () => runTool('biome', ['check', '--error-on-warnings', '--max-diagnostics=200']),
  ],
  ['package boundaries (turbo)', () => runTool('turbo', ['boundaries'])],
  ['types (tsc)', typecheck],
  ['dead exports, files and dependencies (knip)', () => runTool('knip', ['--no-progress'])],
  ['every rule of a SPEC.md has a test', checkSpecs],
  ['the examples in the READMEs run', checkExamples],
  ['links in the documents', checkLinks],
];

/** One tsc per workspace; of turbo's and npm's own words, only the compiler's are kept. */
async function typecheck() {
  const args = ['run', 'typecheck', '--continue', '--output-logs=errors-only'];
  const { code, output } = await runTool('turbo', args);
  const said = output
    .split('\n')
    .filter((line) => /^@concord\/[a-z0-9-]+:typecheck: (?!npm |> |cache )\s*\S/.test(line));
  return { code, output: said.length > 0 ? said.join('\n').replaceAll(':typecheck:', ':') : output };
}

/** Runs every check. @returns {Promise<import('./report.mjs').Tally>} */
export async function check() {
  title('Checks');
  const tallies = [];
  for (const [name, work] of STEPS) tallies.push(await step(name, work));
  return total(tallies);
}

/** `npm run check` */
export async function main() {
  await install();
  const began = performance.now();
  const tally = await check();
  console.log(`\n${duration((performance.now() - began) / 1000)}`);
  finish(tally);
}
