// The whole proof: checks, unit tests, the build, then users in real browsers. Ends with `N passed, N failed`.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './check.mjs';
import { install } from './install.mjs';
import { fail, projectNode, ROOT, run, runTool } from './processes.mjs';
import { duration, finish, step, title, total } from './report.mjs';
import { build } from './start.mjs';

const UNIT_RESULTS = join(ROOT, 'test-results', 'unit.json');
const E2E_RESULTS = join(ROOT, 'e2e', 'test-results', 'results.json');

/**
 * Runs a test tool with its output on the terminal and reads the counts from its JSON report.
 * A run that failed without a failed test (a file that does not load, no report) counts as one failure.
 */
async function suite(name, tool, args, results, count) {
  title(name);
  rmSync(results, { force: true });
  const { code } = await runTool(tool, args, { capture: false });
  let tally = { passed: 0, failed: 0 };
  try {
    tally = count(JSON.parse(readFileSync(results, 'utf8')));
  } catch (error) {
    console.log(`No report from ${tool}: ${error.message}`);
  }
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

function unit() {
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_RESULTS}`];
  return suite('Unit, property and simulation tests', 'vitest', args, UNIT_RESULTS, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
  }));
}

async function e2e(playwrightArgs) {
  title('Build and browsers');
  const ready = total([
    await step('build', build),
    await step('Chromium and Firefox', () => run(projectNode(), ['scripts/browsers.mjs'])),
  ]);
  if (ready.failed > 0) return ready;
  const weighed = await step('initial JavaScript within its budget', () =>
    run(projectNode(), ['scripts/budgets.mjs'], { capture: true }),
  );
  const args = ['test', '-c', 'e2e', ...playwrightArgs];
  const played = await suite('Users in real browsers', 'playwright', args, E2E_RESULTS, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
  }));
  return total([ready, weighed, played]);
}

/** @param {readonly string[]} args `--e2e`: the browser tests alone; what follows it goes to Playwright. */
export async function main(args) {
  const onlyE2e = args[0] === '--e2e';
  if (args.length > 0 && !onlyE2e) fail('Usage: npm test, or npm run test:e2e -- [what Playwright takes]');
  await install();
  const began = performance.now();
  const tallies = onlyE2e ? [await e2e(args.slice(1))] : [await check(), await unit(), await e2e([])];
  console.log(`\n${duration((performance.now() - began) / 1000)}`);
  finish(total(tallies));
}
