// Breaks packages/crdt in one way after the other, in a temporary copy, and sees whether the related tests notice.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install } from './install.mjs';
import { MUTANTS } from './mutants-of-crdt.mjs';
import { fail, projectNode, ROOT } from './processes.mjs';
import { duration } from './report.mjs';

const PACKAGE = 'packages/crdt';
/** Seconds. A mutant that hangs is noticed, too; the tests that are run take a few seconds when nothing is broken. */
const LIMIT = 150;

/** A copy of the package that finds the same libraries. */
function copy() {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  cpSync(join(ROOT, PACKAGE), join(folder, PACKAGE), {
    recursive: true,
    filter: (path) => !path.includes('node_modules') && !path.endsWith('dist'),
  });
  for (const file of ['package.json', 'vitest.config.ts', 'tsconfig.base.json'])
    cpSync(join(ROOT, file), join(folder, file));
  for (const modules of ['node_modules', `${PACKAGE}/node_modules`]) {
    if (existsSync(join(ROOT, modules))) symlinkSync(join(ROOT, modules), join(folder, modules), 'dir');
  }
  return folder;
}

/** Whether the tests pass; if not, the title of the first that failed. */
function judge(folder, { tests, only }) {
  const results = join(folder, 'results.json');
  rmSync(results, { force: true });
  const args = [
    join(ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--root',
    folder,
    '--reporter=json',
    `--outputFile.json=${results}`,
    // Threads die with the process, also in an endless loop.
    '--pool=threads',
    '--bail=1',
    '--testTimeout=60000',
    ...(only ? ['-t', only] : []),
    ...tests.map((test) => `${PACKAGE}/src/${test}`),
  ];
  const options = {
    cwd: folder,
    encoding: 'utf8',
    timeout: LIMIT * 1000,
    killSignal: 'SIGKILL',
    maxBuffer: 1e8,
  };
  const { signal, stderr } = spawnSync(projectNode(), args, options);
  if (signal === 'SIGKILL') return { passed: false, count: 0, by: `no end within ${LIMIT} s` };
  if (!existsSync(results))
    return { passed: false, count: 0, by: stderr.trim().split('\n')[0] || 'no report' };
  const report = JSON.parse(readFileSync(results, 'utf8'));
  const all = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = all.find(({ status }) => status === 'failed');
  const by =
    failed?.fullName ?? (report.success ? '' : (report.testResults[0]?.message ?? '').split('\n')[0]);
  return { passed: report.success, count: report.numPassedTests, by };
}

/** Puts the flaw in and returns the way back. Throws Error if the code is no longer what the mutant was made for. */
function mutate(folder, { name, file, find, replace }) {
  const path = join(folder, PACKAGE, 'src', file);
  const code = readFileSync(path, 'utf8');
  const parts = code.split(find);
  if (parts.length !== 2) throw new Error(`${name}: ${file} has ${parts.length - 1} times: ${find}`);
  writeFileSync(path, parts.join(replace));
  return () => writeFileSync(path, code);
}

const keyOf = ({ tests, only }) => JSON.stringify([tests, only]);

/** @param {readonly string[]} names of mutants; all unless told. `--list` lists them. */
export async function main(names) {
  if (names.includes('--list')) {
    for (const { name, rule } of MUTANTS) console.log(`${name.padEnd(26)} ${rule}`);
    return;
  }
  const chosen = names.length === 0 ? MUTANTS : MUTANTS.filter(({ name }) => names.includes(name));
  if (chosen.length === 0) fail(`No mutant is called ${names.join(', ')}; see --list`);
  await install();
  const began = performance.now();
  const folder = copy();
  const sound = new Map();
  const problems = [];
  try {
    for (const mutant of chosen) {
      // A test that fails anyway proves nothing.
      const key = keyOf(mutant);
      if (!sound.has(key)) sound.set(key, judge(folder, mutant));
      const before = sound.get(key);
      const started = performance.now();
      let line;
      if (!before.passed || before.count === 0) {
        line = `not judged: without it ${before.by || 'no test ran'}`;
        problems.push(mutant.name);
      } else {
        try {
          const back = mutate(folder, mutant);
          const after = judge(folder, mutant);
          back();
          if (after.passed) problems.push(mutant.name);
          line = after.passed ? 'SURVIVED' : `caught by: ${after.by}`;
        } catch (error) {
          problems.push(mutant.name);
          line = `not judged: ${error.message}`;
        }
      }
      const seconds = duration((performance.now() - started) / 1000);
      console.log(`${mutant.name.padEnd(26)} ${mutant.rule.padEnd(62)} ${line}  (${seconds})`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const caught = chosen.length - problems.length;
  console.log(`\n${caught} of ${chosen.length} caught, ${duration((performance.now() - began) / 1000)}`);
  if (problems.length > 0) fail(`Not caught: ${problems.join(', ')}`);
}
